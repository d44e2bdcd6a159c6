using System.Text;
using FsCheck.Xunit;
using Sortition.Core;
using Sortition.Core.Problems;
using Xunit;

namespace Sortition.Files.Tests;

public sealed class JsonTests
{
    private const string Small =
        """{"format":"sortition-problem/1","panelSize":2,"householdLimit":1,"features":[{"name":"køn","values":["k","m"]},{"name":"by","values":["x"]}],"quotas":[{"condition":[{"feature":"køn","value":"k"}],"min":1,"max":2,"minFlex":0,"maxFlex":2},{"condition":[{"feature":"køn","value":"m"},{"feature":"by","value":"x"}],"min":0,"max":1}],"people":[{"id":"a","values":["k","x"],"household":0},{"id":"b","values":["m","x"],"status":"mustBeIn"},{"id":"c","values":["k","x"],"household":0,"status":"mustBeOut"}]}""";

    private const string SmallLottery =
        """{"format":"sortition-lottery/1","problemSha256":"HASH","types":[[0,3],[1,2]],"panels":[{"weight":"3458764513820540928","seats":[[0,1],[1,1]]},{"weight":"1152921504606846976","seats":[[0,2]]}],"uncovered":[],"certificate":{"objective":"maximin","status":"notProven","value":0.375,"bound":0.5,"claims":[{"weights":["1","1"],"capWeights":[],"limit":"2","prices":[{"kind":"panelSize","price":"1"}],"value":0.375,"bound":0.5,"confirmedBy":"adding up"}]}}""";

    [Property(Arbitrary = [typeof(RandomProblems)], MaxTest = 500)]
    public void Problems_read_and_written_again_have_the_same_bytes(SelectionProblem problem)
    {
        byte[] written = Bytes(s => ProblemJson.Write(s, problem));
        SelectionProblem read = ProblemJson.Read(new MemoryStream(written));
        Assert.Equal(written, Bytes(s => ProblemJson.Write(s, read)));
        Assert.Equal(Loading.Sketch(problem), Loading.Sketch(read));
        Assert.Equal(problem.People.Select(p => (p.Id, p.Household, p.Status)), read.People.Select(p => (p.Id, p.Household, p.Status)));
        Assert.Equal(problem.Quotas.Select(q => (q.MinFlex, q.MaxFlex)), read.Quotas.Select(q => (q.MinFlex, q.MaxFlex)));
        Assert.Equal((problem.PanelSize, problem.HouseholdLimit), (read.PanelSize, read.HouseholdLimit));
    }

    [Property(Arbitrary = [typeof(RandomProblems)], MaxTest = 300)]
    public void Lotteries_read_and_written_again_have_the_same_bytes(PanelLottery lottery)
    {
        byte[] written = Bytes(s => LotteryJson.Write(s, lottery));
        PanelLottery read = LotteryJson.Read(new MemoryStream(written), ProblemJson.Read(new MemoryStream(Bytes(s => ProblemJson.Write(s, lottery.Problem)))));
        Assert.Equal(written, Bytes(s => LotteryJson.Write(s, read)));
        Assert.Equal(lottery.SelectionProbabilities(), read.SelectionProbabilities());
        Certificate certificate = read.Certificate;
        Assert.Equal((lottery.Certificate.Objective.Name, lottery.Certificate.Objective.Parameter), (certificate.Objective.Name, certificate.Objective.Parameter));
        Assert.Equal((lottery.Certificate.Status, lottery.Certificate.Value, lottery.Certificate.Bound), (certificate.Status, certificate.Value, certificate.Bound));
        Assert.Equal(lottery.Uncovered.Select(u => TextRenderer.English.Describe(u, lottery.Problem)), read.Uncovered.Select(u => TextRenderer.English.Describe(u, read.Problem)));
    }

