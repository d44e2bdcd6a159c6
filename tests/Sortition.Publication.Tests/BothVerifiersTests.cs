using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Sortition.Core;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Publication.Checks;
using Sortition.Publication.Format;
using Xunit;

namespace Sortition.Publication.Tests;

/// <summary>One table of forgeries, whose fingerprints are made to fit, for both verifiers: each must give the answer that stands there. Needs <c>python3</c>.</summary>
public class BothVerifiersTests
{
    private const int Wrong = Verifiers.Wrong;
    private const int NotChecked = Verifiers.NotChecked;

    private static readonly string[] s_noNumbers = ["null", "1e400", "-1e400", "NaN", "Infinity", "-Infinity", "true", "false", "\"0.5\"", "[]", "{}", "", "0x1", "1.0", "01", "+1", "1E+05"];
    private static readonly string[] s_noWholeTexts = ["\"+4\"", "\" 4\"", "\"4 \"", "\"04\"", "\"\u0664\"", "\"4.0\"", "\"4e0\"", "\"-0\"", "\"\"", "\"4\\n\"", "4", "true", "null", "\"99999999999999999999\""];

    /// <summary>What is changed, by how the forgery is called.</summary>
    private static readonly Dictionary<string, Forgery> s_forgeries = All().ToDictionary(f => f.Name, StringComparer.Ordinal);

    private static readonly Lazy<PublishedLottery> s_goldilocks =
        new(() => Example.Publish(LotteryAlgorithms.Find("goldilocks", 2)!.Solve(Example.Problem).GetLotteryOrThrow(), Example.Ballots));

