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
        SortedDictionary<int, List<TypeSeats>> ofClasses = [];
        foreach (TypeSeats seat in seats)
        {
            PersonType type = table.Types[seat.Type];
            if (type.HouseholdClass is not int number)
            {
                Take(type.Members, seat.Seats);
                continue;
            }

            if (!ofClasses.TryGetValue(number, out List<TypeSeats>? list))
            {
                ofClasses.Add(number, list = []);
            }

            list.Add(seat);
        }

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
}
