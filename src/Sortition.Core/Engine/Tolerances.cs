namespace Sortition.Core.Engine;

/// <summary>How far apart two numbers may be that floating-point arithmetic is to take for the same: what each is for, and what breaks if it moves.</summary>
/// <remarks>
/// What is claimed to be proven rests on none of them but those of certificates: claims are confirmed in whole numbers, panels by counting. Moved too far, the
/// others make answers worse or slower, or leave a proof that is not accepted. The largest gap that counts as proven belongs to each objective. Numbers that
/// steer only how fast something converges stand where they are used.
/// </remarks>
internal static class Tolerances
{
    // Certificates.

    /// <summary>
    /// How far a stated value may be from the one found, relative to the larger. Smaller: other processors' rounding makes true statements false. Larger: wrong
    /// ones pass.
    /// </summary>
    public const double StatedValue = 1e-12;

    /// <summary>The same of a bound, some of which are differences of larger numbers.</summary>
    public const double StatedBound = 1e-11;

    /// <summary>
    /// How far a multiple of dual values may be from whole numbers to be taken for them. Smaller: simple proportions are overlooked and certificates show long
    /// numbers. Larger: the numbers no longer prove the value, and the fine ones are taken.
    /// </summary>
    public const double WholeMultiple = 1e-8;

    /// <summary>
    /// A weight below this share of the largest is 0. Smaller: rounding enters certificates as weights. Larger: people who matter lose theirs, and the bound
    /// rises.
    /// </summary>
    public const double NegligibleWeight = 1e-10;

    /// <summary>
    /// A chance that is 1 but for this is certain. Smaller: the rounding of many panels hides a sure seat. Larger: somebody is told so who is not.
    /// </summary>
    public const double SureSeat = 1e-9;

    // Lotteries by known panels, stage by stage.

    /// <summary>
    /// What a settled type may have less than its floor in a mix, as a share. Smaller: rounding leaves no mix. Larger: later stages take from earlier ones.
    /// </summary>
    public const double MixFloor = 1e-11;

    /// <summary>
    /// A mix that reaches a bound but for this share reaches it, and a panel must be heavier by it to count. Smaller: panels are sought for rounding. Larger: a
    /// stage ends before its best mix.
    /// </summary>
    public const double SameMix = 1e-10;

    /// <summary>
    /// How far a stage's value by its claim may be from that of the mix, as a share. Smaller: the solver's rounding hides that a claim explains the stage.
    /// Larger: a claim is taken for the explanation that is not.
    /// </summary>
    public const double ExplainedStage = 1e-7;

    /// <summary>
    /// The most by which a chance may miss that of a leximin vector that is proven but not reached. Smaller: lotteries nobody could tell from the best are not
    /// proven. Larger: people could. It is part of what a certificate means: docs/verify.py has it too.
    /// </summary>
    public const double LargestEpsilon = 1e-6;

    /// <summary>A panel must weigh this share more than there are people to better a Nash lottery. As <see cref="SameMix"/>.</summary>
    public const double HeavierThanAll = 1e-9;

    /// <summary>
    /// What leximin below the lowest highest chance may have above it, as a share. Smaller: rounding leaves no lottery. Larger: the highest chance is not the
    /// lowest.
    /// </summary>
    public const double HighestChance = 1e-12;

    /// <summary>
    /// A chance within this share of a claim's fraction is meant to be it, and is brought to it exactly. Smaller: who misses it by more makes the lottery look
    /// unproven. Larger: people are brought to it who have more.
    /// </summary>
    public const double AtFraction = 1e-8;

    // Linear algebra.

    /// <summary>
    /// A pivot below this share of its diagonal entry is rounding, and its row depends on those before. Smaller: rounding is divided by. Larger: rows that
    /// matter are left out.
    /// </summary>
    public const double LostPivot = 1e-14;

    /// <summary>
    /// What is added to a diagonal, as a share of it, before it is factorised. Smaller: rounding can make a pivot negative. Larger: steps are no longer those
    /// of Newton's method, and more are needed.
    /// </summary>
    public const double DiagonalSupport = 1e-14;

    /// <summary>
    /// A matrix with no pivot above this has no inverse. Smaller: inverses full of rounding are used. Larger: sound bases are thrown away, and searches give
    /// up.
    /// </summary>
    public const double SingularPivot = 1e-10;

    // The simplex and the search for panels. Coefficients are 0 and 1, bounds whole numbers, weights at most 1.

    /// <summary>
    /// How far a variable may be beyond its bound. Smaller: the simplex chases rounding. Larger: panels that break a quota come out, and are rejected by
    /// counting.
    /// </summary>
    public const double BrokenBound = 1e-8;

