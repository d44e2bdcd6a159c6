using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Proof;

namespace Sortition.Core.Engine.Search;

/// <summary>Finds out who can be on a panel: panels until every type has been seen, then a proof that the others never are.</summary>
internal sealed class PoolSurvey
{
    private readonly PanelSearch _search;

    public PoolSurvey(QuotaPolytope polytope)
    {
        Polytope = polytope;
        _search = new PanelSearch(polytope);
        Covered = new bool[polytope.TypeCount];
    }

    /// <summary>The panels.</summary>
    public QuotaPolytope Polytope { get; }

    /// <summary>Entry t: whether some panel seats somebody of type t. Final once <see cref="Run"/> has returned.</summary>
    public bool[] Covered { get; }

    /// <summary>Panels that between them seat every covered type.</summary>
    public List<int[]> Panels { get; } = [];

    /// <summary>Looks for panels.</summary>
    /// <param name="found">Told the number of panels after each one.</param>
    /// <param name="cancellationToken">Stops the survey.</param>
    /// <returns>Whether there is a panel.</returns>
    public bool Run(Action<int>? found, CancellationToken cancellationToken)
    {
        double[] weights = new double[Polytope.TypeCount];
        bool[] isUnseen = new bool[weights.Length];
        while (true)
        {
            for (int t = 0; t < weights.Length; t++)
            {
                isUnseen[t] = !Covered[t];
            }

            if (!isUnseen.Contains(true) && Panels.Count > 0)
            {
                return true;
            }

            UnseenTypes.Weigh(Polytope, isUnseen, weights);
            bool isFirst = Panels.Count == 0;
            double floor = isFirst ? double.NegativeInfinity : UnseenTypes.Floor;
            int[]? panel = _search.Search(weights, floor, firstOnly: true, long.MaxValue, null, cancellationToken);
            if (panel is null)
            {
                int[]? unseen = isFirst ? null : [.. Enumerable.Range(0, weights.Length).Where(t => isUnseen[t])];
                panel = ExactJudge.HeaviestPanel(Polytope, new long[weights.Length], null, unseen, cancellationToken).Panel;
                if (panel is null)
                {
                    return !isFirst;
                }
            }

            Panels.Add(panel);
            for (int t = 0; t < panel.Length; t++)
            {
                Covered[t] |= panel[t] > 0;
            }

            found?.Invoke(Panels.Count);
        }
    }
}
