using Sortition.Core.Problems;

namespace Sortition.Core.DropOuts;

/// <summary>Turns groups of people, as somebody wrote them, into conditions in the terms of a problem, and finds those that stand twice.</summary>
internal sealed class GroupReader(SelectionProblem problem, FaultList faults)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>How many groups were read, faulty ones included.</summary>
    public int Count { get; private set; }

    /// <summary>What faults call a group.</summary>
    public static string Subject(IEnumerable<FeatureValue> condition) => string.Join(" & ", condition.Select(t => t.ToString()));

    /// <summary>The condition, by the places of features, ascending, and by the problem's spelling of values; null if it is faulty.</summary>
    public (int Feature, string Value)[]? Read(IReadOnlyList<FeatureValue> written, FaultLocation location)
    {
        Count++;
        string subject = Subject(written);
        int before = faults.Count;
        if (written.Count == 0)
        {
            faults.Add(CoreFaults.EmptyCondition, location);
        }

        List<(int Feature, string Value)> condition = [];
        foreach (FeatureValue term in written)
        {
            (string name, string value) = (NameComparer.Clean(term.Feature), NameComparer.Clean(term.Value));
            int feature = FeatureIndex(name);
            if (name.Length == 0 || value.Length == 0)
            {
                faults.Add(CoreFaults.MissingName, location, subject);
            }
            else if (feature < 0)
            {
                faults.Add(CoreFaults.UnknownFeature, location, subject, name, problem.Features.Select(f => f.Name).ToArray());
            }
            else if (problem.FindValue(name, value) is not FeatureValue found)
            {
                faults.Add(CoreFaults.UnknownValue, location, subject, value, problem.Features[feature].Values);
            }
            else
            {
                condition.Add((feature, found.Value));
            }
        }

        if (faults.Count > before)
        {
            return null;
        }

        condition.Sort((a, b) => a.Feature.CompareTo(b.Feature));
        if (condition.DistinctBy(t => t.Feature).Count() < condition.Count)
        {
            faults.Add(CoreFaults.FeatureTwiceInCondition, location, subject);
            return null;
        }

        // Lengths keep names apart that run together in one way.
        if (!_seen.Add(string.Concat(condition.Select(t => FormattableString.Invariant($"{t.Feature}:{t.Value.Length}:{t.Value}")))))
        {
            faults.Add(CoreFaults.DuplicateGroup, location, subject);
            return null;
        }

        return [.. condition];
    }

    private int FeatureIndex(string name)
    {
        for (int f = 0; f < problem.Features.Count; f++)
        {
            if (NameComparer.Instance.Equals(problem.Features[f].Name, name))
            {
                return f;
            }
        }

        return -1;
    }
}
