using System.Security.Cryptography;
using System.Text;

namespace Sortition.Publication.Format;

/// <summary>
/// A secret salt for everybody in a pool, by which a person is called without being named: tag = SHA-256 of the salt, a colon and the id, as UTF-8.
/// </summary>
/// <remarks>
/// Ids alone would not do: whoever can guess an id could compute its hash. A salt is 128 random bits, written in 32 hexadecimal digits. Give people their own
/// salt and nobody else's; then they can find themselves. Immutable and safe to read from any thread.
/// </remarks>
public sealed class SaltTable
{
    private const int SaltBytes = 16;

    private readonly Dictionary<string, string> _salts;

    private SaltTable(Dictionary<string, string> salts) => _salts = salts;

    /// <summary>The ids, in ordinal order.</summary>
    internal IEnumerable<string> Ids => _salts.Keys.Order(StringComparer.Ordinal);

    /// <summary>New salts from the operating system's cryptographic generator.</summary>
    /// <param name="ids">Everybody's id.</param>
    /// <returns>The salts.</returns>
    public static SaltTable Create(IEnumerable<string> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return new SaltTable(ids.ToDictionary(id => id, _ => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SaltBytes)), StringComparer.Ordinal));
    }

    /// <summary>Salts that are known.</summary>
    /// <param name="salts">Ids with their salts, each 32 hexadecimal digits in lower case; no id twice.</param>
    /// <returns>The salts.</returns>
    /// <exception cref="ArgumentException">An id is given twice, or a salt is malformed.</exception>
    public static SaltTable From(IEnumerable<KeyValuePair<string, string>> salts)
    {
        ArgumentNullException.ThrowIfNull(salts);
        Dictionary<string, string> table = new(StringComparer.Ordinal);
        foreach ((string id, string salt) in salts)
        {
            if (!IsSalt(salt) || !table.TryAdd(id, salt))
            {
                throw new ArgumentException("A salt is not 32 hexadecimal digits, or an id is given twice.", nameof(salts));
            }
        }

        return new SaltTable(table);
    }

    /// <summary>A person's salt.</summary>
    /// <param name="id">The id.</param>
    /// <exception cref="ArgumentException">Nobody here has this id.</exception>
    public string SaltOf(string id) =>
        _salts.TryGetValue(id, out string? salt) ? salt : throw new ArgumentException("There is no salt for this id.", nameof(id));

    /// <summary>A person's tag.</summary>
    /// <param name="id">The id.</param>
    /// <returns>64 hexadecimal digits in lower case.</returns>
    /// <exception cref="ArgumentException">Nobody here has this id.</exception>
    public string TagOf(string id) => RootHash.Of(Encoding.UTF8.GetBytes($"{SaltOf(id)}:{id}"));

    /// <summary>Whether everybody has a salt.</summary>
    /// <param name="ids">Ids.</param>
    public bool Covers(IEnumerable<string> ids) => ids.All(_salts.ContainsKey);

    internal static bool IsSalt(string text) => text.Length == 2 * SaltBytes && RootHash.AreDigits(text);
}
