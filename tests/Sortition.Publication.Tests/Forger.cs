using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sortition.Publication.Format;

namespace Sortition.Publication.Tests;

/// <summary>Changes a published lottery in one place.</summary>
internal static class Forger
{
    /// <summary>Every way to change one value of a document, each altered in place.</summary>
    public static IEnumerable<(string What, byte[] Content)> OfJson(byte[] document)
    {
        List<(string Path, int Start, int Length, JsonTokenType Kind)> values = [];
        Read(document, values);
        foreach ((string path, int start, int length, JsonTokenType kind) in values)
        {
            string token = Encoding.UTF8.GetString(document, start, length);
            string changed = kind switch
            {
                JsonTokenType.String when token.Length == 2 => "\"x\"",
                JsonTokenType.String => $"\"{Other(token[1])}{token[2..]}",
                JsonTokenType.Number => token.Contains('.', StringComparison.Ordinal) ? token.Replace(".", ".1", StringComparison.Ordinal) : token + "1",
                JsonTokenType.Null => "1",
                _ => "null",
            };
            yield return ($"{path}: {token} -> {changed}", Splice(document, start, length, changed));
        }
    }

    /// <summary>Every way to change one cell or to leave out, repeat or exchange a line of a table.</summary>
    public static IEnumerable<(string What, byte[] Content)> OfTable(byte[] table)
    {
        string[] lines = Encoding.UTF8.GetString(table).TrimEnd('\n').Split('\n');
        for (int l = 0; l < lines.Length; l++)
        {
            int at = 0;
            int number = 0;
            foreach (string cell in lines[l].Split(',', ' '))
            {
                number++;
                string line = cell.Length == 0 ? lines[l].Insert(at, "1") : lines[l].Remove(at, 1).Insert(at, Other(cell[0]).ToString());
                yield return ($"cell {number} of line {l + 1}: {line}", Join([.. lines[..l], line, .. lines[(l + 1)..]]));
                at += cell.Length + 1;
            }

            yield return ($"line {l + 1} left out", Join([.. lines[..l], .. lines[(l + 1)..]]));
            yield return ($"line {l + 1} twice", Join([.. lines[..l], lines[l], .. lines[l..]]));
            if (l > 0 && lines[l] != lines[l - 1])
            {
                yield return ($"line {l + 1} before {l}", Join([.. lines[..(l - 1)], lines[l], lines[l - 1], .. lines[(l + 1)..]]));
            }
        }
    }

    /// <summary>A record that says what the library would not write.</summary>
    public static DrawRecord Record(PublishedLottery lottery, DrawMethod method, string? text)
    {
        (int ballot, IReadOnlyList<string> digests) = string.IsNullOrEmpty(text) ? (7, []) : DrawRecord.Decide(text, 0, lottery.Root, lottery.BallotCount);
        return new DrawRecord
        {
            Root = lottery.Root,
            Method = method,
            Text = text,
            Digests = digests,
            Ballot = ballot,
            BallotName = lottery.NumberOf(ballot),
            Members = lottery.Ballots![ballot],
            Openings = lottery.HasOpenTickets ? null : [.. lottery.Ballots[ballot].Select(i => lottery.Keys!.OpeningOf(lottery.People[i].Id!, ballot))],
        };
    }

    /// <summary>Writes fingerprints that fit the files, as somebody would who covers up a change. That of a private part that is not there stays.</summary>
    public static void FixSums(string folder)
    {
        string path = Path.Combine(folder, "SHA256SUMS");
        string[] lines = File.Exists(path) ? File.ReadAllLines(path) : [];
        StringBuilder sums = new();
        foreach (string name in (string[])["ballots.csv", "people.csv", "private.json", "publication.json"])
        {
            string file = Path.Combine(folder, name);
            string hash = File.Exists(file) ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))
                : lines.FirstOrDefault(l => l.EndsWith("  " + name, StringComparison.Ordinal))?[..64] ?? new string('0', 64);
            sums.Append(hash).Append("  ").Append(name).Append('\n');
        }

        File.WriteAllText(path, sums.ToString());
    }

    private static void Read(byte[] document, List<(string Path, int Start, int Length, JsonTokenType Kind)> values)
    {
        Utf8JsonReader reader = new(document);
        List<string> path = [];
        string name = "";
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = reader.GetString()!;
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    path.Add(name);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    name = path[^1];
                    path.RemoveAt(path.Count - 1);
                    break;
                default:
                    values.Add(($"{path[^1]}.{name}".TrimStart('.'), (int)reader.TokenStartIndex, (int)(reader.BytesConsumed - reader.TokenStartIndex), reader.TokenType));
                    break;
            }
        }
    }

    private static byte[] Splice(byte[] document, int start, int length, string text) => [.. document[..start], .. Encoding.UTF8.GetBytes(text), .. document[(start + length)..]];

    private static byte[] Join(string[] lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines) + '\n');

    private static char Other(char c) => c switch
    {
        '9' => '8',
        >= '0' and <= '8' => (char)(c + 1),
        'a' => 'b',
        _ => 'a',
    };
}
