using Sortition.Core.Engine.Polytope;

namespace Sortition.Core.Engine.Conflicts;

/// <summary>
/// Finds changes of bounds with which there is a panel, the cheapest first: none of which could be smaller, and whose sets of changed bounds are not nested.
/// </summary>
internal sealed class MinimalChanges(QuotaPolytope polytope, IReadOnlyList<LooseSide> sides, CancellationToken cancellationToken)
{
    // Candidates that turn out to hold a needless change are passed over; counted, so that the answer is the same everywhere.
    private const int MostPassedOver = 200;

    /// <summary>Changes, each by how much every side gives.</summary>
    /// <param name="most">The most to list.</param>
    /// <param name="areAll">Whether there are no others; proven.</param>
    public IReadOnlyList<int[]> Run(int most, out bool areAll)
    {
        areAll = false;
        List<int[]> found = [];
        RelaxationProgram program = new(polytope, sides);
        for (int passedOver = 0; passedOver <= MostPassedOver;)
        {
            if (program.Solve(cancellationToken) is not int[] changes)
            {
                areAll = true;
                break;
            }

            if (found.Count == most)
            {
                break;
            }

            // Kept from the cheapest changes, the program may fall back on them with something needless added: then the smaller ones do as well.
            int[] smallest = found.Count == 0 ? changes : Within(changes);
            if (smallest.SequenceEqual(changes))
            {
                found.Add(changes);
                program.ForbidNested(changes);
            }
            else
            {
                passedOver++;
                program.ForbidAbove(smallest);
            }
        }

        return found;
    }

    /// <summary>The cheapest changes that go nowhere beyond given ones.</summary>
    private int[] Within(int[] changes)
    {
        int[] changed = [.. Enumerable.Range(0, changes.Length).Where(i => changes[i] > 0)];
        int[] smallest = new RelaxationProgram(polytope, [.. changed.Select(i => sides[i] with { Most = changes[i] })]).Solve(cancellationToken)!;
        int[] result = new int[changes.Length];
        for (int j = 0; j < changed.Length; j++)
        {
            result[changed[j]] = smallest[j];
        }

        return result;
    }
}