    [Fact]
    public void The_form_of_a_problem_is_this_and_no_other()
    {
        SelectionProblem problem = new SelectionProblemBuilder(2)
            .HouseholdLimit(1)
            .Quota(new QuotaInput { Condition = [new("køn", "k")], Min = 1, Max = 2, MinFlex = 0, MaxFlex = 2 })
            .Quota(new QuotaInput { Condition = [new("KØN", "M"), new("by", "X")], Min = 0, Max = 1 })
            .Feature("køn", "m")
            .People([("c", "k", "Elm"), ("a", "k", "elm"), ("b", "m", "")], new PersonReader<(string Id, string Gender, string Street)>
            {
                Id = p => p.Id,
                Value = (p, feature) => feature == "by" ? "x" : p.Gender,
                Household = p => p.Street,
            })
            .MustBeIn("b")
            .MustBeOut("c")
            .Build();
        Assert.Equal(Small.Replace("\"x\"", "\"X\"", StringComparison.Ordinal), Encoding.UTF8.GetString(Bytes(s => ProblemJson.Write(s, problem))));
        Assert.Equal(Small, Encoding.UTF8.GetString(Bytes(s => ProblemJson.Write(s, Read(Small)))));
    }

    [Fact]
    public void The_form_of_a_lottery_is_this_and_no_other()
    {
        SelectionProblem problem = LotteryProblem();
        string expected = SmallLottery.Replace("HASH", HashOf(problem), StringComparison.Ordinal);
        Assert.Equal(expected, Encoding.UTF8.GetString(Bytes(s => LotteryJson.Write(s, Lotteries.Of(problem)))));
        Assert.Equal(0.625, ReadLottery(expected, problem).ProbabilityOf("p1"));
    }

    [Fact]
    public void A_real_pool_with_households_goes_there_and_back()
    {
        SelectionProblem problem = ProblemFiles.Load(InstanceFiles.Options("albertslund", 36) with { HouseholdColumns = ["adresse", "postnr"] }).Problem;
        byte[] written = Bytes(s => ProblemJson.Write(s, problem));
        SelectionProblem read = ProblemJson.Read(new MemoryStream(written));
        Assert.Equal(written, Bytes(s => ProblemJson.Write(s, read)));
        Assert.Equal(problem.People.Select(p => p.Household), read.People.Select(p => p.Household));
        Assert.Equal(problem.Quotas.Select(q => q.ToString()), read.Quotas.Select(q => q.ToString()));
    }

    [Fact]
    public void Space_between_tokens_and_a_byte_order_mark_do_not_matter()
    {
        string spaced = "\uFEFF" + Small.Replace(",\"", ",\r\n\t \"", StringComparison.Ordinal);
        Assert.Equal(Small, Encoding.UTF8.GetString(Bytes(s => ProblemJson.Write(s, Read(spaced)))));
    }

