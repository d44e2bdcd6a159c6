using Sortition.Core;
using Sortition.Publication.Checks;
using Sortition.Publication.Format;
using Xunit;

namespace Sortition.Publication.Tests;

/// <summary>The independent check in Python, <c>docs/verify.py</c>, and <see cref="PublicationVerifier"/> agree about what is genuine and what is forged. Needs <c>python3</c>.</summary>
public class IndependentScriptTests
{
    private static readonly Lazy<PublishedLottery> s_albertslund = new(() => Load("albertslund", 36, 1000));
    private static readonly Lazy<PublishedLottery> s_mass = new(() => Load("mass_like_24", 24, 200));

    /// <summary>What a forger does, at which level. Fingerprints are then made to fit, so that the content itself must give it away.</summary>
    public static TheoryData<PublicationLevel, string, string, string> Forgeries
    {
        get
        {
            TheoryData<PublicationLevel, string, string, string> data = [];
            foreach (PublicationLevel level in Enum.GetValues<PublicationLevel>())
            {
                data.Add(level, "publication.json", "\"lowestBallots\": ", "\"lowestBallots\": 1");
                data.Add(level, "publication.json", "\"lowestIdeal\": 0.", "\"lowestIdeal\": 0.1");
                data.Add(level, "publication.json", "\"mustBeOut\": 1", "\"mustBeOut\": 2");
                data.Add(level, "publication.json", "\"ballots\": 20", "\"ballots\": 200");
                data.Add(level, "publication.json", "leximin", "maximin");
                data.Add(level, "publication.json", "sortition-draw/1", "sortition-draw/2");
                data.Add(level, "problem.json", "\"min\":2,\"max\":2", "\"min\":1,\"max\":3");
                data.Add(level, "problem.json", "\"panelSize\":4", "\"panelSize\":5");
                data.Add(level, "problem.json", "\"householdLimit\":1", "\"householdLimit\":2");
                data.Add(level, "problem.json", ",\"status\":\"mustBeIn\"", "");
                data.Add(level, "lottery.json", "\"weight\":\"", "\"weight\":\"1");
                data.Add(level, "lottery.json", "\"limit\":\"", "\"limit\":\"1");
                data.Add(level, "lottery.json", "\"price\":\"1\"", "\"price\":\"2\"");
                data.Add(level, "lottery.json", "\"bound\":0.", "\"bound\":0.1");
                data.Add(level, "lottery.json", "\"value\":0.", "\"value\":0.1");
                data.Add(level, "lottery.json", "\"problemSha256\":\"", "\"problemSha256\":\"0");
                data.Add(level, "lottery.json", "\"objective\":\"leximin\"", "\"objective\":\"nash\"");
                data.Add(level, "lottery.json", "\"types\":[[", "\"types\":[[0],[");
                data.Add(level, "quotas.csv", "gender,f,2,2", "gender,f,2,3");
                data.Add(level, "types.csv", "\n1,", "\n2,");
                data.Add(level, "people.csv", "\n1,", "\n2,");
                data.Add(level, "people.csv", "0.", "0.1");
                data.Add(level, "ballots.csv", "\n00,", "\n01,");
                data.Add(level, "ballots.csv", "member 1", "member 2");
                data.Add(level, "claim-001.mps", "\nBOUNDS\n", "\nBOUNDS\n UP bound     x0        1\n");
                data.Add(level, "draw.json", "\"text\": \"", "\"text\": \"1");
                data.Add(level, "draw.json", "\"text\": \"", "\"text\": \" ");
                data.Add(level, "draw.json", "\"method\": \"text\"", "\"method\": \"number\"");
                data.Add(level, "draw.json", "\"ballots\": 20", "\"ballots\": 21");
                data.Add(level, "draw.json", "\"ballot\": \"", "\"ballot\": \"0");
                data.Add(level, "draw.json", "\"members\": [", "\"members\": [\n    1,");
            }

            data.Add(PublicationLevel.Auditor, "problem.json", "\"status\":\"mustBeOut\"", "\"status\":\"mustBeIn\"");
            data.Add(PublicationLevel.Auditor, "people.csv", "must be out", "must be in");
            data.Add(PublicationLevel.Public, "publication.json", "\"peopleWithoutType\": ", "\"peopleWithoutType\": 1");
            data.Add(PublicationLevel.Public, "publication.json", "\"smallestGroup\": 3", "\"smallestGroup\": 2");
            return data;
        }
    }

