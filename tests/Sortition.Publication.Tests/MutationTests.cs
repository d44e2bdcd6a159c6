using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sortition.Publication.Format;
using Xunit;

namespace Sortition.Publication.Tests;

/// <summary>
/// Random changes of published folders, with fingerprints made to fit. How many, <c>SORTITION_MUTATIONS</c> says; what passes is written to the file <c>SORTITION_MUTATIONS_RESULT</c>
/// (<c>eng/mutated-publications.sh</c>).
/// </summary>
public sealed partial class MutationTests
{
    private const string OfWhoIsOut = " of somebody who must be out";

    /// <summary>Both verifiers give the same answer whatever is changed, and what passes is of kinds that do no harm.</summary>
    [Theory]
    [Trait("Lane", "Slow")]
    [InlineData(Form.Private)]
    [InlineData(Form.Public)]
    [InlineData(Form.ClosedPrivate)]
    [InlineData(Form.ClosedPublic)]
    public void Whatever_is_changed_both_agree_and_what_passes_is_harmless(Form form)
    {
        int count = int.Parse(Environment.GetEnvironmentVariable("SORTITION_MUTATIONS") ?? "1200", CultureInfo.InvariantCulture) / 4;
        Random random = new(20261130 + (int)form);
        PublishedLottery lottery = Example.Of(form, DrawMethod.Both);
        using TemporaryFolder folder = new();
        lottery.Write(folder.Path);
        Example.Draw(lottery, folder.Path);
        string[] names = [.. folder.Names()];
        byte[][] originals = [.. names.Select(name => File.ReadAllBytes(folder[name]))];
        Dictionary<int, int> answers = [];
        List<string> passed = [];
        for (int m = 0; m < count; m++)
        {
            int file = random.Next(names.Length);
            byte[] changed = Mutate(originals[file], random);
            if (changed.AsSpan().SequenceEqual(originals[file]))
            {
                continue;
            }

            File.WriteAllBytes(folder[names[file]], changed);
            bool isBound = names[file].EndsWith(".csv", StringComparison.Ordinal) || names[file] is "private.json" or "publication.json";
            if (isBound)
            {
                // Whoever covers up a change draws again, too.
                Forger.FixSums(folder.Path);
                File.Delete(folder["draw.json"]);
                File.Delete(folder["urn.json"]);
            }

            string what = $"{form} {names[file]} {Difference(originals[file], changed)}";
            (int answer, _, _) = Verifiers.Answer(folder.Path, names[file] == "SHA256SUMS" ? lottery.Root : null, what);
            answers[answer] = answers.GetValueOrDefault(answer) + 1;
            if (answer == Example.HonestAnswer(lottery))
            {
                passed.Add(what);
            }

            foreach (int f in (int[])[file, .. Enumerable.Range(0, names.Length).Where(f => isBound && names[f] is "SHA256SUMS" or "draw.json" or "urn.json")])
            {
                File.WriteAllBytes(folder[names[f]], originals[f]);
            }
        }

        if (Environment.GetEnvironmentVariable("SORTITION_MUTATIONS_RESULT") is string result)
        {
            File.AppendAllText(result, $"| {form} | {answers.Values.Sum()} | {string.Join(" | ", ((int[])[0, 4, 5, 6]).Select(a => answers.GetValueOrDefault(a)))} | {passed.Count} |\n");
            File.AppendAllLines(result + ".passed", passed.Select(p => Number().Replace(p, "N")).GroupBy(p => p).OrderByDescending(g => g.Count()).Select(g => $"| {g.Count()} | `{g.Key.Replace('|', '/')}` |"));
        }

        Assert.All(passed, what => Assert.True(IsHarmless(form, what), what));
    }

    /// <summary>
    /// The organiser's own words; quotas that bind nothing; another proof of the same, or of less; the seed; features of somebody who must be out, on which nothing depends; without the private part whose tag is whose, what a closed ticket holds, and with open ones who of those whose type is not
    /// told is on a ballot; and which other features those of a type have who can be on no panel (auditors see it).
    /// </summary>
    private static bool IsHarmless(Form form, string what) =>
        what.Contains(" publication.json ", StringComparison.Ordinal) && (what.Contains("\"source\"", StringComparison.Ordinal) || what.Contains("\"max\"", StringComparison.Ordinal) || what.Contains("\"min\"", StringComparison.Ordinal)
            || what.Contains("\"weights\"", StringComparison.Ordinal) || what.Contains("\"limit\"", StringComparison.Ordinal) || what.Contains("\"objective\"", StringComparison.Ordinal) || what.Contains("\"status\"", StringComparison.Ordinal) || what.Contains("\"method\"", StringComparison.Ordinal))
        || what.Contains("\"seed\"", StringComparison.Ordinal) || what.EndsWith(OfWhoIsOut, StringComparison.Ordinal)
        || (form is Form.Public or Form.ClosedPublic && what.Contains(" publication.json \"values\": \"1 2\"", StringComparison.Ordinal))
        || (form is Form.Public or Form.ClosedPublic && (what.Contains(" people.csv ", StringComparison.Ordinal) || what.Contains(" ballots.csv ", StringComparison.Ordinal) || what.Contains(" SHA256SUMS ", StringComparison.Ordinal)));

    /// <summary>A few bytes, a line, or a number changed at random.</summary>
    private static byte[] Mutate(byte[] content, Random random)
    {
        List<byte> bytes = [.. content];
        int at = random.Next(bytes.Count);
        switch (random.Next(8))
        {
            case 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                bytes.RemoveAt(at);
                break;
            case 3:
                bytes.Insert(at, (byte)random.Next(32, 127));
                break;
            case 4:
                (int from, int length) = (random.Next(bytes.Count), random.Next(1, 20));
                bytes.InsertRange(at, content.Skip(from).Take(length));
                break;
            case 5:
                bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at));
                break;
            default:
                // A digit for another: what is likeliest to stay well formed.
                int[] digits = [.. Enumerable.Range(0, content.Length).Where(i => content[i] is >= (byte)'0' and <= (byte)'9')];
                if (digits.Length > 0)
                {
                    bytes[digits[random.Next(digits.Length)]] = (byte)('0' + random.Next(10));
                }

                break;
        }

        return [.. bytes];
    }

    /// <summary>The line that is another one, as it was and as it is.</summary>
    private static string Difference(byte[] original, byte[] changed)
    {
        string[] before = Encoding.Latin1.GetString(original).Split('\n');
        string[] after = Encoding.Latin1.GetString(changed).Split('\n');
        int line = Enumerable.Range(0, Math.Min(before.Length, after.Length)).FirstOrDefault(i => before[i] != after[i], Math.Min(before.Length, after.Length) - 1);
        bool isOfWhoIsOut = before[line].Contains("\"values\"", StringComparison.Ordinal) && before[line + 1].Contains("mustBeOut", StringComparison.Ordinal);
        return $"{Short(before[line])} -> {Short(after[line])}{(isOfWhoIsOut ? OfWhoIsOut : "")}";

        static string Short(string text) => (text.Length > 60 ? text[..60] : text).Trim();
    }

    [GeneratedRegex("[0-9a-f]{8,}|[0-9]+")]
    private static partial Regex Number();
}
