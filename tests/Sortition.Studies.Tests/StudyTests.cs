using System.Globalization;
using Sortition.Core;
using Sortition.Files;
using Sortition.Studies.Algorithms;
using Sortition.Studies.Instances;
using Sortition.Studies.Lotteries;
using Sortition.Studies.Results;
using Xunit;

namespace Sortition.Studies.Tests;

/// <summary>Whole studies: what they write does not depend on how they came to it.</summary>
public sealed class StudyTests
{
    private const string Quotas = "category,name,min,max\ngender,female,1,2\ngender,male,1,2\nage,young,1,2\nage,old,1,2\n";
    private const string People = "id,gender,age\np1,female,young\np2,female,old\np3,male,young\np4,male,old\np5,male,old\np6,female,old\n";

    private static readonly StudyAlgorithm[] s_algorithms = [.. ((string[])["leximin", "minimax", "greedy", "uniform"]).Select(name => StudyAlgorithm.Find(name)!)];

    [Fact]
    public void Threads_and_cultures_do_not_matter()
    {
        using TemporaryFolder folder = new();
        IReadOnlyList<StudyInstance> instances = Pools(folder);
        Study.Run(Options(instances, threads: 1), folder["one"]);
        Cultures.In("da-DK", () => Study.Run(Options(instances, threads: 3), folder["three"]));
        AssertSame(folder, "one", "three");
    }

    /// <summary>Stopped after each of its cells in turn, and begun again.</summary>
    [Fact]
    public void Stopped_and_started_again_it_writes_the_same()
    {
        using TemporaryFolder folder = new();
        IReadOnlyList<StudyInstance> instances = Pools(folder);
        int cells = Study.Run(Options(instances), folder["whole"]).Cells;
        for (int at = 1; at <= cells; at++)
        {
            string output = folder[$"after-{at}"];
            Assert.Throws<TimeoutException>(() => Study.Run(Options(instances, threads: 1, progress: new Failing(at)), output));
            Counting counting = new();
            Study.Run(Options(instances, progress: counting), output);
            Assert.Equal(cells - at, counting.Reports);
            AssertSame(folder, "whole", $"after-{at}");
        }
    }

    [Fact]
    public void A_cell_that_is_no_cell_is_computed_again()
    {
        using TemporaryFolder folder = new();
        IReadOnlyList<StudyInstance> instances = Pools(folder);
        Study.Run(Options(instances), folder["whole"]);
        Assert.Throws<TimeoutException>(() => Study.Run(Options(instances, threads: 1, progress: new Failing(3)), folder["half"]));
        string[] kept = [.. Directory.GetFiles(folder["half/cells"]).Where(path => Path.GetFileName(path).Length > 40)];
        File.WriteAllText(kept[0], "{");
        File.WriteAllText(kept[1], "{\"format\":\"sortition-study-cell/1\"}");
        File.Copy(kept[2], kept[0], overwrite: true);
        Study.Run(Options(instances), folder["half"]);
        AssertSame(folder, "whole", "half");
    }

    [Fact]
    public void Shards_put_together_are_the_whole()
    {
        using TemporaryFolder folder = new();
        IReadOnlyList<StudyInstance> instances = Pools(folder);
        Study.Run(Options(instances), folder["whole"]);
        string[] parts = [folder["part1"], folder["part2"], folder["part3"]];
        for (int p = 0; p < parts.Length; p++)
        {
            if (p == 2)
            {
                MalformedInputException missing = Assert.Throws<MalformedInputException>(() => Study.Merge(parts[..2], folder["merged"]));
                Assert.Equal("studies/missing-cells", missing.Faults[0].Code.Name);
            }

            Assert.Empty(Study.Run(Options(instances, shard: new StudyShard(p + 1, parts.Length)), parts[p]).Files);
        }

        Study.Merge(parts, folder["merged"]);
        AssertSame(folder, "whole", "merged");
    }

