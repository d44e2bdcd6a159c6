using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Search;

namespace Sortition.Core.Sampling;

/// <summary>Whether chains agree: for the seats of every type and of every quota, between chains and between the halves of each.</summary>
/// <remarks>
/// Split R̂ and the effective size are those of Gelman et al., Bayesian Data Analysis (3rd ed., 11.4–11.5), with correlations summed as long as those of two
/// neighbouring lags add up to something positive (Geyer 1992).
/// </remarks>
internal sealed class ChainDiagnosis
{
    /// <summary>Chains agree only below this.</summary>
    public const double LargestSplitRHat = 1.01;

    /// <summary>Chains must be worth so many independent panels.</summary>
    public const double LeastEffectiveSize = 400;

    private const long NodesOfSearch = 20_000;

    private readonly int[][][] _seats;
    private readonly int _length;

    /// <param name="problem">The problem.</param>
    /// <param name="panels">The panels of each chain, equally many.</param>
    /// <param name="polytope">The panels by type.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public ChainDiagnosis(SelectionProblem problem, int[][][] panels, QuotaPolytope polytope, CancellationToken cancellationToken)
    {
        int types = problem.TypeTable.Types.Length;
        _length = panels[0].Length;
        _seats = [.. panels.Select(chain => SeatsOf(problem, chain))];
        TypeMeans = new double[types];
        TypeErrors = new double[types];
        EffectiveSize = double.PositiveInfinity;
        SplitRHat = 1;
        bool isConverged = true;
        List<int> unseen = [];
        List<int> fixedTypes = [];
        for (int v = 0; v < _seats[0].Length; v++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int[][] series = [.. _seats.Select(chain => chain[v])];
            if (Array.TrueForAll(series, s => s.AsSpan().IndexOfAnyExcept(series[0][0]) < 0))
            {
                if (v < types)
                {
                    TypeMeans[v] = series[0][0];
                    (series[0][0] == 0 ? unseen : fixedTypes).Add(v);
                }

                continue;
            }

            // A chain that stands still in something that moves elsewhere has not been everywhere.
            isConverged &= Array.TrueForAll(series, s => s.AsSpan().IndexOfAnyExcept(s[0]) >= 0);
            double rHat = SplitRHatOf(series);
            (double mean, double error, double size) = MeanOf(series);
            SplitRHat = Math.Max(SplitRHat, rHat);
            EffectiveSize = Math.Min(EffectiveSize, size);
            if (v < types)
            {
                (TypeMeans[v], TypeErrors[v]) = (mean, error);
            }
        }

        UnseenTypes = unseen;
        isConverged &= SplitRHat < LargestSplitRHat && EffectiveSize >= LeastEffectiveSize;
        IsConverged = isConverged && double.IsFinite(EffectiveSize) && fixedTypes.TrueForAll(t => IsForced(polytope, t, (int)TypeMeans[t], cancellationToken));
        EffectiveSize = double.IsFinite(EffectiveSize) ? EffectiveSize : 0;
    }

    /// <summary>Whether nothing speaks against it that the panels are as good as uniform. That is no proof.</summary>
    public bool IsConverged { get; }

    /// <summary>The largest split R̂ of all numbers looked at; infinite if chains stand still at different places.</summary>
    public double SplitRHat { get; }

    /// <summary>The smallest effective size of all numbers looked at; 0 if nothing moves.</summary>
    public double EffectiveSize { get; }

    /// <summary>The mean number of seats of each type.</summary>
    public double[] TypeMeans { get; }

    /// <summary>The standard error of each mean.</summary>
    public double[] TypeErrors { get; }

    /// <summary>The types that never had a seat.</summary>
    public IReadOnlyList<int> UnseenTypes { get; }

    /// <summary>Entry v, p: the seats of type v on panel p, and after the types those of each quota.</summary>
    private static int[][] SeatsOf(SelectionProblem problem, int[][] panels)
    {
        int types = problem.TypeTable.Types.Length;
        int[][] seats = [.. Enumerable.Range(0, types + problem.Quotas.Count).Select(_ => new int[panels.Length])];
        for (int p = 0; p < panels.Length; p++)
        {
            foreach (int i in panels[p])
            {
                seats[problem.TypeTable.TypeOf[i]][p]++;
                foreach (int q in problem.QuotasOf[i])
                {
                    seats[types + q][p]++;
                }
            }
        }

        return seats;
    }

    /// <summary>Whether every panel has as many people of a type, as far as a search finds no other.</summary>
    private static bool IsForced(QuotaPolytope polytope, int type, int seats, CancellationToken cancellationToken)
    {
        double[] weights = PanelSearch.UnlikeWeights(polytope.TypeCount);
        return !Exists(polytope.Lower[type], seats - 1) && !Exists(seats + 1, polytope.Upper[type]);

        bool Exists(int lower, int upper)
        {
            if (lower > upper)
            {
                return false;
            }

            PanelSearch search = new(polytope);
            search.RestrictType(type, lower, upper);
            return search.Search(weights, double.NegativeInfinity, firstOnly: true, NodesOfSearch, null, cancellationToken) is not null || search.GaveUp;
        }
    }

    private static double SplitRHatOf(int[][] series)
    {
        int half = series[0].Length / 2;
        int[][] halves = [.. series.SelectMany(s => new[] { s[..half], s[^half..] })];
        double[] means = [.. halves.Select(h => h.Average())];
        double within = halves.Select((h, i) => Variance(h, means[i])).Average();
        double overall = means.Average();
        double between = half * means.Sum(m => (m - overall) * (m - overall)) / (means.Length - 1);
        return within == 0 ? double.PositiveInfinity : Math.Sqrt(((half - 1.0) / half * within + between / half) / within);
    }

    private static double Variance(int[] values, double mean) => values.Sum(v => (v - mean) * (v - mean)) / Math.Max(1, values.Length - 1);

    private (double Mean, double Error, double Size) MeanOf(int[][] series)
    {
        double[] means = [.. series.Select(s => s.Average())];
        double[] variances = [.. series.Select((s, i) => Variance(s, means[i]))];
        double within = variances.Average();
        double mean = means.Average();
        double between = means.Sum(m => (m - mean) * (m - mean)) / (means.Length - 1);
        double total = within * (_length - 1) / _length + between;
        double time = 1;
        for (int lag = 1; lag + 1 < _length; lag += 2)
        {
            double pair = Correlation(lag) + Correlation(lag + 1);
            if (pair <= 0)
            {
                break;
            }

            time += 2 * pair;
        }

        double all = series.Length * (double)_length;
        double size = Math.Min(all, all / time);
        return (mean, Math.Sqrt(total / size), size);

        double Correlation(int lag)
        {
            double covariance = 0;
            for (int c = 0; c < series.Length; c++)
            {
                int[] s = series[c];
                double sum = 0;
                for (int t = lag; t < s.Length; t++)
                {
                    sum += (s[t] - means[c]) * (s[t - lag] - means[c]);
                }

                covariance += sum / s.Length;
            }

            return 1 - (within - covariance / series.Length) / total;
        }
    }
}
