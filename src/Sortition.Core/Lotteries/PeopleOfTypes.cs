using Sortition.Core.Problems;

namespace Sortition.Core.Lotteries;

/// <summary>Chooses people for the seats of a type-level panel, uniformly inside every type and within the household limit.</summary>
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
            HouseholdClass @class = table.Classes[number];
            int[] order = [.. Enumerable.Range(0, @class.Households.Length)];
            random.Shuffle(order, order.Length);
            foreach ((int household, TypeSeats seat) in @class.Deal(list, offset: 0))
            {
                int[] candidates = [.. @class.Households[order[household]].Where(i => table.TypeOf[i] == seat.Type)];
                Take(candidates, seat.Seats);
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
