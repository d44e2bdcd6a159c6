using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Proof;

namespace Sortition.Core.Engine.Search;

/// <summary>Finds out who can be on a panel: panels until every type has been seen, then a proof that the others never are.</summary>
/// <remarks>
/// Where there are thousands of types, panels are looked for among some of them at a time, most of them unseen: that takes a small part of the time of a search
/// among all, and such a panel seats hardly fewer unseen ones. Where there is none among some, there are twice as many next.
/// </remarks>
internal sealed class PoolSurvey
{
    private const int MostAtOnce = 2_000;
    private const int Some = 600;
    private const double UnseenShare = 0.75;
    private const long NodesAmongSome = 1_000;

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
        int some = weights.Length <= MostAtOnce ? weights.Length : Some;
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
            bool isAmongAll = some >= weights.Length;
            OpenTypes(isUnseen, isAmongAll ? weights.Length : some);
            int[]? panel = _search.Search(weights, floor, firstOnly: true, isAmongAll ? long.MaxValue : NodesAmongSome, null, cancellationToken);
            if (panel is null && !isAmongAll)
            {
                some *= 2;
                continue;
            }

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

    /// <summary>Lets the search look among so many types, evenly spread over those that are unseen and those that are not.</summary>
    private void OpenTypes(bool[] isUnseen, int count)
    {
        int unseen = isUnseen.Count(u => u);
        int ofUnseen = Math.Min(unseen, Math.Max((int)(UnseenShare * count), count - (isUnseen.Length - unseen)));
        Spread unseenOnes = new(ofUnseen, unseen);
        Spread others = new(count - ofUnseen, isUnseen.Length - unseen);
        for (int t = 0; t < isUnseen.Length; t++)
        {
            bool isOpen = isUnseen[t] ? unseenOnes.TakesNext() : others.TakesNext();
            _search.RestrictType(t, Polytope.Lower[t], isOpen ? Polytope.Upper[t] : Polytope.Lower[t]);
        }
    }

    /// <summary>Takes so many of so many, evenly spread.</summary>
    private sealed class Spread(int wanted, int total)
    {
        private long _sum;

        public bool TakesNext()
        {
            _sum += wanted;
            bool isTaken = _sum >= total;
            _sum -= isTaken ? total : 0;
            return isTaken;
        }
    }
}
