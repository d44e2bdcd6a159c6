using System.Text;

namespace Sortition.Cli.Tests;

/// <summary>Small tables that can be read in two ways, or have in them what people put around tables: read right and said, or refused by name.</summary>
public sealed class ReadingByHandTests
{
    [Theory]

    // Separators, decimal commas and thousands.
    [InlineData("feature;value;percent\nkøn;K;50,5 %\nkøn;M;49,5 %\n", "", 0, "5–6|4–5")]
    [InlineData("feature;value;percent\nkøn;K;50,5\nkøn;M;49,5\n", "", 0, "5–6|4–5")]
    [InlineData("feature;value;antal\nkommune;A;1.250\nkommune;B;980\n", "", 0, "56.054 %|\"1.250\" was read as 1250")]
    [InlineData("feature;value;antal\nkommune;A;1 250\nkommune;B;980\n", "", 0, "56.054 %|!Warning")]
    [InlineData("feature;value;antal\nkommune;A;1.250,5\nkommune;B;980\n", "", 2, "a whole number has decimals (kommune = A), found \"1.250,5\"")]
    [InlineData("feature,value,percent\nkøn,K,50,5\nkøn,M,49,5\n", "", 2, "decimal comma?|2 lines (2–3)|The input has 1 fault(s)")]
    [InlineData("feature;value;percent\nkøn;K;50,5\nkøn;M;49.5\n", "", 2, "one column has two marks before decimals|\"50,5\" at")]
    [InlineData("feature;value;Zahl\nkøn;K;1.250\nkøn;M;980\n", "--number-column Zahl", 2, "--decimal point or --decimal comma")]
    [InlineData("feature;value;Zahl\nkøn;K;1.250\nkøn;M;980\n", "--number-column Zahl --decimal comma", 0, "56.054 %")]
    [InlineData("feature;value;Zahl\nkøn;K;1.250\nkøn;M;1,250\n", "--number-column Zahl", 2, "one column has two marks before decimals")]

    // Sums.
    [InlineData("feature,value,percent\nkøn,K,0.505\nkøn,M,0.495\n", "", 2, "shares or percent?|--measure shares")]
    [InlineData("feature,value,percent\nkøn,K,0.505\nkøn,M,0.495\n", "--measure shares", 0, "5–6|4–5")]
    [InlineData("feature,value,andel\nkøn,K,0.505\nkøn,M,0.495\n", "", 0, "5–6|4–5")]
    [InlineData("feature,value,percent\nkøn,K,50.4\nkøn,M,49.9\n", "", 0, "the percentages add up to 100.3")]
    [InlineData("feature,value,percent\nkøn,K,50\nkøn,M,49\n", "", 2, "the percentages do not add up to 100 (køn), found \"99\"")]

    // Headings of other languages, and tables that could be either.
    [InlineData("Kategori;Gruppe;Antal\nkøn;Kvinder;510\nkøn;Mænd;490\nalder;16-24;1000\n", "", 0, "Kvinder|51.000 %|alder")]
    [InlineData("Egenskap;Värde;Antal\nkön;Kvinnor;510\nkön;Män;490\n", "", 0, "51.000 %")]
    [InlineData("Kategori;Verdi;Antall\nkjønn;Kvinner;510\nkjønn;Menn;490\n", "", 0, "51.000 %")]
    [InlineData("Merkmal;Ausprägung;Anzahl\nGeschlecht;Frauen;510\nGeschlecht;Männer;490\n", "", 0, "51.000 %")]
    [InlineData("Merkmal;Kategorie;Prozent\nGeschlecht;Frauen;51,0\nGeschlecht;Männer;49,0\n", "", 0, "51.000 %")]
    [InlineData("Catégorie;Groupe;Effectif\nsexe;femmes;510\nsexe;hommes;490\n", "", 0, "51.000 %")]
    [InlineData("Kenmerk;Waarde;Aantal\ngeslacht;vrouw;510\ngeslacht;man;490\n", "", 0, "51.000 %")]
    [InlineData("Categoría;Nombre;Número\nsexo;mujer;510\nsexo;hombre;490\n", "", 0, "51.000 %")]
    [InlineData("Jellemző;Csoport;Létszám\nnem;nő;510\nnem;férfi;490\n", "", 0, "51.000 %")]
    [InlineData("Ting;Sag;Antal\nkøn;Kvinder;510\nkøn;Mænd;490\n", "", 2, "--layout list or --layout cross")]
    [InlineData("Ting;Sag;Antal\nkøn;Kvinder;510\nkøn;Mænd;490\n", "--layout list", 0, "51.000 %|køn")]
    [InlineData("køn;alder;Antal\nK;ung;1\nK;gammel;2\nM;ung;3\nM;gammel;4\n", "", 0, "K|30.000 %|ung|40.000 %")]