    [Theory]
    [InlineData("\"sortition-problem/1\"", "\"sortition-problem/2\"", "files/unknown-format", "$.format")]
    [InlineData("\"format\":\"sortition-problem/1\",", "", "files/missing-member", "$.format")]
    [InlineData("\"panelSize\":2", "\"panelSize\":2.0", "files/not-a-whole-number", "$.panelSize")]
    [InlineData("\"panelSize\":2", "\"panelSize\":2e0", "files/not-a-whole-number", "$.panelSize")]
    [InlineData("\"panelSize\":2", "\"panelSize\":\"2\"", "files/not-a-whole-number", "$.panelSize")]
    [InlineData("\"panelSize\":2", "\"panelSize\":null", "files/not-a-whole-number", "$.panelSize")]
    [InlineData("\"panelSize\":2", "\"panelSize\":-2", "core/panel-size-not-positive", "$.panelSize")]
    [InlineData("\"panelSize\":2", "\"panelSize\":99999999999", "core/number-too-large", "$.panelSize")]
    [InlineData("\"panelSize\":2,", "\"panelSize\":2,\"panelSize\":3,", "files/member-twice", "$.panelSize")]
    [InlineData("\"panelSize\":2,", "", "files/missing-member", "$.panelSize")]
    [InlineData("\"panelSize\":2,", "\"panelSize\":2,\"extra\":3,", "files/unknown-member", "$")]
    [InlineData("\"householdLimit\":1", "\"householdLimit\":0", "core/household-limit-not-positive", "$.householdLimit")]
    [InlineData("\"min\":1,\"max\":2,", "\"min\":1,\"max\":2.5,", "files/not-a-whole-number", "$.quotas[0].max")]
    [InlineData("\"min\":0,\"max\":1}", "\"max\":1}", "files/missing-member", "$.quotas[1].min")]
    [InlineData("\"min\":0,\"max\":1}", "\"min\":2,\"max\":1}", "core/min-above-max", "$.quotas[1].min")]
    [InlineData("\"min\":0,\"max\":1}", "\"min\":-1,\"max\":1}", "core/negative-number", "$.quotas[1].min")]
    [InlineData("\"minFlex\":0", "\"minFlex\":2", "core/min-flex-above-min", "$.quotas[0].minFlex")]
    [InlineData("{\"feature\":\"by\",\"value\":\"x\"}", "{\"feature\":\"by\"}", "files/missing-member", "$.quotas[1].condition[1].value")]
    [InlineData("{\"feature\":\"by\",\"value\":\"x\"}", "7", "files/not-an-object", "$.quotas[1].condition[1]")]
    [InlineData("{\"feature\":\"by\",\"value\":\"x\"}", "{\"feature\":\"by\",\"value\":\"y\"}", "core/unknown-value", "$.quotas[1].condition")]
    [InlineData("\"values\":[\"x\"]", "\"values\":[\"x\",\" \"]", "core/missing-value-name", "$.features[1].values[1]")]
    [InlineData("[\"k\",\"m\"]},", "[\"k\",\"m\",5]},", "files/not-a-text", "$.features[0].values[2]")]
    [InlineData("{\"id\":\"b\",\"values\":[\"m\",\"x\"]", "{\"id\":\"b\",\"values\":[\"m\",\"y\"]", "core/unknown-value", "$.people[1].values[1]")]
    [InlineData("{\"id\":\"b\",\"values\":[\"m\",\"x\"]", "{\"id\":\"b\",\"values\":[\"m\",\" \"]", "core/missing-value", "$.people[1].values[1]")]
    [InlineData("{\"id\":\"b\",\"values\":[\"m\",\"x\"]", "{\"id\":\"b\",\"values\":[\"m\",null]", "files/not-a-text", "$.people[1].values[1]")]
    [InlineData("{\"id\":\"b\",\"values\":[\"m\",\"x\"]", "{\"id\":\"b\",\"values\":[\"m\"]", "files/wrong-value-count", "$.people[1].values")]
    [InlineData("{\"id\":\"b\",\"values\":[\"m\",\"x\"]", "{\"id\":\"\\ud800\",\"values\":[\"m\",\"x\"]", "files/invalid-unicode", "$.people[1].id")]
    [InlineData("{\"id\":\"b\"", "{\"id\":\" \"", "core/missing-id", "$.people[1].id")]
    [InlineData("{\"id\":\"b\"", "{\"id\":\"a\"", "core/conflicting-duplicate", "$.people[1].id")]
    [InlineData("{\"id\":\"b\",", "{", "files/missing-member", "$.people[1].id")]
    [InlineData("\"household\":0}", "\"household\":-1}", "core/negative-number", "$.people[0].household")]
    [InlineData("\"household\":0}", "\"household\":0.5}", "files/not-a-whole-number", "$.people[0].household")]
    [InlineData("mustBeIn", "MUSTBEIN", "files/unknown-word", "$.people[1].status")]
    public void A_malformed_problem_is_one_fault_with_its_path(string part, string changed, string code, string path)
    {
        Assert.Contains(part, Small, StringComparison.Ordinal);
        Fault fault = Assert.Single(Faults(Small.Replace(part, changed, StringComparison.Ordinal)));
        Assert.Equal((code, new FaultLocation(path)), (fault.Code.Name, fault.Location));
    }

