using Sortition.Core.Feasibility;

namespace Sortition.Core.Sampling;

/// <summary>How far panels can be said to be uniform: each of all panels equally likely.</summary>
public enum UniformStatus
{
    /// <summary>Exactly uniform, and independent of each other. Given perfect randomness, no panel is more likely than another by any amount.</summary>
    Exact = 1,

    /// <summary>
    /// From chains that agree by every test made. Nearly uniform as far as anybody can see; nothing proves it, and neighbours resemble each other.
    /// </summary>
    Converged = 2,

    /// <summary>From chains that do not agree, or not yet. They are panels, but say nothing about uniform ones.</summary>
    NotConverged = 3,
}

/// <summary>How uniform panels were come by.</summary>
public enum UniformMethod
{
    /// <summary>A table with all counters, by which panels are counted and drawn at once (dynamic programming).</summary>
    Table = 1,

    /// <summary>A table with some of the counters proposes, and what breaks the others is thrown away.</summary>
    TableWithRejection = 2,

    /// <summary>Random exchanges of members.</summary>
    Chain = 3,
}

/// <summary>Panels drawn uniformly from all panels, and what they say about everybody's chance.</summary>
/// <remarks>Immutable and safe to read from any thread.</remarks>
public sealed class UniformSample
{
    private readonly double[] _chanceOfType;
    private readonly double[] _errorOfType;

    internal UniformSample(SelectionProblem problem, IReadOnlyList<Panel> panels, double[] chanceOfType, double[] errorOfType)
    {
        Problem = problem;
        Panels = panels;
        _chanceOfType = chanceOfType;
        _errorOfType = errorOfType;
    }

    /// <summary>The problem.</summary>
    public SelectionProblem Problem { get; }

    /// <summary>Whether the panels are exactly uniform.</summary>
    public UniformStatus Status { get; internal init; }

    /// <summary>How they were come by.</summary>
    public UniformMethod Method { get; internal init; }

    /// <summary>The panels, as many as were asked for, in the order drawn.</summary>
    public IReadOnlyList<Panel> Panels { get; }

    /// <summary>How many proposals or steps were made in all, 1 or more.</summary>
    public long Proposals { get; internal init; }

    /// <summary>
    /// How many independent draws tell as much about chances as was computed, for the type or quota of which least is known; infinite where the chances are
    /// exact; 0 for chains that do not move.
    /// </summary>
    public double EffectiveSize { get; internal init; }

    /// <summary>
    /// For chains, the largest split R̂ of all types and quotas, 1 or more: how much more the chains differ from each other and within than they should.
    /// Agreement asks for less than 1.01. Null for exact draws, which have no chains.
    /// </summary>
    public double? SplitRHat { get; internal init; }

    /// <summary>
    /// People who can be chosen but were on no panel of any chain, as indices into the pool, ascending; their chance is below 3 / <see cref="EffectiveSize"/>
    /// with 95 % confidence, if the chains can be trusted. Empty for exact draws.
    /// </summary>
    public IReadOnlyList<int> Unseen { get; internal init; } = [];

    /// <summary>The chance of a person to be on a uniform panel, as far as known: the mean over all people of the type, who have the same chance.</summary>
    /// <param name="person">Index into the pool.</param>
    /// <returns>A number 0..1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Nobody has this index.</exception>
    public double Chance(int person) => Problem.TypeOf(person) is >= 0 and int type ? _chanceOfType[type] : 0;

    /// <summary>The standard error of <see cref="Chance"/>.</summary>
    /// <param name="person">Index into the pool.</param>
    /// <returns>
    /// 0 or more; 0 where the chance is exact, and also where all draws agree, so that <see cref="EffectiveSize"/> says more: a chance of 0 or 1 seen in N
    /// draws may be off by 3/N.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">Nobody has this index.</exception>
    public double StandardError(int person) => Problem.TypeOf(person) is >= 0 and int type ? _errorOfType[type] : 0;
}

/// <summary>What comes of drawing uniform panels: <see cref="Drawn"/> or <see cref="Infeasible"/>.</summary>
public abstract class UniformResult
{
    private protected UniformResult()
    {
    }

    /// <summary>Panels were drawn. <see cref="UniformSample.Status"/> says whether they are uniform.</summary>
    public sealed class Drawn : UniformResult
    {
        internal Drawn(UniformSample sample)
        {
            Sample = sample;
        }

        /// <summary>The panels and the chances.</summary>
        public UniformSample Sample { get; }
    }

    /// <summary>No panel meets the quotas; proven.</summary>
    public sealed class Infeasible : UniformResult
    {
        internal Infeasible(FeasibilityReport report)
        {
            Report = report;
        }

        /// <summary>Why.</summary>
        public FeasibilityReport Report { get; }
    }
}