    /// <summary>A pivot below this is not divided by. Smaller: rounding is blown up. Larger: no pivot is left, and the search gives up.</summary>
    public const double LeastPivot = 1e-8;

    /// <summary>
    /// A pivot computed by row and by column must agree to this. Smaller: factorised anew at every step. Larger: an inverse is used that has drifted away.
    /// </summary>
    public const double PivotAgreement = 1e-6;

    /// <summary>
    /// A reduced cost within this of 0 has no sign. Smaller: rounding moves variables to the wrong bound. Larger: an optimum is taken for one that is not.
    /// </summary>
    public const double ReducedCost = 1e-10;

    /// <summary>Ratios within this of each other are ties. Smaller: tiny pivots are taken. Larger: dual feasibility is lost.</summary>
    public const double SameRatio = 1e-12;

    /// <summary>
    /// Seats within this of a whole number are whole. Smaller: branches at rounding. Larger: a fractional point is rounded to what is no panel, and counting
    /// rejects it.
    /// </summary>
    public const double WholeSeats = 1e-6;

    /// <summary>
    /// A panel must be heavier than another by this to count as heavier. Smaller: searches go on for ties. Larger: heavier panels are overlooked, and the exact
    /// judge has to find them.
    /// </summary>
    public const double HeavierPanel = 1e-10;

    /// <summary>
    /// What reduced costs must exceed the room by to fix a variable. Smaller: rounding can cut off the heaviest panel. Larger: fewer are fixed, and searches
    /// take longer.
    /// </summary>
    public const double FixedByCost = 1e-9;

    /// <summary>
    /// A panel that weighs what a target weighs, but for this share, will do. Smaller: rounding asks for what no panel has. Larger: the panels no longer add up
    /// to the target.
    /// </summary>
    public const double TargetWeight = 1e-9;

    /// <summary>
    /// Expected seats within this of a bound are at it. Smaller: panels are sought beyond a face, in vain. Larger: a face is too small, and no mix of its
    /// panels has these seats.
    /// </summary>
    public const double AtBound = 1e-7;

    // The relaxation.

    /// <summary>
    /// How far expected seats may exceed a limit whose row is left out. Smaller: rows are taken up for rounding. Larger: the bound misses a limit, and the mix
    /// has to.
    /// </summary>
    public const double ExceededLimit = 1e-9;

    /// <summary>
    /// A price below this share of the largest is 0. Smaller: rounding of the solver is sharpened into prices. Larger: prices are lost, and the claim is
    /// weaker.
    /// </summary>
    public const double NegligiblePrice = 1e-6;

    /// <summary>
    /// What inverse iteration adds to the diagonal, as a share of it. Smaller: the matrix cannot be factorised. Larger: prices keep some of the solver's error.
    /// </summary>
    public const double InverseIteration = 1e-12;

    /// <summary>
    /// A bound with less slack than this at the point of most slack is always reached. Smaller: there is no interior for Nash to start from. Larger: bounds
    /// that can be left are held.
    /// </summary>
    public const double NoSlack = 1e-7;

    /// <summary>
    /// What a settled type may have less than its floor, as a share. Smaller: rounding makes a later stage infeasible. Larger: later stages take from earlier
    /// ones.
    /// </summary>
    public const double GivenFloor = 1e-10;

    /// <summary>
    /// What a stage may reach less than the one before, as a share, for the floors given up. Smaller: a stage can be cut off. Larger: the caps are looser, and
    /// there are more rounds.
    /// </summary>
    public const double StageSetback = 1e-7;

    /// <summary>
    /// A stage's value within this share of another is the same. Smaller: seats that serve as well are refused. Larger: seats below the value are taken.
    /// </summary>
    public const double SameStage = 1e-12;

    /// <summary>A value within this share of a cap is at it. Smaller: a stage settles nobody. Larger: somebody is settled at too much.</summary>
    public const double AtCap = 1e-11;

    /// <summary>
    /// What a claim in small whole numbers may seem to prove less than a fine one, as a share: it is rounding, as a rule. Smaller: certificates show long
    /// numbers, which no lottery reaches as fractions. Larger: gaps grow.
    /// </summary>
    public const double SmallNumbers = 1e-9;

    /// <summary>
    /// A score below this share of the largest is 0. Smaller: rounding settles types that are open. Larger: types stay open that are settled.
    /// </summary>
    public const double NegligibleScore = 1e-9;

    /// <summary>
    /// How far a tangent may be below the curve at the optimum. Smaller: more tangents than the solver can tell apart. Larger: the bound is weaker.
    /// </summary>
    public const double TangentReached = 1e-11;

