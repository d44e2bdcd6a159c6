using System.Numerics;
using Sortition.Core.Problems;

namespace Sortition.Core.Lotteries;

/// <summary>
/// Seats people of the households of one class: of all sets of people with the wanted number of each type and no more of a household than the limit, each is as
/// likely as another.
/// </summary>
/// <remarks>
/// <para>Types take their seats one after the other. While a type does so, households are looked at by how many of theirs sit already, those with most first.
/// Of those with o there, first some get as many members of the type as a household can, then of the rest some get one less, and so on down to one. Such a step
/// chooses how many households, which, and who. Every set of people is made by one choice of steps only, so the ways to go on can be counted exactly; what
/// matters of the seats so far is how many households have how many.</para>
/// <para>Numbers of ways are whole numbers of any length. How many of them are to be remembered depends on seats and limit, hardly on households.</para>
/// </remarks>
internal sealed class HouseholdSeating
{
    private readonly HouseholdClass _class;
    private readonly List<Step> _steps = [];
    private readonly Dictionary<State, BigInteger> _known = [];

    private HouseholdSeating(HouseholdClass @class, IEnumerable<TypeSeats> seats)
    {
        _class = @class;
        int total = 0;
        foreach ((int type, int count) in seats)
        {
            total += count;
            int members = @class.MembersOfType[Array.IndexOf(@class.Types, type)];
            for (int seated = @class.Limit - 1; seated >= 0; seated--)
            {
                int most = Math.Min(members, @class.Limit - seated);
                for (int more = most; more >= 1; more--)
                {
                    _steps.Add(new Step(type, seated, more, more == most, Binomial(members, more), total));
                }
            }
        }
    }

    /// <summary>Draws who sits.</summary>
    /// <param name="class">The households.</param>
    /// <param name="seats">The seats of some types of the class, ascending by type; there is a seating that the limit allows.</param>
    /// <param name="typeOf">The type of each person.</param>
    /// <param name="random">The source of chance.</param>
    /// <returns>Indices of people, as many as there are seats.</returns>
    public static IReadOnlyList<int> Draw(HouseholdClass @class, IReadOnlyList<TypeSeats> seats, int[] typeOf, RandomSource random) =>
        new HouseholdSeating(@class, seats).Draw(typeOf, random);

    /// <summary>How many sets of people have so many of each type and no more of a household than the limit.</summary>
    internal static BigInteger Count(HouseholdClass @class, IReadOnlyList<TypeSeats> seats)
    {
        HouseholdSeating seating = new(@class, seats);
        return seating.Ways(0, seating.NobodySeated());
    }

    private List<int> Draw(int[] typeOf, RandomSource random)
    {
        List<int> people = [];
        int[] seatedOf = new int[_class.Households.Length];
        int[] counts = NobodySeated();
        int[] waiting = [];
        int first = 0;
        for (int s = 0; s < _steps.Count; s++)
        {
            Step step = _steps[s];
            if (step.IsFirstOfGroup)
            {
                waiting = [.. Enumerable.Range(0, seatedOf.Length).Where(h => seatedOf[h] == step.Seated)];
                first = 0;
            }

            int chosen = DrawNumber(s, counts, random);
            random.Shuffle<int>(waiting.AsSpan(first), chosen);
            for (int c = 0; c < chosen; c++)
            {
                int household = waiting[first++];
                int[] members = [.. _class.Households[household].Where(i => typeOf[i] == step.Type)];
                random.Shuffle<int>(members, step.More);
                people.AddRange(members.AsSpan(0, step.More));
                seatedOf[household] += step.More;
            }

            counts = After(step, counts, chosen);
        }

        return people;
    }

