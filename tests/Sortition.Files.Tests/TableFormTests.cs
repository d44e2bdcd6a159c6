using System.Text;
using Sortition.Core;
using Sortition.Files.Dialects;
using Sortition.Files.Results;
using Sortition.Files.Storage;
using Xunit;

namespace Sortition.Files.Tests;

/// <summary>Tables go out as they came in: separator, encoding and byte order mark.</summary>
public sealed class TableFormTests
{
    private const string Table = "id|g|navn\np1|a|Åse Ø\np2|b|\"x | y\"\np3|a|\n";

    public static TheoryData<char, int, bool> Forms()
    {
        TheoryData<char, int, bool> forms = [];
        foreach (char separator in (char[])[',', ';', '\t'])
        {
            foreach ((int page, bool mark) in ((int, bool)[])[(65001, false), (65001, true), (1200, true), (1201, true), (1252, false), (850, false)])
            {
                forms.Add(separator, page, mark);
            }
        }

        return forms;
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_table_has_the_form_it_came_in(char separator, int page, bool mark)
    {
        Encoding encoding = CodePagesEncodingProvider.Instance.GetEncoding(page) ?? Encoding.GetEncoding(page);
        byte[] Bytes(string text) => [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text.Replace('|', separator))];
        ReadingOptions reading = new() { Encoding = page == 850 ? "850" : null };
        FileSource file = FileSource.From(() => new MemoryStream(Bytes(Table)), "people.csv").With(reading);
        SelectionProblem problem = Problem("a", "b", "a");
        LoadedProblem input = PeopleFiles.LoadFor(file, problem, new PeopleFilesOptions { ContactColumns = ["Navn"] });
        Dictionary<string, byte[]> files = [];
        foreach ((string name, Action<Stream> write) in PanelFiles.Create(input, Panel.Create(problem, ["p1"]), [new LetterColumn("n", ["1", "2", "3"])]))
        {
            MemoryStream stream = new();
            write(stream);
            files.Add(name, stream.ToArray());
        }

        Assert.Equal(Bytes("id|g|navn\np1|a|Åse Ø\n"), files["selected.csv"]);
        Assert.Equal(Bytes("id|g|navn\np2|b|\"x | y\"\np3|a|\n"), files["remaining.csv"]);
        Assert.Equal(Bytes("id|n|outcome|navn\np1|1|selected|Åse Ø\np2|2|not selected|\"x | y\"\np3|3|not selected|\n"), files["letters.csv"]);
    }

    [Fact]
    public void A_letter_that_the_encoding_lacks_makes_it_UTF_8()
    {
        SelectionProblem problem = Problem("a");
        byte[] western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes("id,g,n\np1,a,Å\n");
        LoadedProblem input = PeopleFiles.LoadFor(FileSource.From(() => new MemoryStream(western), "people.csv"), problem);
        MemoryStream stream = new();
        PanelFiles.WriteLetters(stream, input, [new LetterColumn("word", ["Ж"])]);
        Assert.Equal("\uFEFFid,word\np1,Ж\n", Encoding.UTF8.GetString(stream.ToArray()));
        Assert.Equal(["files/encoding-assumed"], input.Warnings.Select(w => w.Code.Name));
    }

    private static SelectionProblem Problem(params string[] values) => new SelectionProblemBuilder(1)
        .Quota("g", "a", 0, 1)
        .Quota("g", "b", 0, 1)
        .People(Enumerable.Range(1, values.Length), i => $"p{i}", null, i => new Dictionary<string, string> { ["g"] = values[i - 1] })
        .Build();
}