    /// <summary>
    /// Tangents nearer than this share are the same; their distance is of second order. Smaller: rounds without end. Larger: the last tangent is missed.
    /// </summary>
    public const double SameTangent = 1e-7;

    // Interior points of Nash.

    /// <summary>
    /// Complementarity, a share of the people, at which an interior point is the optimum. Smaller: rounding is never below. Larger: chances are less exact.
    /// </summary>
    public const double Converged = 1e-14;

    /// <summary>How far seats may miss the rows at the optimum, as a share of the panel. As <see cref="Converged"/>.</summary>
    public const double MetRows = 1e-12;

    /// <summary>Accuracy from which on a step that does not halve the error ends the run. Smaller: runs go on in rounding. Larger: they end early.</summary>
    public const double GoodEnough = 1e-11;

    /// <summary>
    /// How far a sharpened solution may break a condition, as a share. Smaller: exact solutions are refused. Larger: ones are taken that are worse than the
    /// interior point.
    /// </summary>
    public const double Sharpened = 1e-12;

    // Mixes of panels.

    /// <summary>
    /// How far a mix may miss the expected seats, as a share: aimed at. Smaller: rounding is never below. Larger: chances of equals differ in digits that are
    /// shown.
    /// </summary>
    public const double MixedSeats = 2e-13;

    /// <summary>The same where no step helps any more. Larger: the mix misses the proven value.</summary>
    public const double MixedSeatsEnough = 1e-11;

    /// <summary>
    /// The share of what a mix misses that a round of refinement may leave. Smaller: the solver's rounding ends the work. Larger: rounds without end where
    /// there is no such mix.
    /// </summary>
    public const double UnmixedSeats = 0.1;

    /// <summary>A probability below this is a splinter of rounding. Smaller: splinters reach readers. Larger: panels are lost that the mix needs.</summary>
    public const double Splinter = 1e-14;

    /// <summary>A mix this near that gets no nearer never will. Smaller: time is lost. Larger: slow successes are given up.</summary>
    public const double StalledMix = 1e-6;

    /// <summary>
    /// What is added to the diagonal of a mix's matrix, as a share. Smaller: rows that are sums of others blow up rounding. Larger: more iterations.
    /// </summary>
    public const double MixSupport = 1e-9;

    // Ballots.

    /// <summary>
    /// Numbers of ballots within this of a whole number are whole. Smaller: rounding takes a panel from somebody. Larger: a fraction that is there is ignored.
    /// </summary>
    public const double WholeBallots = 1e-6;

    /// <summary>What an exchange of panels must gain. Smaller: exchanges go round in circles. Larger: gains are left.</summary>
    public const double BallotGain = 1e-7;

    /// <summary>
    /// Numbers of ballots that differ by less are the same. Smaller: a bound that is a whole number may be stated one too low. Larger: one too high, which
    /// nobody can reach.
    /// </summary>
    public const double SameBallots = 1e-9;

    // Drop-outs.

    /// <summary>
    /// The barrier at which a model of drop-outs is taken for the likeliest. Smaller: steps are lost in rounding. Larger: factors that are 1 come out below.
    /// </summary>
    public const double LastBarrier = 1e-11;

    // Alternates. Breaches are sums of fractions of quotas.

    /// <summary>
    /// An expected breach must be lower by this to count as lower, and alternates within this of whole numbers are whole. Smaller: the search goes on in
    /// rounding. Larger: proven best is said too early.
    /// </summary>
    public const double LowerBreach = 1e-7;

    /// <summary>What one substitution must gain. Smaller: branches for rounding. Larger: the breach of a scenario is too high.</summary>
    public const double BetterSubstitution = 1e-9;

    /// <summary>What an exchange of alternates must gain. Smaller: exchanges go round in circles. Larger: gains are left.</summary>
    public const double BetterExchange = 1e-10;

    /// <summary>How far a point may be below a cut. Smaller: the same cut comes again and again. Larger: the bound is weaker.</summary>
    public const double BrokenCut = 1e-9;

    /// <summary>A slope of a cut below this is 0. Smaller: next to nothing troubles the solver. Larger: the cut is weaker.</summary>
    public const double NegligibleSlope = 1e-9;

    /// <summary>A breach below this is none. Larger than any rounding and far below the smallest breach.</summary>
    public const double NoBreach = 1e-9;

    // Uniform panels.

    /// <summary>
    /// By how much totals of a table of seats may be wrong at most. Decisions within that are made in whole numbers, which takes seconds. Smaller: tables of
    /// large pools are refused. Larger: too many decisions are made so.
    /// </summary>
    public const double TableError = 1e-9;
}