    [Fact]
    public void Nothing_is_written_over()
    {
        using TemporaryFolder folder = new();
        IReadOnlyList<StudyInstance> instances = Pools(folder);
        Study.Run(Options(instances), folder["out"]);
        Assert.Throws<Files.Storage.FilesExistException>(() => Study.Run(Options(instances), folder["out"]));
        Assert.Throws<TimeoutException>(() => Study.Run(Options(instances, progress: new Failing(1)), folder["half"]));
        StudyOptions other = new() { Instances = instances, Algorithms = s_algorithms, Seed = "another", Draws = 40 };
        Assert.Equal("studies/other-study", Assert.Throws<MalformedInputException>(() => Study.Run(other, folder["half"])).Faults[0].Code.Name);
        Assert.Equal("studies/other-study", Assert.Throws<MalformedInputException>(() => Study.Merge([folder["out"]], folder["merged"])).Faults[0].Code.Name);
        Assert.Equal("1", Study.SeedOf(folder["half"]));
    }

    /// <summary>The files are told by their lines, and nothing of what stands in them gets out.</summary>
    [Fact]
    public void An_instance_that_fails_is_a_row()
    {
        using TemporaryFolder folder = new();
        Pool(folder, "bad_2", Quotas, People.Replace("p3,male", "p3,secret-value", StringComparison.Ordinal));
        Pool(folder, "good_2", Quotas, People);
        Pool(folder, "impossible_2", Quotas.Replace("female,1,2", "female,2,2", StringComparison.Ordinal), People);
        StudyResult result = Study.Run(Options(InstanceSearch.FindAll([folder["pools"]])), folder["out"]);
        Assert.Equal((12, 8), (result.Cells, result.NotDone));
        string failures = folder.Read("out/failures.csv");
        Assert.Contains("bad_2,leximin,failed,core/unknown-value,\"respondents.csv, line 4, column \"\"gender\"\"\"\n", failures, StringComparison.Ordinal);
        Assert.Contains("impossible_2,greedy,infeasible,,\n", failures, StringComparison.Ordinal);
        Assert.DoesNotContain("good_2", failures, StringComparison.Ordinal);
        Assert.Contains("bad_2,leximin,status,5,\nbad_2,minimax,status,5,\n", folder.Read("out/results.csv"), StringComparison.Ordinal);
        Assert.Contains("impossible_2,uniform,status,1,\n", folder.Read("out/results.csv"), StringComparison.Ordinal);
        Assert.All(folder.Names("out"), name => Assert.DoesNotContain("secret-value", folder.Read($"out/{name}"), StringComparison.Ordinal));
    }

    [Fact]
    public void Names_are_no_formulas_and_no_markup()
    {
        using TemporaryFolder folder = new();
        Pool(folder, "=1+1<script>alert(1)_2", Quotas, People);
        Study.Run(Options(InstanceSearch.FindAll([folder["pools"]])), folder["out"]);
        string page = folder.Read("out/report.html");
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page.Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.All(folder.Read("out/results.csv").Split('\n')[1..^1], row => Assert.StartsWith("'=1+1", row, StringComparison.Ordinal));
    }

    /// <summary>A table that another system made, for people without ids: row numbers take their place.</summary>
    [Fact]
    public void A_lottery_made_elsewhere_is_an_algorithm_of_its_own()
    {
        using TemporaryFolder folder = new();
        Pool(folder, "town_2", Quotas, People.Replace("id,", "", StringComparison.Ordinal).Replace("p1,", "", StringComparison.Ordinal).Replace("p2,", "", StringComparison.Ordinal)
            .Replace("p3,", "", StringComparison.Ordinal).Replace("p4,", "", StringComparison.Ordinal).Replace("p5,", "", StringComparison.Ordinal).Replace("p6,", "", StringComparison.Ordinal));
        folder.Write("pools/town_2/another.csv", "Panel number,Suggested probability,agent 1,agent 2\n1,0.5,1,4\n2,25%,2,3\n3,0.25,4,5\n");
        folder.Write("pools/town_2/notes.csv", "anything,else\n1,2\n");
        folder.Write("pools/town_2/intersections.csv", "category 1,feature 1,category 2,feature 2,population share\ngender,female,age,young,0.3\nincome,high,age,old,10%\n");
        StudyResult result = Study.Run(Options(InstanceSearch.FindAll([folder["pools/town_2"]])), folder["out"]);
        Assert.Equal((5, 0), (result.Cells, result.NotDone));
        Assert.Contains("town_2,another,1,0.5,\ntown_2,another,2,0.25,\ntown_2,another,3,0.25,\ntown_2,another,4,0.75,\ntown_2,another,5,0.25,\ntown_2,another,6,0,\n", folder.Read("out/chances.csv"), StringComparison.Ordinal);
        string results = folder.Read("out/results.csv");

        // Panel 3 has no woman. Women who are young, 0.3 of the population: half the panel with probability 0.5, nobody else.
        Assert.Contains("town_2,another,broken_share,0.25,\n", results, StringComparison.Ordinal);
        Assert.Equal((0.5 * 0.04) + (0.5 * 0.09), Value(results, "town_2,another,pairs_mse_population"), 1e-12);
        Assert.Contains("town_2,another,min_chance,0,\n", results, StringComparison.Ordinal);
    }

