namespace Sortition.Core.Replacements;

/// <summary>The choice of people for open seats that breaks the fewest constraints, among those shown to it.</summary>
/// <remarks>
/// Ties go to the choice that keeps the household rule, then to the one whose broken quotas come first, so that the answer does not depend on the order in
/// which choices are shown.
/// </remarks>
internal sealed class NearMiss(QuotaSlack slack, IReadOnlyList<Quota> quotas)
{
    private int _cost = int.MaxValue;
    private bool _breaksHousehold;
    private ulong[]? _first;
    private ulong[]? _second;

    /// <summary>Whether a choice that breaks so many constraints would be the best so far, or as good.</summary>
    public bool IsWanted(int cost) => cost <= _cost;

    /// <summary>Shows a choice: one person of a kind, or one of each of two.</summary>
    /// <param name="cost">How many constraints it breaks.</param>
    /// <param name="breaksHousehold">Whether the household rule is one of them.</param>
    /// <param name="first">A kind.</param>
    /// <param name="second">The other kind; null for one seat.</param>
    public void Show(int cost, bool breaksHousehold, ulong[] first, ulong[]? second)
    {
        if (cost < _cost || (cost == _cost && Precedes(breaksHousehold, first, second)))
        {
            (_cost, _breaksHousehold, _first, _second) = (cost, breaksHousehold, first, second);
        }
    }

    /// <summary>What the best choice breaks; the panel size if there was none to show.</summary>
    public IReadOnlyList<Constraint> Constraints()
    {
        if (_first is null)
        {
            return [new Constraint(ConstraintKind.PanelSize)];
        }

        List<Constraint> broken = [];
        for (int q = 0; q < quotas.Count; q++)
        {
            (ulong @short, ulong over) = Broken(q / 64, _first, _second);
            ulong bit = 1UL << (q % 64);
            if (((@short | over) & bit) != 0)
            {
                broken.Add(new Constraint((@short & bit) != 0 ? ConstraintKind.QuotaMinimum : ConstraintKind.QuotaMaximum, quotas[q]));
            }
        }

        if (_breaksHousehold)
        {
            broken.Add(new Constraint(ConstraintKind.HouseholdLimit));
        }

        return broken;
    }

    private bool Precedes(bool breaksHousehold, ulong[] first, ulong[]? second)
    {
        if (breaksHousehold != _breaksHousehold)
        {
            return _breaksHousehold;
        }

        for (int w = 0; w < first.Length; w++)
        {
            (ulong newShort, ulong newOver) = Broken(w, first, second);
            (ulong oldShort, ulong oldOver) = Broken(w, _first!, _second);
            ulong differing = (newShort | newOver) ^ (oldShort | oldOver);
            if (differing == 0)
            {
                differing = newShort ^ oldShort;
                newOver = 0;
            }

            if (differing != 0)
            {
                ulong lowest = differing & (~differing + 1);
                return ((newShort | newOver) & lowest) != 0;
            }
        }

        return false;
    }

    private (ulong Short, ulong Over) Broken(int word, ulong[] first, ulong[]? second) =>
        second is null ? slack.Broken(word, first) : slack.Broken(word, first, second);
}
