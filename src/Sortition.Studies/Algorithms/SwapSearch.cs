using Sortition.Core;
using Sortition.Core.Algorithms;
using Sortition.Core.Feasibility;

namespace Sortition.Studies.Algorithms;

/// <summary>Swap search: begins with people drawn at random, and swaps members for others as long as that brings the panel nearer to its targets.</summary>
/// <remarks>
/// <para>As practised in Sweden and Denmark: the target of a quota is its middle, and how far a panel is off is ½ Σ |members who count − target| over the
/// quotas. Each time members and others, once shuffled, are gone through from a random place, and the first swap that brings the panel nearer is made; when
/// there is none, the panel is taken if it meets the quotas, and else all begins anew, up to 100 times. No feature goes before another.</para>
/// <para>Nobody knows the chances this gives to people except by trying, and nothing is fair about them: it is a yardstick. Stateless; safe to use from any
/// number of threads at once.</para>
/// </remarks>
public sealed class SwapSearch : IPanelAlgorithm
{
    private const int MaxAttempts = 100;

    /// <inheritdoc/>
    public string Name => "swap";

    /// <inheritdoc/>
    /// <remarks>Where all attempts fail, an exact check tells whether there is a panel at all. <see cref="SolveOptions.TimeLimit"/> is not used.</remarks>
    public PanelResult DrawPanel(SelectionProblem problem, RandomSource random, SolveOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(random);
        Search search = new(problem, random);
        for (int attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            if (search.Run(cancellationToken) is { } members)
            {
                return new PanelResult.Drawn(Panel.Create(problem, members.Select(i => problem.People[i].Id)), attempt);
            }
        }

        FeasibilityReport report = FeasibilityAnalysis.Check(problem, cancellationToken);
        return report.IsFeasible ? new PanelResult.AttemptsExhausted(MaxAttempts) : new PanelResult.Infeasible(report);
    }

    /// <summary>One search after another on one problem.</summary>
    private sealed class Search
    {
        private readonly SelectionProblem _problem;
        private readonly RandomSource _random;
        private readonly int[][] _quotasOf;
        private readonly double[] _targets;
        private readonly int[] _counts;
        private readonly int[] _people;
        private readonly Dictionary<int, int> _seatsOfHouseholds = [];

        public Search(SelectionProblem problem, RandomSource random)
        {
            (_problem, _random) = (problem, random);
            int[][] ofTypes =
            [
                .. problem.Types.Select(type => Enumerable.Range(0, problem.Quotas.Count)
                    .Where(q => problem.Matches(problem.People[type.Members[0]], problem.Quotas[q])).ToArray()),
            ];
            _people = [.. Enumerable.Range(0, problem.People.Count).Where(i => problem.TypeOf(i) >= 0)];
            _quotasOf = [.. Enumerable.Range(0, problem.People.Count).Select(i => problem.TypeOf(i) is >= 0 and int type ? ofTypes[type] : [])];
            _targets = [.. problem.Quotas.Select(quota => (quota.Min + (double)quota.Max) / 2)];
            _counts = new int[_targets.Length];
        }

        /// <summary>Members that meet all rules; null where the search ended elsewhere.</summary>
        public int[]? Run(CancellationToken cancellationToken)
        {
            Shuffle(_people);
            int[] isIn = [.. _people.Where(IsSure)];
            int[] others = [.. _people.Where(i => !IsSure(i))];
            Array.Clear(_counts);
            _seatsOfHouseholds.Clear();
            List<int> members = [];
            List<int> left = [];
            foreach (int i in (IEnumerable<int>)[.. isIn, .. others])
            {
                bool sits = members.Count < _problem.PanelSize && HasRoom(i, leaving: -1);
                (sits ? members : left).Add(i);
                if (sits)
                {
                    Move(i, 1);
                }
            }

            if (members.Count < _problem.PanelSize)
            {
                return null;
            }

            while (FindSwap(members, left, cancellationToken) is (int m, int l) && m >= 0)
            {
                Move(members[m], -1);
                Move(left[l], 1);
                (members[m], left[l]) = (left[l], members[m]);
            }

            bool meetsQuotas = _problem.Quotas.Select((quota, q) => _counts[q] >= quota.Min && _counts[q] <= quota.Max).All(meets => meets);
            bool isPanel = meetsQuotas && Array.TrueForAll(isIn, members.Contains);
            return isPanel ? [.. members] : null;
        }

        /// <summary>The places of a member and of another whose swap brings the panel nearer; −1 where there are none.</summary>
        private (int Member, int Other) FindSwap(List<int> members, List<int> left, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (left.Count == 0)
            {
                return (-1, -1);
            }

            int first = (int)_random.NextBelow(members.Count);
            int start = (int)_random.NextBelow(left.Count);
            for (int a = 0; a < members.Count; a++)
            {
                int m = (first + a) % members.Count;
                if (IsSure(members[m]))
                {
                    continue;
                }

                for (int b = 0; b < left.Count; b++)
                {
                    int l = (start + b) % left.Count;
                    if (Change(members[m], left[l]) < -1e-9 && HasRoom(left[l], members[m]))
                    {
                        return (m, l);
                    }
                }
            }

            return (-1, -1);
        }

        /// <summary>By how much more the panel would be off, in halves of seats.</summary>
        private double Change(int leaving, int coming)
        {
            double change = 0;
            foreach (int q in _quotasOf[leaving])
            {
                if (Array.IndexOf(_quotasOf[coming], q) < 0)
                {
                    change += Math.Abs(_counts[q] - 1 - _targets[q]) - Math.Abs(_counts[q] - _targets[q]);
                }
            }

            foreach (int q in _quotasOf[coming])
            {
                if (Array.IndexOf(_quotasOf[leaving], q) < 0)
                {
                    change += Math.Abs(_counts[q] + 1 - _targets[q]) - Math.Abs(_counts[q] - _targets[q]);
                }
            }

            return change;
        }

        private bool IsSure(int person) => _problem.People[person].Status == PersonStatus.MustBeIn;

        private bool HasRoom(int person, int leaving)
        {
            if (_problem.HouseholdLimit is not int limit || _problem.People[person].Household is not int household)
            {
                return true;
            }

            int seats = _seatsOfHouseholds.GetValueOrDefault(household);
            return seats - (leaving >= 0 && _problem.People[leaving].Household == household ? 1 : 0) < limit;
        }

        private void Move(int person, int step)
        {
            foreach (int q in _quotasOf[person])
            {
                _counts[q] += step;
            }

            if (_problem.People[person].Household is int household)
            {
                _seatsOfHouseholds[household] = _seatsOfHouseholds.GetValueOrDefault(household) + step;
            }
        }

        private void Shuffle(int[] items)
        {
            for (int i = 0; i < items.Length; i++)
            {
                int j = i + (int)_random.NextBelow(items.Length - i);
                (items[i], items[j]) = (items[j], items[i]);
            }
        }
    }
}
