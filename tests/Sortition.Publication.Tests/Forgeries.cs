using System.Diagnostics;
using System.Text;
using Sortition.Publication.Format;
using Xunit;

namespace Sortition.Publication.Tests;

/// <summary>Forgeries of how files are written, and of single values in them. What they hold together is in <see cref="ContentForgeries"/>.</summary>
internal static class Forgeries
{
    private const string Publication = "publication.json";
    private const string Private = "private.json";

    private static readonly string[] s_noNumbers =
    [
        "null", "1e400", "-1e400", "NaN", "Infinity", "-Infinity", "true", "false", "\"0.5\"", "[]", "{}", "", "0x1", "1.0", "01", "+1", "1E+05", "1e0", "-0", "-1", "2147483648",
        "18446744073709551617",
    ];

    private static readonly string[] s_noWholeTexts =
    [
        "\"+4\"", "\" 4\"", "\"4 \"", "\"04\"", "\"\u0664\"", "\"4.0\"", "\"4e0\"", "\"-0\"", "\"\"", "\"4\\n\"", "4", "true", "null", "\"99999999999999999999\"", "\"4\u200b\"", "\"9223372036854775808\"",
        "\"-9223372036854775808\"", "\"0x4\"", "\"4_0\"",
    ];

    /// <summary>All of them, by name.</summary>
    public static Dictionary<string, Forgery> ByName { get; } = All().Concat(ContentForgeries.All()).Concat(RehearsalForgeries.All()).ToDictionary(f => f.Name, StringComparer.Ordinal);

    private static IEnumerable<Forgery> All() => [.. Numbers(), .. Fractions(), .. Lists(), .. Documents(), .. Tables(), .. Fingerprints(), .. NoFiles()];

    private static IEnumerable<Forgery> Numbers()
    {
        const string Group = "numbers that are none: null, infinite, with a point, a sign, zeros, an exponent, in other digits, too large";
        foreach (string number in s_noNumbers)
        {
            yield return In(Publication, "the panel size", "(\"panelSize\": )[^,]+");
            yield return In(Publication, "the people of a type", "(\"types\": \\[\\s*\\{\\s*\"people\": )[^,]+");
            yield return In(Publication, "a minimum", "(\"min\": )[^,]+");
            yield return In(Publication, "a type that can be on no panel", "(\"type\": )[^,]+");
            yield return In(Private, "a household", "(\"household\": )[^,]+");

            Forgery In(string file, string what, string pattern) => Of(Group, $"a number that is none: {what}", file, $"{what} is {number}", pattern, number);
        }

        foreach (string number in s_noWholeTexts)
        {
            yield return In(Publication, "a weight of a panel", "(\"weight\": )\"[^\"]+\"", number);
            yield return In(Publication, "a limit", "(\"limit\": )\"[^\"]+\"", number);
            yield return In(Publication, "weights", "(\"weights\": )\"[^\"]+\"", number);
            yield return In(Publication, "values", "(\"values\": )\"[^\"]+\"", number);
            yield return In(Publication, "seats", "(\"seats\": )\"[^\"]+\"", number);
            yield return In(Publication, "a price", "(\"prices\": \\[\\s*)\"[^\"]+\"", number);
            yield return In(Publication, "gamma", "(\"parameter\": )\"[^\"]+\"", number) with { OfGoldilocks = true };
            yield return In(Publication, "epsilon", "(\"status\": \")provenOptimal\"", $"epsilonLeximin\",\n \"epsilon\": {number}");
            yield return In(Private, "ballots", "(\"ballots\": )\"[^\"]+\"", number == "\"\"" ? "\"0\"" : number);

            Forgery In(string file, string what, string pattern, string replacement) => Of(Group, $"a whole number that is none: {what}", file, $"{what} = {number}", pattern, replacement);
        }
    }

