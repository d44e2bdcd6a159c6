namespace Sortition.Core.Engine.Conflicts;

/// <summary>Lists irreducible conflicts: sets of constraints that cannot be met together, although they can as soon as any one of them is left out.</summary>
/// <remarks>
/// Systematic, after Liffiton, Previti, Malik and Marques-Silva, Fast, flexible MUS enumeration (Constraints, 2016): take a largest set that is not yet
/// explored. If it can be met, leave out all its parts; if not, shrink it to an irreducible conflict and leave out everything that contains that one. When
/// nothing is left, all conflicts are known.
/// </remarks>
internal sealed class ConflictEnumerator(ConstraintOracle oracle, CancellationToken cancellationToken)
{
    // There can be more sets than anybody could go through, and each takes the longer the more constraints there are. Counted, not timed, so that the answer is
    // the same everywhere.
    private const int SetLimit = 500;
    private const int IdleWork = 2_000;

    /// <summary>Conflicts, each as flags over the oracle's constraints.</summary>
    /// <param name="most">The most to list.</param>
    /// <param name="areAll">Whether there are no others; proven.</param>
    public IReadOnlyList<bool[]> Run(int most, out bool areAll)
    {
        areAll = false;
        List<bool[]> conflicts = [];
        ConflictMap map = new(oracle.All.Count);
        int idle = 0;
        for (int sets = 0; sets < SetLimit && idle * oracle.All.Count <= IdleWork; sets++)
        {
            bool[]? set = sets == 0 ? [.. oracle.All.Select(_ => true)] : map.Next(cancellationToken);
            if (set is null)
            {
                areAll = true;
                break;
            }

            if (oracle.CanMeet(set, out bool[] found))
            {
                // No constraint can be added: a larger set would have been taken first.
                if (Array.TrueForAll(found, f => f))
                {
                    areAll = true;
                    break;
                }

                map.CloseBelow(found);
                idle++;
                continue;
            }

            if (conflicts.Count == most)
            {
                break;
            }

            idle = 0;
            bool[] conflict = Shrink(found, rest => oracle.CanMeet(rest, out bool[] smaller) ? null : smaller);
            conflicts.Add(conflict);
            map.CloseAbove(conflict);
        }

        return conflicts;
    }

    /// <summary>Leaves out what is not needed, constraint by constraint.</summary>
    /// <param name="conflict">A conflict, as flags.</param>
    /// <param name="conflictWithin">Finds a conflict within some constraints; null if there is none, or none is found.</param>
    public static bool[] Shrink(bool[] conflict, Func<bool[], bool[]?> conflictWithin)
    {
        for (int i = 0; i < conflict.Length; i++)
        {
            if (conflict[i])
            {
                bool[] rest = [.. conflict];
                rest[i] = false;
                conflict = conflictWithin(rest) ?? conflict;
            }
        }

        return conflict;
    }
}
