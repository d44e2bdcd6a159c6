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
    private const int Wrong = 4;
    private const int NotChecked = 6;

    private static readonly string[] s_noNumbers = ["null", "1e400", "-1e400", "NaN", "Infinity", "-Infinity", "true", "false", "\"0.5\"", "[]", "{}", "", "0x1", "1.0", "01", "+1", "1E+05"];
    private static readonly string[] s_noWholeTexts = ["\"+4\"", "\" 4\"", "\"4 \"", "\"04\"", "\"\u0664\"", "\"4.0\"", "\"4e0\"", "\"-0\"", "\"\"", "\"4\\n\"", "4", "true", "null", "\"99999999999999999999\""];

    /// <summary>What is changed, by how the forgery is called.</summary>
    private static readonly Dictionary<string, Forgery> s_forgeries = All().ToDictionary(f => f.Name, StringComparer.Ordinal);

    private static readonly Lazy<PublishedLottery> s_goldilocks = new(() => Example.AuditorOf(LotteryAlgorithms.Find("goldilocks", 2)!.Solve(Example.Problem).GetLotteryOrThrow(), Example.Ballots));

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
    public void A_value_that_is_not_stated_proves_nothing()
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
                Example.AuditorOf(lottery, Example.Ballots).Write(folder.Path);
                Assert.Contains("\"value\":null", File.ReadAllText(folder["lottery.json"]), StringComparison.Ordinal);

                // Without a claim and not called optimal nothing is said but what is true: somebody has no chance, and the value is infinite.
                Agree(folder.Path, !withClaim && status == CertificateStatus.NotProven ? 0 : Wrong);
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
                Example.AuditorOf(lottery, Example.Ballots).Write(folder.Path);
                Agree(folder.Path, Wrong);
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
            yield return Json($"the value is {number}", "(\"status\":\"provenOptimal\",\"value\":)[^,]+", number);
            yield return Json($"the bound is {number}", "(\"provenOptimal\",\"value\":[^,]+,\"bound\":)[^,]+", number);
            yield return Json($"the value of a claim is {number}", "(\"prices\":\\[.*?\\],\"value\":)[^,]+", number);
            yield return Json($"the bound of a claim is {number}", "(\"prices\":\\[.*?\\],\"value\":[^,]+,\"bound\":)[^,]+", number);
            yield return Json($"gamma is {number}", "(\"gamma\":)[^,]+", number) with { OfGoldilocks = true };
            yield return Json($"epsilon is {number}", "(\"status\":\")provenOptimal\"", $"epsilonLeximin\",\"epsilon\":{number}");
            yield return Text("publication.json", $"a chance is {number}", "(\"lowestIdeal\": )[^,]+", number);
            yield return Text("publication.json", $"a number is {number}", "(\"panelSize\": )[^,]+", number);
            yield return Json($"a type of a panel is {number}", "(\"seats\":\\[\\[)[^,]+", number);
            yield return Json($"a person without a chance is {number}", "(\"person\":)[^,]+", number);
            yield return Text("problem.json", $"the panel size is {number}", "(\"panelSize\":)[^,]+", number);
        }

        foreach (string number in s_noWholeTexts)
        {
            yield return Json($"a weight of a panel is {number}", "(\"weight\":)\"[^\"]+\"", number);
            yield return Json($"a weight of a claim is {number}", "(\"weights\":\\[)\"[^\"]+\"", number);
            yield return Json($"a limit is {number}", "(\"limit\":)\"[^\"]+\"", number);
            yield return Json($"a price is {number}", "(\"price\":)\"[^\"]+\"", number);
        }

        foreach (string file in (string[])["publication.json", "problem.json", "lottery.json"])
        {
            yield return Text(file, "a mark of the byte order", "(^)(?=\\{)", "\ufeff");
            yield return Text(file, "CRLF", "()$", "\r\n");
            yield return Text(file, "a space", "(^\\{)", " ");
            yield return Text(file, "a comma too many", "()\\}(?=\\s*$)", ",}");
            yield return Text(file, "a name escaped", "()\"format\"", "\"\\u0066ormat\"");
            yield return Text(file, "a member twice", "(\\{)(?=\\s*\"format\")", "\"format\":\"x\",");
            yield return Text(file, "a member more", "(\\{)(?=\\s*\"format\")", "\"more\":1,");
            yield return Text(file, "a comment", "(^)", "/* */");
            yield return Text(file, "no end", "(.{40})[\\s\\S]*", "");
            yield return Text(file, "nothing", "()[\\s\\S]*", "");
            yield return Text(file, "null", "()[\\s\\S]+", "null");
            yield return Text(file, "a list", "()[\\s\\S]+", "[]");
            yield return Text(file, "nested", "()[\\s\\S]+", new string('[', 100_000));
            yield return Text(file, "a number of many digits", "(\\{)(?=\\s*\"format\")", "\"more\":" + new string('9', 100_000) + ",");
            yield return new Forgery($"{file}: no UTF-8", file, content => [.. content, 0xff]);
            yield return new Forgery($"{file}: UTF-16", file, content => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(content)));
        }

        foreach (string file in (string[])["people.csv", "ballots.csv", "types.csv", "quotas.csv"])
        {
            yield return Text(file, "CRLF", "()\n", "\r\n", all: true);
            yield return Text(file, "one CRLF", "()\n", "\r\n");
            yield return Text(file, "no end of the last line", "()\n$", "");
            yield return Text(file, "a blank line", "()$", "\n");
            yield return Text(file, "a cell in quotes", "(\n)([^,]+)", "\"$2\"");
            yield return Text(file, "a quote that is not closed", "(\n)", "\"");
            yield return Text(file, "a quote within a cell", "(\n[^,]+)", "\"x");
            yield return Text(file, "a space", "(\n[^,]+,)", " ");
            yield return Text(file, "a plus sign", "(\n[^,]+,[^\n]*?,)(?=[0-9])", "+");
            yield return Text(file, "a zero", "(\n[^,]+,[^\n]*?,)(?=[0-9])", "0");
            yield return Text(file, "Arabic digits", "(\n[^,]+,[^\n]*?,)[0-9]+", "\u0661");
            yield return Text(file, "a mark of the byte order", "(^)", "\ufeff");
            yield return Text(file, "a cell more", "([^\n]*\n[^\n]*)", ",");
            yield return Text(file, "a NUL", "(\n)", "\0");
            yield return Text(file, "nothing", "()[\\s\\S]*", "");
            yield return Text(file, "a huge number", "(\n[^,]+,[^\n]*?,)[0-9]+", new string('9', 5000));
            yield return new Forgery($"{file}: no UTF-8", file, content => [.. content, 0xff]);
        }

        yield return Text("claim-001.mps", "CRLF", "()\n", "\r\n", all: true);
        yield return Text("claim-001.mps", "a comment more", "(^)", "* Nobody weighs anything.\n");
        yield return Text("claim-001.mps", "another comment", "(no panel weighs more than )[0-9]+", "7");
        yield return Text("claim-001.mps", "a space more", "(\n N  cost)", " ");
        yield return Text("claim-001.mps", "more after the end", "()$", "RHS\n");
        yield return Text("claim-001.mps", "a plus sign", "(rhs\\s+size\\s+)", "+");
        yield return Text("claim-001.mps", "a zero", "(rhs\\s+size\\s+)", "0");
        yield return Text("claim-001.mps", "Arabic digits", "(rhs\\s+size\\s+)4", "\u0664");
        yield return Text("claim-001.mps", "another name of the objective", "( N  )cost", "kost");
        yield return Text("claim-001.mps", "nothing", "()[\\s\\S]*", "");

        yield return Text("publication.json", "the auditor's root is text", "(\"auditorRoot\": )\"[^\"]+\"", "\"ask me\"") with { IsPublic = true };
        yield return Text("publication.json", "the auditor's root is in capitals", "(\"auditorRoot\": )\"[^\"]+\"", $"\"{new string('A', 64)}\"") with { IsPublic = true };
        yield return Text("publication.json", "a version that says more", "(\"softwareVersion\": )\"[^\"]+\"", "\"1.2.3\u200b\"");
        yield return Text("publication.json", "a version in lines", "(\"softwareVersion\": )\"[^\"]+\"", "\"1.2.3\\nGenuine.\"");
        yield return Json("a solver of no name", "(\"confirmedBy\":)\"[^\"]+\"", "\"\"");
        yield return Json("a solver of an invisible name", "(\"confirmedBy\":)\"[^\"]+\"", "\"\u2060\"");
        yield return Json("an objective that looks like another", "(\"objective\":)\"[^\"]+\"", "\"leximin\u200b\"");
        yield return Text("problem.json", "a value with a space", "(\"value\":\"f)\"", " \"");
        yield return Text("problem.json", "a value that is none", "(\"values\":\\[\"[^\"]+\",\")[^\"]+", "x");
        yield return Text("problem.json", "a household that is not the next", "(\"household\":)0", "7");
        yield return Text("problem.json", "an entitlement that goes without saying", "(\"status\":\"mustBeIn\")", ",\"entitlement\":1");
        yield return Text("problem.json", "a minimum above the maximum", "(\"min\":2,\"max\":)2", "1");

        yield return Json("a person without a chance left out", "(\"uncovered\":\\[)\\{.*?\\]\\},?", "");
        yield return Json("nobody without a chance", "(\"uncovered\":\\[).*?(?=\\],\"certificate\")", "");
        yield return Json("another reason", "(\"quotaMaximum\",\"quota\":)4", "3");
        yield return Json("no reason", "(\"constraints\":\\[)\\{\"kind\":\"quotaMaximum\",\"quota\":4\\}", "");
        yield return Json("a reason that there is not", "(\"quotaMaximum\",\"quota\":)4", "40");
        yield return Json("a reason more for who must be out", "(\"person\":[0-9]+,\"constraints\":\\[)(?=\\])", "{\"kind\":\"panelSize\"}");
        yield return Json("somebody with a chance listed", "(\"uncovered\":\\[)", "{\"person\":1,\"constraints\":[{\"kind\":\"panelSize\"}]},");
        yield return Json("somebody listed who is not there", "(\"uncovered\":\\[)(.*?)(?=\\],\"certificate\")", "$2,{\"person\":999,\"constraints\":[]}");

        // Not wrong, but nobody can say so.
        yield return Json("an objective of one's own", "(\"objective\":)\"leximin\"", "\"fairest\"") with { Answer = NotChecked, Also = [("(\"algorithm\": )\"leximin\"", "\"fairest\""), ("(\"lowestBallotsAtMost\": )[0-9]+", "5")] };

        foreach (string file in (string[])["SHA256SUMS", "publication.json", "problem.json", "lottery.json", "people.csv", "ballots.csv", "types.csv", "quotas.csv", "claim-001.mps", "draw.json"])
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

    private static Forgery Json(string what, string pattern, string replacement) => Text("lottery.json", what, pattern, replacement);

    /// <summary>What the first group matches stays; the rest of the match is replaced.</summary>
    private static Forgery Text(string file, string what, string pattern, string replacement, bool all = false) => new(
        $"{file}: {what}", file, content => Encoding.UTF8.GetBytes(Changed(Encoding.UTF8.GetString(content), pattern, replacement, all)));

    private static Forgery Special(string file, string what, Action<string> make) => new($"{file}: {what}", file, null, make);

    private static string Changed(string text, string pattern, string replacement, bool all = false)
    {
        string changed = Regex.Replace(text, pattern, m => m.Groups[1].Value + m.Result(replacement.Contains("$2", StringComparison.Ordinal) ? replacement : replacement.Replace("$", "$$", StringComparison.Ordinal)), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));
        if (!all)
        {
            Match first = Regex.Match(text, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));
            changed = first.Success
                ? string.Concat(text.AsSpan(0, first.Index), first.Groups[1].Value, first.Result(replacement.Contains("$2", StringComparison.Ordinal) ? replacement : replacement.Replace("$", "$$", StringComparison.Ordinal)), text.AsSpan(first.Index + first.Length))
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
        using TemporaryFolder folder = new();
        PublishedLottery lottery = forgery.OfGoldilocks ? s_goldilocks.Value : forgery.IsPublic ? Example.Public : Example.Auditor;
        lottery.Write(folder.Path);
        string path = folder[forgery.File];
        if (forgery.Change is { } change)
        {
            File.WriteAllBytes(path, change(File.ReadAllBytes(path)));
            foreach ((string pattern, string replacement) in forgery.Also)
            {
                File.WriteAllText(folder["publication.json"], Changed(File.ReadAllText(folder["publication.json"]), pattern, replacement));
                foreach (string claim in Directory.EnumerateFiles(folder.Path, "claim-*.mps"))
                {
                    File.WriteAllText(claim, File.ReadAllText(claim).Replace("(leximin)", "(fairest)", StringComparison.Ordinal));
                }
            }

            Forger.FixSums(folder.Path);
        }
        else
        {
            File.Delete(path);
            forgery.Make!(path);
        }

        Agree(folder.Path, forgery.Answer);
    }

    private static void Agree(string folder, int answer)
    {
        VerificationReport report = PublicationVerifier.Verify(folder);
        string faults = string.Join(" ", report.Checks.SelectMany(c => c.Faults));
        int ours = report.IsWrong ? Wrong : report.IsGenuine ? 0 : report.IsComplete ? 5 : NotChecked;
        (int theirs, string output) = IndependentScriptTests.Run(folder);
        Assert.True((ours, theirs) == (answer, answer), $"sortition verify: {ours}, verify.py: {theirs}, not {answer}.\n{faults}\n{output}");
    }

    private sealed record Forgery(string Name, string File, Func<byte[], byte[]>? Change, Action<string>? Make = null)
    {
        public int Answer { get; init; } = Wrong;

        public bool IsPublic { get; init; }

        public bool OfGoldilocks { get; init; }

        /// <summary>What is changed in publication.json, so that they fit each other again.</summary>
        public (string Pattern, string Replacement)[] Also { get; init; } = [];

        /// <summary>Whether it is one of many like it.</summary>
        public bool IsSlow => Change is not null && Also.Length == 0 && !IsPublic;
    }
}