    private static IEnumerable<Forgery> Fractions()
    {
        const string Group = "fractions not in lowest terms, that are no double, out of range, with a sign, zero below";
        foreach (string fraction in (string[])["2/2", "1/3", "0/2", "4/2", "1/0", "-1/2", "1", "0.5", "1/2 ", "01/2", "1/02", "٢/1", "1e1/2", "1000001/1", "1/2000000", "1/1125899906842624", "1//2", "1/-2", "0/1"])
        {
            yield return Of(Group, "gamma that is none", Publication, $"gamma is {fraction}", "(\"parameter\": )\"[^\"]+\"", $"\"{fraction}\"") with { OfGoldilocks = true };
            yield return Of(Group, "an entitlement that is none", Publication, $"an entitlement is {fraction}", "(\"values\": \"[^\"]+\")", $",\n   \"entitlement\": \"{fraction}\"");
            yield return Of(Group, "an entitlement that is none, of somebody", Private, $"an entitlement is {fraction}", "(\"values\": \"[^\"]+\")", $",\n   \"entitlement\": \"{fraction}\"");
        }
    }

    private static IEnumerable<Forgery> Lists()
    {
        const string Group = "seats, prices and names of constraints: doubled, unordered, out of range, with other spaces or signs";
        foreach (string seats in (string[])["0:1  1:1", "0:1 ", "0:1:1", "1:1 0:1", "0:1 0:1", "0:0 1:1", "0:99", "99:1", "0: 1", "+0:1", ":", "0:1,1:1", "-1:1 1:3", "0:-1 1:5", "4294967296:1", "1:4294967297"])
        {
            yield return Of(Group, "seats that are none", Publication, $"seats are {seats}", "(\"seats\": )\"[^\"]+\"", $"\"{seats}\"");
        }

        foreach (string price in (string[])[
            "panelSize 0", "panelSize", "panelSize 1 1", "mustBeIn 1", "quotaMaximum 0 -1", "quotaMinimum 0 1", "quotaMaximum 99 1", "quotaMaximum 1", "quotaMaximum 00 1", "householdLimit 9 1", "householdLimit 1",
            "householdLimit 0 -1", "other 1 1", "quotaMaximum  1 1", "quotaMaximum -1 1", "PanelSize 1", "quotaMaximum 4294967296 1", " panelSize 1", ""])
        {
            yield return Of(Group, "a price of no constraint, or of the wrong sign", Publication, $"a price is {price}", "(\"prices\": \\[\\s*)\"[^\"]+\"", $"\"{price}\"");
        }

        yield return Of(Group, "a price twice", Publication, "a price twice", "(\"prices\": \\[)(\\s*\"[^\"]+\")(?=\\s*\\])", "$2,$2");
        yield return Of(Group, "a price of nothing", Publication, "a price of nothing", "(\"prices\": \\[\\s*)\"[^\"]+\"", "null");
    }

