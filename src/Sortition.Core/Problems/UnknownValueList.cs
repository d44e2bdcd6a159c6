namespace Sortition.Core.Problems;

/// <summary>The values of one feature that people have and no quota names, told by cause: one misspelt value is one fault, however many have it.</summary>
internal sealed class UnknownValueList
{
    /// <summary>More different values than this are no misspellings: the column holds something else, which is one fault.</summary>
    private const int MostMisspellings = 12;

    private const int Examples = 6;

    private readonly List<(FaultLocation Location, string Id, string Written)> _rows = [];
    private readonly Dictionary<string, string> _spellings = new(StringComparer.Ordinal);

    public void Add(FaultLocation location, string id, string written)
    {
        string key = NameComparer.Key(written);
        _spellings.TryAdd(key, NameComparer.Clean(written));
        _rows.Add((location, id, key));
    }

    /// <param name="allowed">The values that the quotas name.</param>
    /// <param name="suggest">Which of them may be meant; may be null.</param>
    /// <param name="faults">Is told.</param>
    public void Report(IReadOnlyList<string> allowed, Func<string, IReadOnlyList<string>, string?>? suggest, FaultList faults)
    {
        if (_spellings.Count > MostMisspellings)
        {
            string[] found = [.. _spellings.Values.Take(Examples), "…"];
            foreach ((FaultLocation location, _, _) in _rows)
            {
                faults.Add(CoreFaults.UnknownValues, location, _spellings.Count, found, allowed);
            }

            return;
        }

        Dictionary<string, string?> meant = _spellings.ToDictionary(s => s.Key, s => suggest?.Invoke(s.Value, allowed), StringComparer.Ordinal);
        foreach ((FaultLocation location, string id, string key) in _rows)
        {
            faults.Add(CoreFaults.UnknownValue, location, id, _spellings[key], allowed, meant[key]);
        }
    }
}
