using System.Globalization;

namespace Sortition.Core.Ballots;

/// <summary>Numbers ballots so that everybody's are spread over the ten digits of each place, as far as that goes.</summary>
/// <remarks>
/// <para>Where balls decide digit by digit, one ball that is missing takes with it all ballots with that digit. Whoever has c of M ballots should have as
/// many of
/// them at each digit of each place as there are such ballots, times c/M; then no missing ball changes a chance. Minimised is Σ (t − ideal)²/c over people,
/// places and digits, t how many of a person's ballots have the digit there: numbers of two ballots are exchanged where that lowers it.</para>
/// <para>Which panels there are, and how many ballots anybody has, does not change. The number of tries does not depend on how it goes.</para>
/// </remarks>
internal static class BallotNumbering
{
    private const int TriesForEach = 3000;
    private const int MostTries = 6_000_000;
    private const int TriesBetweenLooks = 1 << 14;

    /// <summary>Puts the ballots into another order.</summary>
    /// <param name="ballots">The members of each, ascending, in an order that is random already.</param>
    /// <param name="people">How many people there are.</param>
    /// <param name="random">Decides which ballots are tried.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Entry b: which ballot gets the number b.</returns>
    public static int[] Order(IReadOnlyList<IReadOnlyList<int>> ballots, int people, RandomSource random, CancellationToken cancellationToken)
    {
        int count = ballots.Count;
        int[] order = [.. Enumerable.Range(0, count)];
        if (count < 2)
        {
            return order;
        }

        DigitCounts counts = new(ballots, people);
        QuickRandomSource quick = new(random);
        int tries = (int)Math.Min((long)TriesForEach * count, MostTries);
        for (int t = 0; t < tries; t++)
        {
            if (t % TriesBetweenLooks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            int a = quick.NearlyBelow(count);
            int b = quick.NearlyBelow(count);
            if (a != b && counts.Gain(ballots[order[a]], a, ballots[order[b]], b) < 0)
            {
                counts.Exchange(ballots[order[a]], a, ballots[order[b]], b);
                (order[a], order[b]) = (order[b], order[a]);
            }
        }

        return order;
    }

    /// <summary>
    /// The largest change of a chance, relative to itself, if all ballots with some digit at some place were missing; 0 where there is one ballot.
    /// </summary>
    /// <param name="ballots">The members of the ballots, in the order of their numbers.</param>
    /// <param name="people">How many people there are.</param>
    public static double LargestChange(IReadOnlyList<IReadOnlyList<int>> ballots, int people) =>
        ballots.Count < 2 ? 0 : new DigitCounts(ballots, people).LargestChange();

    /// <summary>How many ballots everybody has at each digit of each place, of ballots numbered in the order they are given in.</summary>
    private sealed class DigitCounts
    {
        private readonly int _places;
        private readonly int _ballots;
        private readonly int[] _digits;
        private readonly double[] _shares;
        private readonly double[] _times;
        private readonly int[] _counts;

        public DigitCounts(IReadOnlyList<IReadOnlyList<int>> ballots, int people)
        {
            _ballots = ballots.Count;
            _places = (_ballots - 1).ToString(CultureInfo.InvariantCulture).Length;
            _digits = new int[_ballots * _places];
            _shares = new double[_places * 10];
            _times = new double[people];
            _counts = new int[people * _places * 10];
            for (int b = 0; b < _ballots; b++)
            {
                int rest = b;
                for (int p = 0; p < _places; p++)
                {
                    _digits[(b * _places) + p] = (p * 10) + (rest % 10);
                    _shares[(p * 10) + (rest % 10)] += 1.0 / _ballots;
                    rest /= 10;
                }

                foreach (int i in ballots[b])
                {
                    _times[i]++;
                    for (int p = 0; p < _places; p++)
                    {
                        _counts[(i * _places * 10) + _digits[(b * _places) + p]]++;
                    }
                }
            }
        }

        /// <summary>By how much the sum of squares changes if two ballots exchange their numbers, halved.</summary>
        public double Gain(IReadOnlyList<int> first, int a, IReadOnlyList<int> second, int b)
        {
            double gain = 0;
            int i = 0;
            int j = 0;
            while (i < first.Count || j < second.Count)
            {
                int next = j == second.Count ? -1 : i == first.Count ? 1 : first[i].CompareTo(second[j]);
                if (next == 0)
                {
                    i++;
                    j++;
                }
                else
                {
                    gain += next < 0 ? GainOf(first[i++], a, b) : GainOf(second[j++], b, a);
                }
            }

            return gain;
        }

        public void Exchange(IReadOnlyList<int> first, int a, IReadOnlyList<int> second, int b)
        {
            Move(first, a, b);
            Move(second, b, a);
        }

        public double LargestChange()
        {
            double largest = 0;
            for (int i = 0; i < _times.Length; i++)
            {
                for (int d = 0; _times[i] > 0 && d < _places * 10; d++)
                {
                    double left = 1 - _shares[d];
                    largest = left > 1e-9 ? Math.Max(largest, Math.Abs(((_times[i] - _counts[(i * _places * 10) + d]) / left / _times[i]) - 1)) : largest;
                }
            }

            return largest;
        }

        /// <summary>What a person's squares change by if one of their ballots gets another number: ((t−1−e)² − (t−e)² + (t'+1−e')² − (t'−e')²)/2c.</summary>
        private double GainOf(int person, int from, int to)
        {
            double gain = 0;
            int at = person * _places * 10;
            for (int p = 0; p < _places; p++)
            {
                int d = _digits[(from * _places) + p];
                int e = _digits[(to * _places) + p];
                gain += d == e ? 0 : 1 - (_counts[at + d] - (_times[person] * _shares[d])) + (_counts[at + e] - (_times[person] * _shares[e]));
            }

            return gain / _times[person];
        }

        private void Move(IReadOnlyList<int> members, int from, int to)
        {
            foreach (int i in members)
            {
                for (int p = 0; p < _places; p++)
                {
                    _counts[(i * _places * 10) + _digits[(from * _places) + p]]--;
                    _counts[(i * _places * 10) + _digits[(to * _places) + p]]++;
                }
            }
        }
    }
}