    private static IEnumerable<Forgery> Documents()
    {
        const string Group = "JSON with a byte mark, CR LF, comments, escapes, members doubled, added, left out or in another order, no end, nesting, other encodings";
        foreach (string file in (string[])[Publication, Private, "draw.json", "urn.json"])
        {
            yield return In("a mark of the byte order", "(^)(?=\\{)", "\ufeff");
            yield return In("CRLF", "()$", "\r\n");
            yield return In("every line CRLF", "()\n", "\r\n", all: true);
            yield return In("a tab for a space", "(\n) ", "\t");
            yield return In("no line feed at the end", "()\n$", "");
            yield return In("two documents", "()$", "{}\n");
            yield return In("a space", "(^\\{)", " ");
            yield return In("a comma too many", "()\\}(?=\\s*$)", ",}");
            yield return In("a name escaped", "()\"format\"", "\"\\u0066ormat\"");
            yield return In("a value escaped", "(\"format\": \")s", "\\u0073");
            yield return In("a member twice", "(\\{)(?=\\s*\"format\")", "\"format\":\"x\",");
            yield return In("the same member twice", "(\\{)(\\s*\"format\": \"[^\"]+\",)", "$2$2");
            yield return In("a member more", "(\\{)(?=\\s*\"format\")", "\n \"more\": 1,");
            yield return In("a member in capitals", "(\")format(?=\":)", "Format");
            yield return In("members in another order", "(\\{)\\s*(\"format\": \"[^\"]+\"),(\\s*\"[a-z]+\": \"[^\"]+\")", "$3,\n $2");
            yield return In("a member left out", "(\\{)\\s*\"format\": \"[^\"]+\",", "");
            yield return In("a comment", "(^)", "/* */");
            yield return In("no end", "(.{40})[\\s\\S]*", "");
            yield return In("nothing", "()[\\s\\S]*", "");
            yield return In("null", "()[\\s\\S]+", "null");
            yield return In("a list", "()[\\s\\S]+", "[]");
            yield return In("nested", "()[\\s\\S]+", new string('[', 100_000));
            yield return In("nested members", "()[\\s\\S]+", string.Concat(Enumerable.Repeat("{\"format\":", 50_000)));
            yield return In("a number of many digits", "(\\{)(?=\\s*\"format\")", "\n \"more\": " + new string('9', 100_000) + ",");
            yield return In("half of a surrogate pair", "(\"format\": \")s", "\\ud800");
            yield return In("a NUL in a text", "(\"format\": \"s)", "\\u0000");
            yield return In("another format", "(\"format\": \"[a-z-]+/)[0-9]", "3");
            yield return Raw("no UTF-8", content => [.. content, 0xff]);
            yield return Raw("UTF-16", content => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(content)));
            yield return Raw("a surrogate in UTF-8", content => [.. content[..^3], 0xed, 0xa0, 0x80, .. content[^3..]]);
            yield return Raw("a slash in two bytes", content => [.. content.SelectMany(b => b == (byte)'/' ? (byte[])[0xc0, 0xaf] : [b])]);

            Forgery In(string what, string pattern, string replacement, bool all = false) => OfFile(Of(Group, "JSON: " + what, file, what, pattern, replacement, all));
            Forgery Raw(string what, Func<byte[], byte[]> change) => OfFile(new(Group, "JSON: " + what, $"{file}: {what}", Forgery.Bytes(file, change)));
            Forgery OfFile(Forgery forgery) => forgery with { Drawn = file.Length < 10 ? DrawMethod.Both : null };
        }
    }

    private static IEnumerable<Forgery> Tables()
    {
        const string Group = "tables with CR LF, quotes, spaces, signs, zeros, other digits, cells or lines too many, other headings, no last line end, NUL";
        foreach (string file in (string[])["people.csv", "ballots.csv"])
        {
            yield return In("CRLF", "()\n", "\r\n", all: true);
            yield return In("one CRLF", "()\n", "\r\n");
            yield return In("CR", "()\n", "\r");
            yield return In("another line end", "()\n", "\u2028");
            yield return In("no end of the last line", "()\n$", "");
            yield return In("a blank line", "()$", "\n");
            yield return In("a cell in quotes", "(\n)([^,\n]+)", "\"$2\"");
            yield return In("a quote that is not closed", "(\n)", "\"");
            yield return In("a quote within a cell", "(\n[^,\n]+)", "\"x");
            yield return In("a space", "(\n[^,\n]+,)", " ");
            yield return In("a space at the end", "(\n[^\n]+)", " ");
            yield return In("a plus sign", "(\n[^,\n]+,[^\n]*?)(?=[0-9])", "+");
            yield return In("a minus sign", "(\n[^,\n]+,[^\n]*?)(?=[0-9])", "-");
            yield return In("a zero", "(\n[^,\n]+,[^\n]*?)(?=[1-9])", "0");
            yield return In("Arabic digits", "(\n[^,\n]+,[^\n]*?)[0-9]+", "\u0661");
            yield return In("wide digits", "(\n[^,\n]+,[^\n]*?)[0-9]+", "\uff11");
            yield return In("a point", "(\n[^,\n]+,[^\n]*?[0-9]+)", ".0");
            yield return In("a mark of the byte order", "(^)", "\ufeff");
            yield return In("a cell more", "([^\n]*\n[^\n]*)", ",");
            yield return In("a cell less", "(\n)[^,\n]+,?", "");
            yield return In("a semicolon", "(^[^,\n]+),", ";");
            yield return In("another heading", "(^[^\n]*)(?=\n)", "s");
            yield return In("a heading in capitals", "()^[a-z]", "T");
            yield return In("no heading", "()^[^\n]*\n", "");
            yield return In("a comment", "(^)", "#\n");
            yield return In("a NUL", "(\n)", "\0");
            yield return In("nothing", "()[\\s\\S]*", "");
            yield return In("a huge number", "(\n[^,\n]+,[^\n]*?)[0-9]+", new string('9', 5000));
            yield return In("a number that overflows", "(\n[^,\n]+,[^\n]*?)[0-9]+(?=[,\n])", "4294967297");
            yield return new(Group, "a table: no UTF-8", $"{file}: no UTF-8", Forgery.Bytes(file, content => [.. content, 0xff]));

            Forgery In(string what, string pattern, string replacement, bool all = false) => Of(Group, "a table: " + what, file, what, pattern, replacement, all);
        }

        yield return Of(Group, "a tag in capitals", "people.csv", "a tag in capitals", "(\n[0-9]*)[a-f]", "A");
        yield return Of(Group, "two people exchanged", "people.csv", "two people exchanged", "(\n)([^\n]+)\n([^\n]+)", "$3\n$2");
        yield return Of(Group, "somebody twice", "people.csv", "somebody twice", "(\n)([^\n]+)(?=\n)", "$2\n$2");
        yield return Of(Group, "a tag of 63 digits", "people.csv", "a tag of 63 digits", "(\n[0-9a-f]{63})[0-9a-f]", "");
    }

    private static IEnumerable<Forgery> Fingerprints()
    {
        const string Group = "the list of fingerprints: other order, capitals, spaces, line ends, names, lines too many, paths";
        yield return In("capitals", "(^[0-9]*)([a-f])", "A");
        yield return In("one space", "(^[0-9a-f]{64})  ", " ");
        yield return In("a star", "(^[0-9a-f]{64} ) ", "*");
        yield return In("another order", "(^)([^\n]+)\n([^\n]+)", "$3\n$2");
        yield return In("CRLF", "()\n", "\r\n", all: true);
        yield return In("no last line end", "()\n$", "");
        yield return In("a blank line", "()$", "\n");
        yield return In("a line more", "()$", new string('0', 64) + "  draw.json\n");
        yield return In("a path", "()$", new string('0', 64) + "  ../secret\n");
        yield return In("a line less", "(^)[^\n]+\n", "");
        yield return In("a line twice", "(^)([^\n]+\n)", "$2$2");
        yield return In("another name", "(  )ballots\\.csv", "./ballots.csv");
        yield return In("a mark of the byte order", "(^)", "\ufeff");
        yield return In("nothing", "()[\\s\\S]*", "");
        yield return In("another fingerprint", "(^)[0-9a-f]{8}", "00000000");
        yield return In("no fingerprint of the private part", "(\n)[0-9a-f]{64}(?=  private)", new string('z', 64));

        Forgery In(string what, string pattern, string replacement, bool all = false) =>
            Of(Group, "fingerprints: " + what, "SHA256SUMS", what, pattern, replacement, all) with { KeepsSums = true };
    }

    private static IEnumerable<Forgery> NoFiles()
    {
        const string Group = "files that are folders, pipes, devices, links to themselves or to nothing, or 16 GiB long";
        foreach (string file in (string[])["SHA256SUMS", Publication, "people.csv", "ballots.csv", Private, "draw.json", "urn.json", "annulment-1.json"])
        {
            yield return Special("a folder", path => Directory.CreateDirectory(path));
            yield return Special("a pipe", MakePipe);
            yield return Special("a device that never ends", path => File.CreateSymbolicLink(path, "/dev/zero"));
            yield return Special("a terminal", path => File.CreateSymbolicLink(path, "/dev/tty"));
            yield return Special("a link to itself", path => File.CreateSymbolicLink(path, path));
            yield return Special("a link to nothing", path => File.CreateSymbolicLink(path, path + ".not there"));
            yield return Special("a file beyond all bounds", path =>
            {
                using FileStream stream = File.Create(path);
                stream.SetLength(1L << 34);
            });

            Forgery Special(string what, Action<string> make)
            {
                // Without a draw nobody looks for what would annul it.
                return new Forgery(Group, what, $"{file}: {what}", (folder, form) =>
                {
                    if (file == Private && form is Form.Public or Form.ClosedPublic)
                    {
                        return false;
                    }

                    File.Delete(folder[file]);
                    make(folder[file]);
                    return true;
                }) with
                { KeepsSums = true };
            }
        }
    }

    internal static void MakePipe(string path)
    {
        using Process process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private static Forgery Of(string group, string kind, string file, string what, string pattern, string replacement, bool all = false) =>
        new(group, kind, $"{file}: {what}", Forgery.Text(file, pattern, replacement, all));
}
