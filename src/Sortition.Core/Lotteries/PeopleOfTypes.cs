using System.Numerics;
using Sortition.Core.Problems;

namespace Sortition.Core.Lotteries;

/// <summary>Chooses people for the seats of a type-level panel, each choice that the household limit allows as likely as another.</summary>
internal static class PeopleOfTypes
{
    public static int[] Choose(SelectionProblem problem, IReadOnlyList<TypeSeats> seats, RandomSource random)
    {
        TypeTable table = problem.TypeTable;
        int[] members = new int[problem.PanelSize];
        int filled = 0;
        (List<TypeSeats> alone, SortedDictionary<int, List<TypeSeats>> ofClasses) = ByClass(table, seats);
        alone.ForEach(seat => Take(table.Types[seat.Type].Members, seat.Seats));
        foreach ((int number, List<TypeSeats> list) in ofClasses)
        {
            foreach (int person in HouseholdSeating.Draw(table.Classes[number], list, table.TypeOf, random))
            {
                members[filled++] = person;
            }
        }

        Array.Sort(members);
        return members;

        void Take(IReadOnlyList<int> candidates, int count)
        {
            int[] shuffled = [.. candidates];
            random.Shuffle(shuffled, count);
            shuffled.AsSpan(0, count).CopyTo(members.AsSpan(filled));
            filled += count;
        }
    }

    /// <summary>The logarithm of how many choices there are.</summary>
    public static double LogWays(SelectionProblem problem, IReadOnlyList<TypeSeats> seats)
    {
        TypeTable table = problem.TypeTable;
        (List<TypeSeats> alone, SortedDictionary<int, List<TypeSeats>> ofClasses) = ByClass(table, seats);
        double log = ofClasses.Sum(c => BigInteger.Log(HouseholdSeating.Count(table.Classes[c.Key], c.Value)));
        foreach ((int type, int count) in alone)
        {
            int people = table.Types[type].Members.Count;
            for (int i = 0; i < count; i++)
            {
                log += Math.Log((people - i) / (i + 1.0));
            }
        }

        return log;
    }

    /// <summary>The seats of people who live alone, and those of each class of households.</summary>
    private static (List<TypeSeats> Alone, SortedDictionary<int, List<TypeSeats>> OfClasses) ByClass(TypeTable table, IReadOnlyList<TypeSeats> seats)
    {
        List<TypeSeats> alone = [];
        SortedDictionary<int, List<TypeSeats>> ofClasses = [];
        foreach (TypeSeats seat in seats)
        {
            if (table.Types[seat.Type].HouseholdClass is not int number)
            {
                alone.Add(seat);
                continue;
            }

            if (!ofClasses.TryGetValue(number, out List<TypeSeats>? list))
            {
                ofClasses.Add(number, list = []);
            }

            list.Add(seat);
        }

        return (alone, ofClasses);
    }
}