    [Fact]
    public void Everything_wrong_with_a_problem_is_told_at_once()
    {
        string[] faults = [.. Faults(
            """
            {"format":"sortition-problem/1","panelSize":0,"householdLimit":true,"features":[{"name":"f","values":["v"]},{"name":"F","values":{}}],
             "quotas":[{"condition":[],"min":-1,"max":1},{"condition":[{"feature":"g","value":"w"}],"min":1,"max":null}],
             "people":[{"id":"a","values":["u","x"]},[],{"id":3,"values":[],"age":30}]}
            """).Select(f => $"{f.Location} {f.Code.Name}")];
        Assert.Equal(
            [
                "$.features[1].name files/duplicate-feature",
                "$.features[1].values files/not-an-array",
                "$.householdLimit files/not-a-whole-number",
                "$.panelSize core/panel-size-not-positive",
                "$.people core/missing-feature",
                "$.people[0].values[0] core/unknown-value",
                "$.people[1] files/not-an-object",
                "$.people[2] files/unknown-member",
                "$.people[2].id files/not-a-text",
                "$.people[2].values files/wrong-value-count",
                "$.quotas[0].condition core/empty-condition",
                "$.quotas[0].min core/negative-number",
                "$.quotas[1].max files/not-a-whole-number",
            ],
            faults.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("{", 1)]
    [InlineData("{\n\"format\":\n}", 3)]
    [InlineData("{}{}", 1)]
    [InlineData("[[[[[[[[[[[[]]]]]]]]]]]]", 1)]
    [InlineData("{\"a\":1,}", 1)]
    [InlineData("// no\n{}", 1)]
    public void What_is_no_json_is_a_fault_with_its_line(string text, int line)
    {
        Fault fault = Assert.Single(Faults(text));
        Assert.Equal(("files/malformed-json", new FaultLocation("$", line)), (fault.Code.Name, fault.Location));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"x\"")]
    public void Documents_that_are_no_object_are_faults(string text) => Assert.Equal("files/not-an-object", Assert.Single(Faults(text)).Code.Name);

    [Fact]
    public void Bytes_that_are_no_utf8_are_a_fault() =>
        Assert.Throws<MalformedInputException>(() => ProblemJson.Read(new MemoryStream([.. Encoding.UTF8.GetBytes(Small)[..^2], 0xFF, 0xFE])));