    [Theory]
    [InlineData(PublicationLevel.Auditor, DrawMethod.Number)]
    [InlineData(PublicationLevel.Auditor, DrawMethod.Text)]
    [InlineData(PublicationLevel.Auditor, DrawMethod.Local)]
    [InlineData(PublicationLevel.Public, DrawMethod.Number)]
    [InlineData(PublicationLevel.Public, DrawMethod.Text)]
    [InlineData(PublicationLevel.Public, DrawMethod.Local)]
    public void Households_and_people_who_must_be_in_or_out(PublicationLevel level, DrawMethod method) => Agree(Example.Of(level, method));

    [Theory]
    [InlineData(PublicationLevel.Auditor)]
    [InlineData(PublicationLevel.Public)]
    public void Albertslund(PublicationLevel level) => Agree(Form(s_albertslund.Value, level));

    [Theory]
    [InlineData(PublicationLevel.Auditor)]
    [InlineData(PublicationLevel.Public)]
    public void Another_pool(PublicationLevel level) => Agree(Form(s_mass.Value, level));

    [Theory]
    [InlineData("maximin")]
    [InlineData("nash")]
    [InlineData("minimax")]
    [InlineData("goldilocks")]
    [InlineData("weighted-leximin")]
    public void Other_objectives(string objective)
    {
        ILotteryAlgorithm algorithm = LotteryAlgorithms.Find(objective, 2)!;
        PublishedLottery auditor = Example.AuditorOf(algorithm.Solve(Example.Problem).GetLotteryOrThrow(), 30);
        Agree(auditor);
        Agree(auditor.ToPublic(Example.Salts, 2));
    }

    /// <summary>What is proven optimal is so within any ε that its rounding allows; not within none, and an ε must be small.</summary>
    [Theory]
    [InlineData("leximin", 1e-9, true)]
    [InlineData("leximin", 1e-6, true)]
    [InlineData("weighted-leximin", 1e-12, true)]
    [InlineData("leximin", 1.1e-6, false)]
    [InlineData("leximin", -1e-9, false)]
    [InlineData("leximin", 0, false)]
    [InlineData("maximin", 1e-9, false)]
    public void Within_epsilon(string objective, double epsilon, bool isRight)
    {
        PanelLottery best = LotteryAlgorithms.Find(objective)!.Solve(InstanceFiles.Load("mass_like_24", 24).Problem).GetLotteryOrThrow();
        Certificate near = best.Certificate.Change(status: CertificateStatus.EpsilonLeximin, epsilon: epsilon);
        PublishedLottery auditor = Example.AuditorOf(PanelLottery.Create(best.Problem, best.Panels.Select(p => (p.Seats, p.Weight)), best.Uncovered, near), 200);
        if (isRight)
        {
            Agree(auditor);
            return;
        }

        using TemporaryFolder folder = new();
        auditor.Write(folder.Path);
        Assert.Equal(4, Run(folder.Path).ExitCode);
        Assert.False(PublicationVerifier.Verify(folder.Path).IsGenuine);
    }

    [Theory]
    [Trait("Lane", "Slow")]
    [MemberData(nameof(Forgeries))]
    public void Both_refuse_a_forgery(PublicationLevel level, string file, string from, string to)
    {
        using TemporaryFolder folder = new();
        PublishedLottery lottery = level == PublicationLevel.Auditor ? Example.Auditor : Example.Public;
        Write(lottery, folder.Path);
        string original = File.ReadAllText(folder[file]);
        int at = original.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, "There is nothing to forge.");
        File.WriteAllText(folder[file], string.Concat(original.AsSpan(0, at), to, original.AsSpan(at + from.Length)));
        if (file != "draw.json")
        {
            File.Delete(folder["draw.json"]);
            Forger.FixSums(folder.Path);
        }

