namespace Sortition.Core.Problems;

/// <summary>Finds people by ids as somebody wrote them: by <see cref="NameComparer.IdKey"/>, or where nobody has that, without regard to case.</summary>
/// <remarks>Safe to read from any thread once everybody is added.</remarks>
internal sealed class IdIndex
{
    private const int Several = -2;

    private readonly Dictionary<string, int> _byId = new(StringComparer.Ordinal);
    private readonly Lazy<Dictionary<string, int>> _byName;

    public IdIndex() => _byName = new Lazy<Dictionary<string, int>>(WithoutCase);

    public void EnsureCapacity(int count) => _byId.EnsureCapacity(count);

    /// <summary>The index of whoever has this id but for spelling; -1 for nobody. Case matters.</summary>
    public int FindSame(string id) => _byId.GetValueOrDefault(NameComparer.IdKey(id), -1);

    /// <summary>Adds somebody whose id nobody has yet; all are added before the first <see cref="Find"/>.</summary>
    public void Add(string id, int index) => _byId.Add(NameComparer.IdKey(id), index);

    /// <summary>The index of whoever is meant; -1 for nobody, or where without case several people have the id.</summary>
    public int Find(string id) =>
        FindSame(id) is >= 0 and int index ? index : _byName.Value.GetValueOrDefault(NameComparer.Key(id), -1) is >= 0 and int other ? other : -1;

    private Dictionary<string, int> WithoutCase()
    {
        Dictionary<string, int> byName = new(_byId.Count, StringComparer.Ordinal);
        foreach ((string id, int index) in _byId)
        {
            string name = NameComparer.Key(id);
            byName[name] = byName.ContainsKey(name) ? Several : index;
        }

        return byName;
    }
}