    public static TheoryData<string> Names(bool areSlow) => [.. s_forgeries.Values.Where(f => f.IsSlow == areSlow).Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Names), false)]
    public void Both_give_the_answer(string name) => Check(s_forgeries[name]);

    [Theory]
    [Trait("Lane", "Slow")]
    [MemberData(nameof(Names), true)]
    public void Both_give_the_answer_at_length(string name) => Check(s_forgeries[name]);

    /// <summary>A lottery of one panel, in which nearly nobody has a chance, whose value would be infinite.</summary>
    [Fact]
    public void A_lottery_of_one_panel_is_not_the_best()
    {
        PanelLottery honest = s_goldilocks.Value.Lottery;
        WeightClaim claim = honest.Certificate.Claims[0];
        foreach (bool withClaim in new[] { true, false })
        {
            foreach (CertificateStatus status in new[] { CertificateStatus.ProvenOptimal, CertificateStatus.NotProven })
            {
                Certificate certificate = new(
                    honest.Certificate.Objective, status, double.PositiveInfinity, honest.Certificate.Bound, withClaim ? [claim] : []);
                PanelLottery lottery = PanelLottery.Create(honest.Problem, [(honest.Panels[0].Seats, PanelLottery.WeightTotal)], honest.Uncovered, certificate);
                using TemporaryFolder folder = new();
                Example.Publish(lottery, Example.Ballots).Write(folder.Path);

                // Not called optimal and without a claim, nothing is said but what is true: somebody has no chance.
                Verifiers.AssertAnswer(status == CertificateStatus.NotProven && !withClaim ? 0 : Wrong, folder.Path);
            }
        }
    }

    /// <summary>Everybody but the members of the one panel is listed as unable to be chosen, for each reason that there is.</summary>
    [Fact]
    public void Nobody_is_called_unable_to_be_chosen_on_somebodys_word()
    {
        PanelLottery honest = Example.Lottery;
        SelectionProblem problem = honest.Problem;
        HashSet<int> seated = [.. honest.Panels[0].Seats.Select(s => s.Type)];
        int[] others = [.. Enumerable.Range(0, problem.People.Count).Where(i => !honest.Types.Where((_, t) => seated.Contains(t)).Any(t => t.Members.Contains(i)))];
        foreach (Constraint[] reasons in (Constraint[][])[[], [new(ConstraintKind.QuotaMaximum, problem.Quotas[0])], [new(ConstraintKind.PanelSize), new(ConstraintKind.MustBeIn), new(ConstraintKind.HouseholdLimit)]])
        {
            foreach (CertificateStatus status in new[] { CertificateStatus.ProvenOptimal, CertificateStatus.NotProven })
            {
                UnselectablePerson[] uncovered = [.. others.Select(i => new UnselectablePerson(i, problem.People[i].Status == PersonStatus.MustBeOut ? [] : reasons))];
                Certificate certificate = honest.Certificate.Change(status: status);
                PanelLottery lottery = PanelLottery.Create(problem, [(honest.Panels[0].Seats, PanelLottery.WeightTotal)], uncovered, certificate);
                using TemporaryFolder folder = new();
                Example.Publish(lottery, Example.Ballots).Write(folder.Path);
                Verifiers.AssertAnswer(Wrong, folder.Path);
            }
        }
    }

    [Fact]
    public void What_is_read_ends_when_it_is_cancelled()
    {
        using TemporaryFolder folder = new();
        string pipe = folder["pipe"];
        MakePipe(pipe);
        using CancellationTokenSource source = new();
        Task<VerificationReport> reading = Task.Run(() => PublicationVerifier.Verify(Sortition.Files.Storage.FolderSource.At(pipe, source.Token), null, source.Token));
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => reading.GetAwaiter().GetResult());

        // The thread that is left waiting for somebody to write ends with this.
        using FileStream writer = new(pipe, FileMode.Open, FileAccess.Write);
    }

    private static IEnumerable<Forgery> All()
    {
        foreach (string number in s_noNumbers)
        {
            yield return Text("publication.json", $"the panel size is {number}", "(\"panelSize\": )[^,]+", number);
            yield return Text("publication.json", $"the people of a type are {number}", "(\"types\": \\[\\s*\\{\\s*\"people\": )[^,]+", number);
            yield return Text("publication.json", $"a minimum is {number}", "(\"min\": )[^,]+", number);
            yield return Text("publication.json", $"a type that can be on no panel is {number}", "(\"type\": )[^,]+", number);
            yield return Text("private.json", $"a household is {number}", "(\"household\": )[^,]+", number);
        }

        foreach (string number in s_noWholeTexts)
        {
            yield return Text("publication.json", $"a weight of a panel is {number}", "(\"weight\": )\"[^\"]+\"", number);
            yield return Text("publication.json", $"a limit is {number}", "(\"limit\": )\"[^\"]+\"", number);
            yield return Text("publication.json", $"weights are {number}", "(\"weights\": )\"[^\"]+\"", number);
            yield return Text("publication.json", $"values are {number}", "(\"values\": )\"[^\"]+\"", number);
            yield return Text("publication.json", $"seats are {number}", "(\"seats\": )\"[^\"]+\"", number);
            yield return Text("publication.json", $"a price is {number}", "(\"prices\": \\[\\s*)\"[^\"]+\"", number);
            yield return Text("publication.json", $"gamma is {number}", "(\"parameter\": )\"[^\"]+\"", number) with { OfGoldilocks = true };
            yield return Text("publication.json", $"epsilon is {number}", "(\"status\": \")provenOptimal\"", $"epsilonLeximin\",\n \"epsilon\": {number}");
            yield return Text("private.json", $"ballots are {number}", "(\"ballots\": )\"[^\"]+\"", number == "\"\"" ? "\"0\"" : number);
        }

        foreach (string fraction in (string[])["2/2", "1/3", "0/2", "4/2", "1/0", "-1/2", "1", "0.5", "1/2 ", "01/2", "1/02", "٢/1", "1e1/2", "1000001/1", "1/2000000", "1/1125899906842624"])
        {
            yield return Text("publication.json", $"gamma is {fraction}", "(\"parameter\": )\"[^\"]+\"", $"\"{fraction}\"") with { OfGoldilocks = true };
            yield return Text("publication.json", $"an entitlement is {fraction}", "(\"values\": \"[^\"]+\")", $",\n   \"entitlement\": \"{fraction}\"");
        }

        foreach (string seats in (string[])["0:1  1:1", "0:1 ", "0:1:1", "1:1 0:1", "0:1 0:1", "0:0 1:1", "0:99", "99:1", "0: 1", "+0:1", ":", "0:1,1:1"])
        {
            yield return Text("publication.json", $"seats are {seats}", "(\"seats\": )\"[^\"]+\"", $"\"{seats}\"");
        }

        foreach (string price in (string[])["panelSize 0", "panelSize", "panelSize 1 1", "mustBeIn 1", "quotaMaximum 0 -1", "quotaMinimum 0 1", "quotaMaximum 99 1", "quotaMaximum 1", "quotaMaximum 00 1", "householdLimit 9 1", "householdLimit 1", "other 1 1", "quotaMaximum  1 1"])
        {
            yield return Text("publication.json", $"a price is {price}", "(\"prices\": \\[\\s*)\"[^\"]+\"", $"\"{price}\"");
        }

        foreach (string file in (string[])["publication.json", "private.json"])
        {
            yield return Text(file, "a mark of the byte order", "(^)(?=\\{)", "\ufeff");
            yield return Text(file, "CRLF", "()$", "\r\n");
            yield return Text(file, "a space", "(^\\{)", " ");
            yield return Text(file, "a comma too many", "()\\}(?=\\s*$)", ",}");
            yield return Text(file, "a name escaped", "()\"format\"", "\"\\u0066ormat\"");
            yield return Text(file, "a value escaped", "(\"format\": \")s", "\\u0073");
            yield return Text(file, "a member twice", "(\\{)(?=\\s*\"format\")", "\"format\":\"x\",");
            yield return Text(file, "a member more", "(\\{)(?=\\s*\"format\")", "\n \"more\": 1,");
            yield return Text(file, "members in another order", "(\\{)\\s*(\"format\": \"[^\"]+\"),(\\s*\"[a-z]+\": \"[^\"]+\")", "$3,\n $2");
            yield return Text(file, "a comment", "(^)", "/* */");
            yield return Text(file, "no end", "(.{40})[\\s\\S]*", "");
            yield return Text(file, "nothing", "()[\\s\\S]*", "");
            yield return Text(file, "null", "()[\\s\\S]+", "null");
            yield return Text(file, "a list", "()[\\s\\S]+", "[]");
            yield return Text(file, "nested", "()[\\s\\S]+", new string('[', 100_000));
            yield return Text(file, "a number of many digits", "(\\{)(?=\\s*\"format\")", "\n \"more\": " + new string('9', 100_000) + ",");
            yield return Text(file, "half of a surrogate pair", "(\"format\": \")s", "\\ud800");
            yield return Text(file, "another format", "(\"format\": \"[a-z-]+/)2", "3");
            yield return new Forgery($"{file}: no UTF-8", file, content => [.. content, 0xff]);
            yield return new Forgery($"{file}: UTF-16", file, content => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(content)));
        }

        foreach (string file in (string[])["people.csv", "ballots.csv"])
        {
            yield return Text(file, "CRLF", "()\n", "\r\n", all: true);
            yield return Text(file, "one CRLF", "()\n", "\r\n");
            yield return Text(file, "no end of the last line", "()\n$", "");
            yield return Text(file, "a blank line", "()$", "\n");
            yield return Text(file, "a cell in quotes", "(\n)([^,]+)", "\"$2\"");
            yield return Text(file, "a quote that is not closed", "(\n)", "\"");
            yield return Text(file, "a quote within a cell", "(\n[^,]+)", "\"x");
            yield return Text(file, "a space", "(\n[^,]+,)", " ");
            yield return Text(file, "a plus sign", "(\n[^,]+,[^\n]*?)(?=[0-9])", "+");
            yield return Text(file, "a zero", "(\n[^,]+,[^\n]*?)(?=[1-9])", "0");
            yield return Text(file, "Arabic digits", "(\n[^,]+,[^\n]*?)[0-9]+", "\u0661");
            yield return Text(file, "a mark of the byte order", "(^)", "\ufeff");
            yield return Text(file, "a cell more", "([^\n]*\n[^\n]*)", ",");
            yield return Text(file, "another heading", "(^[^\n]*)(?=\n)", "s");
            yield return Text(file, "a NUL", "(\n)", "\0");
            yield return Text(file, "nothing", "()[\\s\\S]*", "");
            yield return Text(file, "a huge number", "(\n[^,]+,[^\n]*?)[0-9]+", new string('9', 5000));
            yield return new Forgery($"{file}: no UTF-8", file, content => [.. content, 0xff]);
        }

        yield return Text("people.csv", "a tag in capitals", "(\n[0-9]*)[a-f]", "A");
        yield return Text("people.csv", "two people exchanged", "(\n)([^\n]+)\n([^\n]+)", "$3\n$2");
        yield return Text("people.csv", "somebody twice", "(\n)([^\n]+)(?=\n)", "$2\n$2");
        yield return Text("publication.json", "an objective that looks like another", "(\"objective\": \")leximin", "leximin\u200b");
        yield return Text("publication.json", "an objective of no name", "(\"objective\": \")leximin", "");
        yield return Text("publication.json", "a value with a space", "(\"value\": \"f)\"", " \"");
        yield return Text("publication.json", "a value that is none", "(\"value\": \")f", "x");
        yield return Text("publication.json", "a feature twice", "(\"features\": \\[)(\\s*\\{[^\\}]+\\})", "$2,$2");
        yield return Text("publication.json", "a value of a feature twice", "(\"values\": \\[)(\\s*\"[^\"]+\")", "$2,$2");
        yield return Text("publication.json", "a quota twice", "(\"quotas\": \\[)(\\s*\\{[\\s\\S]*?\\}\\s*\\],[^\\}]+\\})", "$2,$2");
        yield return Text("publication.json", "an entitlement that goes without saying", "(\"values\": \"[^\"]+\")", ",\n   \"entitlement\": \"1/1\"");
        yield return Text("publication.json", "a minimum above the maximum", "(\"min\": 2,\\s*\"max\": )2", "1");
        yield return Text("publication.json", "nobody must be in", "(\"values\": \"[^\"]+\"),\\s*\"mustBeIn\": true", "");
        yield return Text("publication.json", "false that goes without saying", "(\"mustBeIn\": )true", "false");
        yield return Text("publication.json", "more households than there are", "(\"households\": \\[\\s*)[0-9]+", "4");
        yield return Text("publication.json", "a class of households more", "(\"households\": \\[)(\\s*)([0-9]+)", "$2$3,$2$3");
        yield return Text("publication.json", "no household limit", "(\"panelSize\": 4,)\\s*\"householdLimit\": 1,", "");
        yield return Text("publication.json", "another household limit", "(\"householdLimit\": )1", "2");
        yield return Text("publication.json", "a people more", "(\"people\": )16", "17");
        yield return Text("publication.json", "a smaller smallest group", "(\"smallestGroup\": )3", "1");
        yield return Text("publication.json", "tickets that are called closed", "(\"tickets\": \")open", "closed");
        yield return Text("publication.json", "tickets of another kind", "(\"tickets\": \")open", "torn");
        yield return Text("publication.json", "fewer ballots", "(\"ballots\": )20", "19");
        yield return Text("publication.json", "more ballots", "(\"ballots\": )20", "21");
        yield return Text("publication.json", "ballots without end", "(\"ballots\": )20", "1000001");
        yield return Text("publication.json", "people without end", "(\"types\": \\[\\s*\\{\\s*\"people\": )[0-9]+", "2147483647");
        yield return Text("publication.json", "another objective", "(\"objective\": \")leximin", "maximin");
        yield return Text("publication.json", "a parameter where there is none", "(\"objective\": \"leximin\",)", "\n \"parameter\": \"1/2\",");
        yield return Text("publication.json", "a status that is none", "(\"status\": \")provenOptimal", "proven");
        yield return Text("publication.json", "an epsilon without its status", "(\"status\": \"provenOptimal\",)", "\n \"epsilon\": \"0/1\",");
        yield return Text("publication.json", "a claim left out", "(\"claims\": \\[\\s*)\\{[\\s\\S]*?\\]\\s*\\},\\s*", "");
        yield return Text("publication.json", "a claim twice", "(\"claims\": \\[)(\\s*\\{[\\s\\S]*?\\]\\s*\\})", "$2,$2");
        yield return Text("publication.json", "a panel twice", "(\"panels\": \\[)(\\s*\\{[\\s\\S]*?\\})", "$2,$2");
        yield return Text("publication.json", "weights that are taken off", "(\"weights\": (\"[^\"]+\"),)", "\n   \"capWeights\": \"0\",");
        yield return Text("publication.json", "a type without a chance left out", "(\"unselectable\": \\[)[\\s\\S]*(?=\\]\n\\})", "");
        yield return Text("publication.json", "another reason", "(\"quotaMaximum )4(?=\"\\s*\\]\\s*\\}\\s*\\]\n)", "3");
        yield return Text("publication.json", "no reason", "(\"reasons\": \\[)[\\s\\S]*?(?=\\])", "");
        yield return Text("publication.json", "a reason that there is not", "(\"reasons\": \\[\\s*\"quotaMaximum )4", "40");
        yield return Text("publication.json", "a type listed that has a chance", "(\"unselectable\": \\[)", "\n  {\n   \"type\": 0,\n   \"reasons\": [\n    \"panelSize\"\n   ]\n  },");
        yield return Text("publication.json", "a type listed that is not there", "(\"type\": )[0-9]+(?=,\\s*\"reasons\")", "999");
        yield return Text("private.json", "a key of somebody else", "(\"key\": \")([0-9a-f]{64})([\\s\\S]*?\"key\": \")([0-9a-f]{64})", "$4$3$2");
        yield return Text("private.json", "another id", "(\"id\": \")p01", "p1");
        yield return Text("private.json", "other features", "(\"values\": \")[0-9]", "1");
        yield return Text("private.json", "nobody must be out", "(\"[^\"]+\"),\\s*\"status\": \"mustBeOut\"", "");
        yield return Text("private.json", "a ballot twice", "(\"ballots\": \")([0-9]+) ", "$2 $2 ");
        yield return Text("private.json", "a ballot that there is not", "(\"ballots\": \"[0-9 ]+)(?=\")", " 20");
        yield return Text("private.json", "no household", "(\"values\": \"[^\"]+\"),\\s*\"household\": [0-9]+", "");
        yield return Text("private.json", "a blinding that is none", "(\"blinding\": \")[0-9a-f]+", "bb");

        // Not wrong, but nobody can say so.
        yield return Text("publication.json", "an objective of one's own", "(\"objective\": \")leximin", "fairest") with { Answer = NotChecked };

        foreach (string file in (string[])["SHA256SUMS", "publication.json", "people.csv", "ballots.csv", "private.json", "draw.json", "urn.json", "annulment-1.json"])
        {
            yield return Special(file, "a folder", path => Directory.CreateDirectory(path));
            yield return Special(file, "a pipe", MakePipe);
            yield return Special(file, "a device that never ends", path => File.CreateSymbolicLink(path, "/dev/zero"));
            yield return Special(file, "a link to itself", path => File.CreateSymbolicLink(path, path));
            yield return Special(file, "a file beyond all bounds", path =>
            {
                using FileStream stream = File.Create(path);
                stream.SetLength(1L << 34);
            });
        }
    }

    /// <summary>What the first group matches stays; the rest of the match is replaced.</summary>
    private static Forgery Text(string file, string what, string pattern, string replacement, bool all = false) => new(
        $"{file}: {what}", file, content => Encoding.UTF8.GetBytes(Changed(Encoding.UTF8.GetString(content), pattern, replacement, all)));

    private static Forgery Special(string file, string what, Action<string> make) => new($"{file}: {what}", file, null, make);

    private static string Changed(string text, string pattern, string replacement, bool all = false)
    {
        string changed = Regex.Replace(text, pattern, m => m.Groups[1].Value + m.Result(replacement.Contains('$', StringComparison.Ordinal) ? replacement : replacement.Replace("$", "$$", StringComparison.Ordinal)), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));
        if (!all)
        {
            Match first = Regex.Match(text, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));
            changed = first.Success
                ? string.Concat(text.AsSpan(0, first.Index), first.Groups[1].Value, first.Result(replacement.Contains('$', StringComparison.Ordinal) ? replacement : replacement.Replace("$", "$$", StringComparison.Ordinal)), text.AsSpan(first.Index + first.Length))
                : text;
        }

        Assert.NotEqual(text, changed);
        return changed;
    }

    private static void MakePipe(string path)
    {
        using Process process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private static void Check(Forgery forgery)
    {
        foreach (Form form in forgery.File == "private.json" ? (Form[])[Form.Private, Form.ClosedPrivate] : [Form.Private, Form.Public])
        {
            using TemporaryFolder folder = new();
            (forgery.OfGoldilocks ? s_goldilocks.Value.In(form) : Example.Of(form)).Write(folder.Path);
            string path = folder[forgery.File];
            if (forgery.Change is { } change)
            {
                File.WriteAllBytes(path, change(File.ReadAllBytes(path)));
                Forger.FixSums(folder.Path);
            }
            else
            {
                File.Delete(path);
                forgery.Make!(path);
            }

            Verifiers.AssertAnswer(forgery.Answer, folder.Path, what: forgery.Name);
        }
    }

    private sealed record Forgery(string Name, string File, Func<byte[], byte[]>? Change, Action<string>? Make = null)
    {
        public int Answer { get; init; } = Wrong;

        public bool OfGoldilocks { get; init; }

        /// <summary>Whether it is one of many like it.</summary>
        public bool IsSlow => Change is not null && Answer == Wrong;
    }
}