        (int exitCode, string output) = Run(folder.Path);
        Assert.True(exitCode == 4, output);
        Assert.Contains("NOT genuine.", output, StringComparison.Ordinal);
        Assert.StartsWith("ok     Fingerprints", output, StringComparison.Ordinal);
        Assert.False(PublicationVerifier.Verify(folder.Path).IsGenuine);
    }

    [Fact]
    public void Both_refuse_files_that_were_changed_taken_away_or_added_and_another_root()
    {
        using TemporaryFolder folder = new();
        Write(Example.Public, folder.Path);
        byte[] types = File.ReadAllBytes(folder["types.csv"]);
        foreach (Action forge in (Action[])[
            () => File.AppendAllText(folder["types.csv"], "\n"),
            () => File.Delete(folder["types.csv"]),
            () => File.WriteAllText(folder["claim-999.mps"], "")])
        {
            forge();
            Assert.Equal(4, RunAlone(folder.Path).ExitCode);
            Assert.False(PublicationVerifier.Verify(folder.Path).IsGenuine);
            File.WriteAllBytes(folder["types.csv"], types);
        }

        File.Delete(folder["claim-999.mps"]);
        Assert.Equal(0, Run(folder.Path, Example.Public.Root.ToUpperInvariant()).ExitCode);
        Assert.Equal(4, Run(folder.Path, Example.Auditor.Root).ExitCode);
    }

    [Fact]
    public void Both_refuse_people_exchanged_on_one_ballot()
    {
        using TemporaryFolder folder = new();
        Example.Auditor.Write(folder.Path);
        string[] lines = File.ReadAllLines(folder["ballots.csv"]);
        int[] first = [.. lines[1].Split(',').Skip(1).Select(int.Parse)];
        int other = Enumerable.Range(1, Example.Problem.People.Count).First(i => !first.Contains(i));
        lines[1] = "00," + string.Join(',', first.Skip(1).Append(other).Order());
        File.WriteAllText(folder["ballots.csv"], string.Join('\n', lines) + '\n');
        Forger.FixSums(folder.Path);
        Assert.Equal(4, Run(folder.Path).ExitCode);
        Assert.Equal(RunAlone(folder.Path), Run(folder.Path));
        Assert.False(PublicationVerifier.Verify(folder.Path).IsGenuine);
    }

    private static void Agree(PublishedLottery lottery)
    {
        using TemporaryFolder folder = new();
        Write(lottery, folder.Path);
        VerificationReport report = PublicationVerifier.Verify(folder.Path, new VerificationOptions { Root = lottery.Root });
        Assert.True(report.IsGenuine, string.Join(" ", report.Checks.SelectMany(c => c.Faults)));
        (int exitCode, string output) = Run(folder.Path, lottery.Root);
        Assert.True(exitCode == 0, output);
        string[] lines = output.Split('\n', StringSplitOptions.TrimEntries);
        Assert.Contains($"Root: {report.Root}", lines);
        Assert.Contains("Nothing is wrong.", lines);
        foreach (string label in (string[])["Fingerprints", "Form", "Lottery", "Optimality", "Ballots", "Chances", "Other solvers", "Draw"])
        {
            Assert.Contains(lines, l => l.StartsWith("ok     " + label, StringComparison.Ordinal));
        }

        string ballot = DrawRecord.Read(folder.Path)!.Ballot.ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(lottery.NumberOf(0).Length, '0');
        Assert.Contains(lines, l => l.Contains($"Ballot {ballot} was drawn", StringComparison.Ordinal));
    }

    private static void Write(PublishedLottery lottery, string folder)
    {
        lottery.Write(folder);
        Example.Draw(lottery).Write(folder);
    }

    private static PublishedLottery Form(PublishedLottery auditor, PublicationLevel level) =>
        level == PublicationLevel.Auditor ? auditor : auditor.ToPublic(SaltTable.Create(auditor.People.Select(p => p.Name)), 5);

    private static PublishedLottery Load(string instance, int size, int ballots)
    {
        SelectionProblem problem = InstanceFiles.Load(instance, size).Problem;
        return Example.AuditorOf(
            new Leximin().Solve(problem).GetLotteryOrThrow(), ballots, Example.Announcement(instance == "albertslund" ? DrawMethod.Text : DrawMethod.Local));
    }

    internal static (int ExitCode, string Output) Run(string folder, string? root = null) => Said(Interpreter.Run(CommandLine(folder, root)));

    /// <summary>The same in a process of its own.</summary>
    internal static (int ExitCode, string Output) RunAlone(string folder, string? root = null) => Said(Interpreter.RunAlone(CommandLine(folder, root)));

    private static string[] CommandLine(string folder, string? root) =>
        [TestFiles.PathOf("verify.py"), folder, .. root is null ? [] : (string[])["--root", root]];

    private static (int ExitCode, string Output) Said((int ExitCode, string Output, string Error) run)
    {
        Assert.Equal("", run.Error);
        return (run.ExitCode, run.Output.ReplaceLineEndings("\n"));
    }
}