    [Theory]
    [InlineData("sortition-lottery/1", "sortition-lottery/2", "$.format")]
    [InlineData("HASH", "0000", "$.problemSha256")]
    [InlineData("[[0,3],[1,2]]", "[[0,2],[1,3]]", "$.types")]
    [InlineData("[[0,3],[1,2]]", "[[0,3]]", "$.types")]
    [InlineData("[[0,3],[1,2]]", "[[0,-3],[1,2]]", "$.types[0][1]")]
    [InlineData("\"3458764513820540928\"", "3458764513820540928", "$.panels[0].weight")]
    [InlineData("\"3458764513820540928\"", "\"3458764513820540929\"", "$.panels")]
    [InlineData("\"3458764513820540928\"", "\"03458764513820540928\"", "$.panels[0].weight")]
    [InlineData("\"3458764513820540928\"", "\"-1\"", "$.panels[0].weight")]
    [InlineData("\"3458764513820540928\"", "\"99999999999999999999\"", "$.panels[0].weight")]
    [InlineData("[[0,1],[1,1]]", "[[0,2],[1,1]]", "$.panels[0]")]
    [InlineData("[[0,1],[1,1]]", "[[0,3]]", "$.panels[0]")]
    [InlineData("[[0,1],[1,1]]", "[[1,1],[0,1]]", "$.panels[0].seats[1]")]
    [InlineData("[[0,1],[1,1]]", "[[0,1],[0,1]]", "$.panels[0].seats[1]")]
    [InlineData("[[0,1],[1,1]]", "[[0,1],[1,1,1]]", "$.panels[0].seats[1]")]
    [InlineData("[[0,1],[1,1]]", "[[0,1],[7,1]]", "$.panels[0]")]
    [InlineData("\"uncovered\":[]", "\"uncovered\":[{\"person\":4,\"constraints\":[]}]", "$.uncovered[0].person")]
    [InlineData("\"uncovered\":[]", "\"uncovered\":[{\"person\":0,\"constraints\":[{\"kind\":\"other\"}]}]", "$.uncovered[0].constraints[0].kind")]
    [InlineData("\"uncovered\":[]", "\"uncovered\":[{\"person\":0,\"constraints\":[{\"kind\":\"quotaMinimum\"}]}]", "$.uncovered[0].constraints[0].quota")]
    [InlineData("\"uncovered\":[]", "\"uncovered\":[{\"person\":0,\"constraints\":[{\"kind\":\"panelSize\",\"quota\":0}]}]", "$.uncovered[0].constraints[0].quota")]
    [InlineData("\"uncovered\":[]", "\"uncovered\":[{\"person\":0,\"constraints\":[{\"kind\":\"quotaMaximum\",\"quota\":2}]}]", "$.uncovered[0].constraints[0].quota")]
    [InlineData("\"notProven\"", "\"proven\"", "$.certificate.status")]
    [InlineData("\"value\":0.375", "\"value\":\"0.375\"", "$.certificate.value")]
    [InlineData("\"value\":0.375", "\"value\":1e999", "$.certificate.value")]
    [InlineData("\"value\":0.375,", "", "$.certificate.value")]
    [InlineData("[\"1\",\"1\"]", "[\"1\"]", "$.certificate.claims[0].weights")]
    [InlineData("[\"1\",\"1\"]", "[\"1\",\"1.5\"]", "$.certificate.claims[0].weights[1]")]
    [InlineData(",\"certificate\":", ",\"certificates\":", "$.certificate")]
    public void A_malformed_lottery_is_refused_with_its_path(string part, string changed, string path)
    {
        SelectionProblem problem = LotteryProblem();
        Assert.Contains(part, SmallLottery, StringComparison.Ordinal);
        string text = SmallLottery.Replace(part, changed, StringComparison.Ordinal).Replace("HASH", HashOf(problem), StringComparison.Ordinal);
        MalformedInputException e = Assert.Throws<MalformedInputException>(() => ReadLottery(text, problem));
        Assert.Contains(path, e.Faults.Select(f => f.Location.Source));
    }

    [Fact]
    public void A_lottery_of_another_problem_is_refused()
    {
        SelectionProblem problem = LotteryProblem();
        string text = Encoding.UTF8.GetString(Bytes(s => LotteryJson.Write(s, Lotteries.Of(problem))));
        SelectionProblem other = Loading.Load(Lotteries.Quotas, "id,home\np1,flat\np2,house\np3,house\np5,flat\n").Problem;
        Assert.Contains("files/other-problem", Assert.Throws<MalformedInputException>(() => ReadLottery(text, other)).Faults.Select(f => f.Code.Name));
    }

    private static SelectionProblem LotteryProblem() => Loading.Load(Lotteries.Quotas, "id,home\np1,flat\np2,house\np3,house\np4,flat\n").Problem;

    private static string HashOf(SelectionProblem problem) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Bytes(s => ProblemJson.Write(s, problem))));

    private static SelectionProblem Read(string json) => ProblemJson.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)));

    private static PanelLottery ReadLottery(string json, SelectionProblem problem) => LotteryJson.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)), problem);

    private static IReadOnlyList<Fault> Faults(string json) => Assert.Throws<MalformedInputException>(() => Read(json)).Faults;

    private static byte[] Bytes(Action<Stream> write)
    {
        using MemoryStream stream = new();
        write(stream);
        return stream.ToArray();
    }
}
