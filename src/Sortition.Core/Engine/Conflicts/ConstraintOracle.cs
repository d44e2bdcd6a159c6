using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Proof;
using Sortition.Core.Engine.Search;

namespace Sortition.Core.Engine.Conflicts;

/// <summary>Says whether some of the constraints can be met together, leaving the others aside. Exact.</summary>
/// <remarks>
/// That they can is shown by seats, checked by counting; that they cannot is confirmed by the exact judge. Sets of constraints are flags, one for each of
/// <see cref="All"/>. What was found once is remembered: seats answer for every part of what they meet.
/// </remarks>
internal sealed class ConstraintOracle
{
    private const long NodeLimit = 2_000;

    private readonly QuotaPolytope _polytope;
    private readonly CancellationToken _cancellationToken;
    private readonly double[] _weights;
    private readonly List<bool[]> _met = [];
    private readonly Dictionary<Constraint, int> _indexOf;

    public ConstraintOracle(QuotaPolytope polytope, CancellationToken cancellationToken)
    {
        _polytope = polytope;
        _cancellationToken = cancellationToken;
        _weights = PanelSearch.UnlikeWeights(polytope.TypeCount);
        All = [.. Relevant(polytope).Distinct()];
        _indexOf = All.Select((c, i) => (c, i)).ToDictionary(p => p.c, p => p.i);
    }

    /// <summary>The constraints that can matter at all: not minima of 0, nor maxima that the pool does not reach.</summary>
    public IReadOnlyList<Constraint> All { get; }

    /// <summary>Whether constraints can be met together.</summary>
    /// <param name="set">The constraints.</param>
    /// <param name="found">If they can: all that the seats found meet, a superset. If not: some of them that cannot be met together either, a subset.</param>
    public bool CanMeet(bool[] set, out bool[] found)
    {
        if (_met.Find(m => IsPart(set, m)) is bool[] known)
        {
            found = known;
            return true;
        }

        PanelSearch search = new(_polytope, Constraints(set));
        int[]? seats = search.Search(_weights, double.NegativeInfinity, firstOnly: true, NodeLimit, null, _cancellationToken);
        if (seats is null && !search.GaveUp)
        {
            // The search names constraints that close it, as far as floating-point arithmetic can tell: the fewer there are, the less the judge has to do.
            bool[] core = Flags(search.Conflict.Where(c => _indexOf.TryGetValue(c, out int i) && set[i]));
            if (Judge(core) is null)
            {
                found = core;
                return false;
            }
        }

        seats ??= Judge(set);
        found = seats is null ? set : Met(seats);
        if (seats is not null)
        {
            _met.Add(found);
        }

        return seats is not null;
    }

    /// <summary>The constraints of a set.</summary>
    public HashSet<Constraint> Constraints(bool[] set) => [.. All.Where((_, i) => set[i])];

    /// <summary>Whether every constraint of one set is in another.</summary>
    public static bool IsPart(bool[] part, bool[] whole)
    {
        for (int i = 0; i < part.Length; i++)
        {
            if (part[i] && !whole[i])
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<Constraint> Relevant(QuotaPolytope polytope)
    {
        foreach (PolytopeRow row in polytope.Rows)
        {
            if (row.Min > 0)
            {
                yield return row.MinReason;
            }

            if (row.Max < row.Types.Sum(t => (long)polytope.Upper[t]))
            {
                yield return row.MaxReason;
            }
        }

        if (polytope.HouseholdRows.Count > 0)
        {
            yield return new Constraint(ConstraintKind.HouseholdLimit);
        }

        if (Array.Exists(polytope.Lower, l => l > 0))
        {
            yield return new Constraint(ConstraintKind.MustBeIn);
        }
    }

    private int[]? Judge(bool[] set) => ExactJudge.HeaviestPanel(_polytope, new long[_polytope.TypeCount], Constraints(set), null, _cancellationToken).Panel;

    private bool[] Met(int[] seats)
    {
        bool[] met = new bool[All.Count];
        Array.Fill(met, true);
        foreach (PolytopeRow row in _polytope.Rows.Concat(_polytope.HouseholdRows))
        {
            long sum = row.Sum(seats);
            Note(row.MinReason, sum >= row.Min);
            Note(row.MaxReason, sum <= row.Max);
        }

        Note(new Constraint(ConstraintKind.MustBeIn), seats.Zip(_polytope.Lower).All(p => p.First >= p.Second));
        return met;

        void Note(Constraint constraint, bool isMet)
        {
            if (!isMet)
            {
                met[_indexOf[constraint]] = false;
            }
        }
    }

    private bool[] Flags(IEnumerable<Constraint> constraints)
    {
        bool[] flags = new bool[All.Count];
        foreach (Constraint constraint in constraints)
        {
            flags[_indexOf[constraint]] = true;
        }

        return flags;
    }
}