    /// <summary>Draws how many households get seats in a step, each number as likely as it leaves ways.</summary>
    private int DrawNumber(int step, int[] counts, RandomSource random)
    {
        (int Chosen, BigInteger Ways)[] choices = [.. Choices(step, counts).Where(c => !c.Ways.IsZero)];
        if (choices.Length == 1)
        {
            return choices[0].Chosen;
        }

        BigInteger number = random.NextBelow(choices.Aggregate(BigInteger.Zero, (sum, c) => sum + c.Ways));
        int choice = 0;
        while (number >= choices[choice].Ways)
        {
            number -= choices[choice++].Ways;
        }

        return choices[choice].Chosen;
    }

    /// <summary>In how many ways the seats from a step on can be filled, if so many households have so many seats already.</summary>
    private BigInteger Ways(int step, int[] counts)
    {
        while (step < _steps.Count && counts[_steps[step].Seated] == 0 && !IsLastOfType(step))
        {
            step++;
        }

        if (step == _steps.Count)
        {
            return BigInteger.One;
        }

        State state = new(step, counts);
        if (!_known.TryGetValue(state, out BigInteger ways))
        {
            ways = Choices(step, counts).Aggregate(BigInteger.Zero, (sum, c) => sum + c.Ways);
            _known.Add(state, ways);
        }

        return ways;
    }

    /// <summary>How many households may get seats in a step, and in how many ways all seats from there on can then be filled.</summary>
    private IEnumerable<(int Chosen, BigInteger Ways)> Choices(int step, int[] counts)
    {
        Step of = _steps[step];
        int households = counts[of.Seated];
        int left = of.TotalAfterType;
        for (int seated = 1; seated < counts.Length; seated++)
        {
            left -= seated * counts[seated];
        }

        int most = Math.Min(households, left / of.More);
        BigInteger waysHere = BigInteger.One;
        for (int chosen = 0; chosen <= most; chosen++)
        {
            if (!IsLastOfType(step) || chosen == left)
            {
                yield return (chosen, waysHere * Ways(step + 1, After(of, counts, chosen)));
            }

            waysHere = waysHere * (households - chosen) / (chosen + 1) * of.WaysOfOne;
        }
    }

    /// <summary>Whether a step is the one that gives single seats to households which have none; what the type has left must be filled there.</summary>
    private bool IsLastOfType(int step) => _steps[step] is { Seated: 0, More: 1 };

    private static int[] After(Step step, int[] counts, int chosen)
    {
        int[] after = [.. counts];
        after[step.Seated] -= chosen;
        after[step.Seated + step.More] += chosen;
        return after;
    }

    /// <summary>Entry o: how many households have o seats.</summary>
    private int[] NobodySeated()
    {
        int[] counts = new int[_class.Limit + 1];
        counts[0] = _class.Households.Length;
        return counts;
    }

    private static BigInteger Binomial(int n, int k)
    {
        BigInteger ways = BigInteger.One;
        for (int i = 0; i < k; i++)
        {
            ways = ways * (n - i) / (i + 1);
        }

        return ways;
    }

    /// <summary>Some of the households that have so many seats get so many more for a type.</summary>
    /// <param name="Type">The type.</param>
    /// <param name="Seated">How many of such a household sit already.</param>
    /// <param name="More">How many of the type join them.</param>
    /// <param name="IsFirstOfGroup">Whether it is the first step of the type with these households.</param>
    /// <param name="WaysOfOne">In how many ways one household can choose them.</param>
    /// <param name="TotalAfterType">The seats of the class once the type has all of its own.</param>
    private sealed record Step(int Type, int Seated, int More, bool IsFirstOfGroup, BigInteger WaysOfOne, int TotalAfterType);

    /// <summary>A step, and how many households have how many seats before it.</summary>
    private readonly struct State(int step, int[] counts) : IEquatable<State>
    {
        private readonly int _step = step;
        private readonly int[] _counts = counts;

        public bool Equals(State other) => _step == other._step && _counts.AsSpan().SequenceEqual(other._counts);

        public override bool Equals(object? obj) => obj is State other && Equals(other);

        public override int GetHashCode()
        {
            HashCode hash = default;
            hash.Add(_step);
            foreach (int count in _counts)
            {
                hash.Add(count);
            }

            return hash.ToHashCode();
        }
    }
}
