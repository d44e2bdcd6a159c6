using System.Text;

namespace Sortition.Publication.Format;

/// <summary>The list of fingerprints, as the command <c>sha256sum</c> writes and checks it: 64 hexadecimal digits, two spaces, the file's name.</summary>
internal static class Sums
{
    private const int NameAt = 66;

    public static byte[] Of(IEnumerable<(string Name, string Hash)> files) =>
        Encoding.ASCII.GetBytes(string.Concat(files.Select(f => $"{f.Hash}  {f.Name}\n")));

    /// <summary>The names with their fingerprints in the order of the list; null for a malformed list.</summary>
    public static IReadOnlyList<(string Name, string Hash)>? Read(ReadOnlySpan<byte> content)
    {
        List<(string Name, string Hash)> sums = [];
        if (content.IsEmpty || content[^1] != '\n' || content.ContainsAnyExceptInRange((byte)'\n', (byte)'~'))
        {
            return null;
        }

        foreach (string line in Encoding.ASCII.GetString(content[..^1]).Split('\n'))
        {
            if (line.Length <= NameAt || !RootHash.IsHash(line[..(NameAt - 2)]) || line[NameAt - 2] != ' ' || line[NameAt - 1] != ' ')
            {
                return null;
            }

            sums.Add((line[NameAt..], line[..(NameAt - 2)]));
        }

        return sums;
    }
}