    [Fact]
    public void A_malformed_lottery_is_told_all_at_once()
    {
        using TemporaryFolder folder = new();
        SelectionProblem problem = Problem(folder);
        string file = folder.Write("other.csv", "Panel number,Suggested probability,agent 1,agent 2\n1,0.4,p1,nobody\n2,x,p2,p2\n3,-1,p1,p4\n");
        MalformedInputException faults = Assert.Throws<MalformedInputException>(() => ForeignLottery.Load(file, problem));
        Assert.Equal(["studies/unknown-agent", "studies/not-a-number", "studies/agent-twice", "studies/not-a-number"], faults.Faults.Select(f => f.Code.Name));
        Assert.Equal([2, 3, 3, 4], faults.Faults.Select(f => f.Location.Line!.Value));
        Assert.All(faults.Faults, fault => Assert.NotEqual(fault.Code.Name, StudyTexts.For("da").Describe(fault)));
        string sum = folder.Write("sum.csv", "Panel number,Suggested probability,agent 1,agent 2\n1,0.4,p1,p4\n");
        Assert.Equal("studies/probability-sum", Assert.Throws<MalformedInputException>(() => ForeignLottery.Load(sum, problem)).Faults[0].Code.Name);
    }

    [Fact]
    public void Figures_are_checked_within_their_tolerances()
    {
        using TemporaryFolder folder = new();
        IReadOnlyList<StudyInstance> instances = InstanceSearch.FindAll(["Alternate(20,4)"]);
        string expected = folder.Write(
            "expected.csv",
            "instance,algorithm,metric,expected,tolerance,source\n\"Alternate(20,4)\",leximin,min_chance,0.2,1e-9,theorem\n\"Alternate(20,4)\",leximin,chance:p00,0.3,0.05,wrong\n\"Alternate(20,4)\",leximin,nothing,1,1,\nnowhere,leximin,gini,0,1,\n\"Alternate(20,4)\",leximin,min_chance_of_best,1,0,\n");
        StudyResult result = Study.Run(Options(instances), folder["out"], new StudyWriting { Expected = ExpectedFigure.Load(expected) });
        Assert.Equal([true, false, false, false, true], result.Figures.Select(f => f.IsReached));
        Assert.Equal(-0.1, result.Figures[1].Difference!.Value, 1e-9);
        Assert.Null(result.Figures[2].Reached);
        Assert.Equal(6, folder.Read("out/check.csv").Split('\n')[..^1].Length);

        // A difference below 0 with an exponent is written so that no cell begins like a formula.
        string near = folder.Write("near.csv", "instance,algorithm,metric,expected,tolerance\n\"Alternate(20,4)\",leximin,people,20.0000000001,1\n");
        Study.Run(Options(instances), folder["near"], new StudyWriting { Expected = ExpectedFigure.Load(near) });
        string difference = folder.Read("near/check.csv").Split('\n')[1].Split(',')[^2];
        Assert.Equal(-1e-10, double.Parse(difference, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture), 1e-14);
        string bad = folder.Write("bad.csv", "instance,algorithm,metric,expected,tolerance\na,b,c,?,-1\n");
        Assert.Equal(2, Assert.Throws<MalformedInputException>(() => ExpectedFigure.Load(bad)).FaultCount);
    }

