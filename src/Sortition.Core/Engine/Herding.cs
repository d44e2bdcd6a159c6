namespace Sortition.Core.Engine;

/// <summary>Finds panels whose mix comes close to given expected seats.</summary>
/// <remarks>
/// Each panel favours the types that the panels before it have served least (Welling, Herding dynamical weights to learn, ICML 2009): after N panels
/// every type's mean is within O(1/N) of its target. The first panel that branch and bound comes upon is good enough.
/// </remarks>
internal static class Herding
{
    private const long NodeLimit = 20_000;
    private const double Slack = 1e-9;

    /// <summary>Looks for panels.</summary>
    /// <param name="search">Where to look.</param>
    /// <param name="target">Expected seats by type; types without any are avoided.</param>
    /// <param name="given">The seats that panels found before have given to each type; brought up to date.</param>
    /// <param name="before">How many panels those were.</param>
    /// <param name="count">How many more panels, repeated ones counted, if every type wanted is among them.</param>
    /// <param name="found">Told of each panel.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static void Run(PanelSearch search, double[] target, double[] given, int before, int count, Action<int[]> found, CancellationToken cancellationToken)
    {
        double[] weights = new double[target.Length];
        for (int j = 1; j <= count; j++)
        {
            double mean = 0;
            for (int t = 0; t < weights.Length; t++)
            {
                weights[t] = target[t] > 0 ? (((before + j) * target[t]) - given[t]) / Math.Sqrt(target[t]) : -1;
                mean += weights[t] * target[t];
            }

            // A panel that weighs what the target weighs keeps the sums near: some panel does, as the target is a mean of panels. (The perceptron's argument.)
            if (!SeatOne(mean - (Slack * Math.Abs(mean))) && !SeatOne(double.NegativeInfinity))
            {
                return;
            }
        }

        // Few panels do not get round to types that are wanted much less than once in so many. They must be on some panel all the same.
        bool[] isUnseen = new bool[target.Length];
        do
        {
            for (int t = 0; t < isUnseen.Length; t++)
            {
                isUnseen[t] = target[t] > 0 && given[t] == 0;
            }

            UnseenTypes.Weigh(search.Polytope, isUnseen, weights);
        }
        while (isUnseen.Contains(true) && SeatOne(UnseenTypes.Floor));

        bool SeatOne(double floor)
        {
            int[]? panel = search.Search(weights, floor, firstOnly: true, NodeLimit, null, cancellationToken);
            if (panel is null)
            {
                return false;
            }

            found(panel);
            for (int t = 0; t < given.Length; t++)
            {
                given[t] += panel[t];
            }

            return true;
        }
    }
}
