namespace Sortition.Core.Replacements;

/// <summary>Everybody in a pool by kind: people whom the same quotas count. Numbered in the order of the pool; quotas in the order of their names.</summary>
internal sealed class QuotaKinds
{
    private readonly int[] _kindOf;

    public QuotaKinds(SelectionProblem problem)
    {
        Quotas = [.. problem.Quotas.OrderBy(q => q.FeatureLabel, StringComparer.Ordinal).ThenBy(q => q.ValueLabel, StringComparer.Ordinal)];
        Dictionary<ValueVector, int> kindOfVector = [];
        Dictionary<string, int> kindOfSet = new(StringComparer.Ordinal);
        List<int[]> sets = [];
        _kindOf = new int[problem.People.Count];
        for (int i = 0; i < _kindOf.Length; i++)
        {
            Person person = problem.People[i];
            if (!kindOfVector.TryGetValue(person.Vector, out int kind))
            {
                int[] set = [.. Enumerable.Range(0, Quotas.Count).Where(q => problem.Matches(person, Quotas[q]))];
                string key = string.Join(',', set.Select(q => FormattableString.Invariant($"{q}")));
                if (!kindOfSet.TryGetValue(key, out kind))
                {
                    kind = sets.Count;
                    kindOfSet.Add(key, kind);
                    sets.Add(set);
                }

                kindOfVector.Add(person.Vector, kind);
            }

            _kindOf[i] = kind;
        }

        QuotasOfKind = [.. sets];
    }

    public IReadOnlyList<Quota> Quotas { get; }

    /// <summary>Entry c: the quotas that count kind c, as indices into <see cref="Quotas"/>, ascending.</summary>
    public int[][] QuotasOfKind { get; }

    /// <summary>Entry i: the kind of person i.</summary>
    public IReadOnlyList<int> KindOf => _kindOf;

    /// <summary>Entry q: how many of some people count towards quota q.</summary>
    public int[] Count(IEnumerable<int> people)
    {
        int[] counts = new int[Quotas.Count];
        foreach (int i in people)
        {
            foreach (int q in QuotasOfKind[_kindOf[i]])
            {
                counts[q]++;
            }
        }

        return counts;
    }
}
