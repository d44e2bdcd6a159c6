using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Sortition.Core;
using Sortition.Files.Dialects;
using Xunit;

namespace Sortition.Files.Tests;

/// <summary>Whatever comes in, either a problem comes out or a list of faults.</summary>
public sealed class HostileInputTests
{
    private static readonly string[] CsvPieces =
        ["\"", "\"\"", ",", ";", "\t", "\n", "\r", "\r\n", "id", "gender", "p1", "p2", "female", "male", "feature", "category", "min", "max", "1", "-1", "&", " ", "\uFEFF", "\0", "ø", "=", "'"];

    private static readonly string[] JsonPieces =
        ["{", "}", "[", "]", ",", ":", "\"format\"", "\"sortition-problem/1\"", "\"panelSize\"", "\"features\"", "\"quotas\"", "\"people\"", "1", "-1", "1.5", "null", "true", "\"\\ud800\"", "\"id\"", "\"values\"", " ", "\n", "x"];

    [Property(Arbitrary = [typeof(HostileInputTests)], MaxTest = 200)]
    public void Csv_of_any_kind(CsvText quotas, CsvText people)
    {
        LoadOrFault(quotas.Text, Loading.People);
        LoadOrFault(Loading.Quotas, people.Text);
        LoadOrFault(Loading.Quotas + quotas.Text, Loading.People + people.Text);
    }

    [Property(Arbitrary = [typeof(HostileInputTests)], MaxTest = 2000)]
    public void Json_of_any_kind(JsonText json) => ReadOrFault(json.Text);

    [Fact]
    public void Json_with_any_short_piece_changed()
    {
        const string Sound =
            """{"format":"sortition-problem/1","panelSize":1,"features":[{"name":"f","values":["v"]}],"quotas":[{"condition":[{"feature":"f","value":"v"}],"min":0,"max":1}],"people":[{"id":"a","values":["v"],"household":0,"status":"mustBeIn"}]}""";
        for (int start = 0; start < Sound.Length; start++)
        {
            for (int count = 0; count < 12 && start + count <= Sound.Length; count++)
            {
                foreach (string piece in JsonPieces)
                {
                    ReadOrFault(Sound.Remove(start, count).Insert(start, piece));
                }
            }
        }
    }

    public static Arbitrary<CsvText> CsvTexts() => Arb.From(Gen.ListOf(Gen.Elements(CsvPieces)).Select(p => new CsvText(string.Concat(p))));

    public static Arbitrary<JsonText> JsonTexts() => Arb.From(Gen.ListOf(Gen.Elements(JsonPieces)).Select(p => new JsonText(string.Concat(p))));

    private static void LoadOrFault(string quotas, string people)
    {
        try
        {
            LoadedProblem loaded = Loading.Load(quotas, people);
            Assert.All(Enumerable.Range(0, loaded.People.Rows.Count), row => Assert.InRange(loaded.People.PersonOf(row), 0, loaded.Problem.People.Count - 1));
        }
        catch (MalformedInputException e)
        {
            Assert.NotEmpty(e.Faults);
            Assert.All(e.Faults, f => Assert.NotEmpty(FileTexts.English.Describe(f)));
        }
    }

    private static void ReadOrFault(string json)
    {
        try
        {
            ProblemJson.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)));
        }
        catch (MalformedInputException e)
        {
            Assert.NotEmpty(e.Faults);
        }
    }

    public sealed record CsvText(string Text);

    public sealed record JsonText(string Text);
}