    // Totals, titles and remarks.
    [InlineData("feature,value,count\nkøn,K,510\nkøn,M,490\nkøn,I alt,1000\n", "", 0, "51.000 %|a total was left out, found \"I alt\"")]
    [InlineData("feature,value,count\nkøn,K,510\nkøn,M,490\nTotal,,1000\n", "", 0, "51.000 %|a total was left out")]
    [InlineData("feature,value,count\nkøn,K,510\nkøn,M,490\nkøn,I alt,1200\n", "", 2, "is this a total?|1000")]
    [InlineData("Befolkning 2025\n\nfeature,value,count\nkøn,K,510\nkøn,M,490\n", "", 0, "51.000 %|the line above the headings was not read")]
    [InlineData("feature,value,count\nkøn,K,510\nkøn,M,490\n\nKilde: Danmarks Statistik\n", "", 0, "51.000 %|a remark below the table was not read")]
    [InlineData("feature,value,count\nkøn,K,510\nkøn,M,490\nSource: Statistics, 2025\n", "", 0, "51.000 %|a remark below the table was not read")]
    [InlineData("sep=;\nfeature;value;count\nkøn;K;510\nkøn;M;490\n", "", 0, "51.000 %|!Warning")]
    public void A_population(string table, string options, int exitCode, string said)
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(["quotas", "--population", folder.Write("p.csv", table), "--size", "10", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Check(run, exitCode, said);
    }

    [Theory]
    [InlineData("id,gender,age\np1,Female,16–24\np2, MALE,25+\np3,female,16‑24\n", 0, "among these 3 people")]
    [InlineData("id,gender,age\np1,femal,16-24\np2,femal,25+\np3,male,25+\n", 2, "2 lines (2–3), column \"gender\"|did you mean \"female\"?")]
    [InlineData("id,gender,age\np1,fem\u0430le,16-24\np2,male,25+\n", 2, "U+0430")]
    [InlineData("Report\nid,sex,age\np1,female,16-24\n", 2, "found \"id, sex, age\"; expected a column named \"gender\"")]
    [InlineData("Report of all\nnr,sex,alder\n1,female,16-24\n", 2, "is this line a title, found \"Report of all\"?")]
    [InlineData("id,gender,age\np1,female,16-24\np2,male,25+\nTotal,,\n", 0, "a total was left out|among these 2 people")]
    [InlineData("id,gender,age\np1,female,16-24\np2,male,25+\nExtract of 1 May 2026\n", 0, "a remark below the table was not read|among these 2 people")]
    [InlineData("id,gender,age\np1,female,16-24\np2,male,25+\np3,,\n", 2, "a value is missing (p3)")]
    [InlineData("id,gender,age\nP-1,female,16-24\nP–1,female,25+\n", 2, "two rows have this id and differ")]
    [InlineData("id,gender,age,note\np1,female,16-24,=x\np2,male,25+,sep=;\n", 0, "among these 2 people")]
    public void A_pool(string people, int exitCode, string said)
    {
        using TemporaryFolder folder = new();
        string quotas = folder.Write("q.csv", "category,feature,min,max\ngender,female,0,2\ngender,male,0,2\nage,16-24,0,2\nage,25+,0,2\n");
        Check(CommandRun.Of("check", "-q", quotas, "-p", folder.Write("p.csv", people), "-k", "2"), exitCode, said);
    }

    [Fact]
    public void Bytes_that_are_no_utf8_in_a_file_that_otherwise_is_are_refused_with_their_line()
    {
        using TemporaryFolder folder = new();
        byte[] people = [.. Encoding.UTF8.GetBytes("id,k\u00f8n\n1,Kvinde\n2,"), .. Encoding.Latin1.GetBytes("M\u00e6nd"), .. "\n"u8];
        File.WriteAllBytes(folder["p.csv"], people);
        string quotas = folder.Write("q.csv", "category,feature,min,max\nk\u00f8n,Kvinde,0,2\nk\u00f8n,M\u00e6nd,0,2\n");
        Check(CommandRun.Of("check", "-q", quotas, "-p", folder["p.csv"], "-k", "2"), 2, "p.csv, line 3: here is a byte that is not UTF-8|--encoding");
    }

    [Fact]
    public void Sources_and_comments_of_percentages_are_kept()
    {
        using TemporaryFolder folder = new();
        string table = folder.Write("p.csv", "feature;value;percent;source;comment\nk\u00f8n;K;50,5;https://example.org/a;1 January\nk\u00f8n;M;49,5;;\n");
        Assert.Equal(0, CommandRun.Of("quotas", "--population", table, "--size", "10", "-o", folder["q.csv"]).ExitCode);
        Assert.Equal("category,feature,min,max,source,comment\nk\u00f8n,K,5,6,https://example.org/a,1 January\nk\u00f8n,M,4,5,,\n", folder.Read("q.csv"));
    }

    private static void Check(CommandRun run, int exitCode, string said)
    {
        string all = run.Output + run.Error;
        Assert.True(exitCode == run.ExitCode, all);
        Assert.All(said.Split('|'), text =>
        {
            if (text.StartsWith('!'))
            {
                Assert.DoesNotContain(text[1..], all, StringComparison.Ordinal);
            }
            else
            {
                Assert.Contains(text, all, StringComparison.Ordinal);
            }
        });
    }
}