    [Fact]
    public void What_is_no_instance_is_told()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["empty"]);
        Pool(folder, "nameless", Quotas, People);
        MalformedInputException faults = Assert.Throws<MalformedInputException>(() => InstanceSearch.FindAll([folder["empty"], folder["pools"], "Alternate(7,2)", folder["not-there"]]));
        Assert.Equal(["studies/no-instance", "studies/no-panel-size", "studies/not-in-family", "studies/no-instance"], faults.Faults.Select(f => f.Code.Name));
        Assert.Equal(["nameless", "nameless (2)"], InstanceSearch.FindAll([folder["pools"], folder["pools/nameless"]], new InstanceOptions { PanelSize = 2 }).Select(i => i.Name));
    }

    /// <summary>A problem as JSON is the same instance as its two files.</summary>
    [Fact]
    public void Problems_as_json()
    {
        using TemporaryFolder folder = new();
        SelectionProblem problem = Problem(folder);
        folder.Write("problems.json", "{}");
        Directory.CreateDirectory(folder["json"]);
        folder.Write("json/town.json", ProblemJson.Serialize(problem));
        folder.Write("json/other.json", "{}");
        Assert.Equal(problem, Assert.Single(InstanceSearch.FindAll([folder["json"]])).Load());
    }

    /// <summary>Chances by exact counting, as published for the family (see docs/reproductions): one woman in the centre, women, men.</summary>
    [Fact]
    public void Uniform_chances_of_the_family()
    {
        StudyLottery lottery = StudyAlgorithm.Find("uniform")!.Run(AlternateFamily.Create(200, 20), new StudyRun { Seed = "1", Draws = 20 }).Lottery!;
        Assert.True(lottery.HasExactChances);
        Assert.Equal(0.0731985294, lottery.Chances[0], 1e-10);
        Assert.Equal(0.1005715241, lottery.Chances[1], 1e-10);
        Assert.Equal(0.0997022059, lottery.Chances[199], 1e-10);
        Assert.Null(lottery.ErrorOf(0));
    }

    private static double Value(string results, string start) =>
        double.Parse(results.Split('\n').Single(row => row.StartsWith(start, StringComparison.Ordinal)).Split(',')[3], CultureInfo.InvariantCulture);

    private static SelectionProblem Problem(TemporaryFolder folder)
    {
        Pool(folder, "town_2", Quotas, People);
        return InstanceSearch.FindAll([folder["pools/town_2"]])[0].Load();
    }

    private static IReadOnlyList<StudyInstance> Pools(TemporaryFolder folder)
    {
        Pool(folder, "first_2", Quotas, People);
        Pool(folder, "second_3", Quotas, People);
        return InstanceSearch.FindAll([folder["pools"], "Alternate(20,4)"]);
    }

    private static void Pool(TemporaryFolder folder, string name, string quotas, string people)
    {
        Directory.CreateDirectory(folder[$"pools/{name}"]);
        folder.Write($"pools/{name}/categories.csv", quotas);
        folder.Write($"pools/{name}/respondents.csv", people);
    }

    private static StudyOptions Options(IReadOnlyList<StudyInstance> instances, int threads = 2, IProgress<StudyProgress>? progress = null, StudyShard? shard = null) => new()
    {
        Instances = instances,
        Algorithms = s_algorithms,
        Seed = "1",
        Draws = 40,
        MaxThreads = threads,
        Progress = progress,
        Shard = shard,
    };

    /// <summary>Everything but what the clock says.</summary>
    private static void AssertSame(TemporaryFolder folder, string expected, string found)
    {
        Assert.Equal(["chances.csv", "environment.json", "failures.csv", "report.html", "results.csv", "timings.csv"], folder.Names(expected));
        Assert.Equal(folder.Names(expected), folder.Names(found));
        Assert.All(folder.Names(expected).Where(name => name != "timings.csv"), name => Assert.Equal(folder.Read($"{expected}/{name}"), folder.Read($"{found}/{name}")));
    }

    /// <summary>Ends a study after so many cells, as a process ends that is killed.</summary>
    private sealed class Failing(int at) : IProgress<StudyProgress>
    {
        private int _left = at;

        public void Report(StudyProgress value)
        {
            if (--_left == 0)
            {
                throw new TimeoutException();
            }
        }
    }

    private sealed class Counting : IProgress<StudyProgress>
    {
        public int Reports { get; private set; }

        public void Report(StudyProgress value) => Reports++;
    }
}
