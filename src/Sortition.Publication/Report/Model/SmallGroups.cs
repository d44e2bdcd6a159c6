namespace Sortition.Publication.Report.Model;

/// <summary>Which groups of a feature are too small for their chances to be told.</summary>
/// <remarks>
/// The seats of all groups of a feature add up to the panel, so one group left out alone could be worked out from the others. Where the people left out are too
/// few, or all of one group, the smallest of the other groups is left out with them.
/// </remarks>
internal static class SmallGroups
{
    /// <param name="covered">How many people of each group can be chosen.</param>
    /// <param name="smallest">The smallest group whose chances may be told, 1 or more.</param>
    public static ChanceVisibility[] Of(ReadOnlySpan<int> covered, int smallest)
    {
        ChanceVisibility[] visibility = new ChanceVisibility[covered.Length];
        (int hiddenGroups, int hiddenPeople) = (0, 0);
        for (int g = 0; g < covered.Length; g++)
        {
            if (covered[g] == 0)
            {
                visibility[g] = ChanceVisibility.Nobody;
            }
            else if (covered[g] < smallest)
            {
                Hide(g, ChanceVisibility.TooFew, covered[g]);
            }
        }

        while (hiddenGroups > 0 && (hiddenGroups == 1 || hiddenPeople < smallest))
        {
            int next = -1;
            for (int g = 0; g < covered.Length; g++)
            {
                next = visibility[g] == ChanceVisibility.Shown && (next < 0 || covered[g] < covered[next]) ? g : next;
            }

            if (next < 0)
            {
                break;
            }

            Hide(next, ChanceVisibility.Withheld, covered[next]);
        }

        return visibility;

        void Hide(int group, ChanceVisibility why, int people)
        {
            visibility[group] = why;
            hiddenGroups++;
            hiddenPeople += people;
        }
    }
}
