using System.CommandLine;
using Sortition.Cli.Texts;

namespace Sortition.Cli.Tests;

public sealed class CultureTests
{
    [Theory]
    [InlineData("tr-TR")]
    [InlineData("da-DK")]
    [InlineData("sv-SE")]
    [InlineData("fa-IR")]
    [InlineData("")]
    public void Numbers_are_read_and_shown_the_same_in_every_culture(string culture)
    {
        Cultures.In(culture, () =>
        {
            Assert.Equal("2.158 %", Language.English.Percent(0.0215827338));
            Assert.Equal("100.000 %", Language.English.Percent(1));
            Assert.Equal("0.730 %", Language.English.Percent(0.00729927));
            Assert.Equal("0.03600 %", Language.English.Percent(0.00036));
            Assert.Equal("0.0000123 %", Language.English.Percent(1.23e-7));
            Assert.Equal("0 %", Language.English.Percent(0));
            Assert.Equal("33.3 %", Language.English.Share(1, 3));
            Assert.Equal("2,158 %", Language.Of("da").Percent(0.0215827338));
            Assert.Equal("12,345 12.345", $"{Language.English.Thousands(12345)} {Language.Of("da").Thousands(12345)}");
            Assert.Equal("-1234567", Numbers.Show(-1234567));
            Option<double?> real = Numbers.Real("--x", "X", -1, 1000);
            Option<int?> whole = Numbers.Whole("--n", "N", -5, 1000);
            RootCommand command = [real, whole];
            ParseResult parsed = command.Parse(["--x", "0.5", "--n", "-5"]);
            Assert.Equal(0.5, parsed.GetValue(real));
            Assert.Equal(-5, parsed.GetValue(whole));
            Assert.NotEmpty(command.Parse(["--x", "0,5"]).Errors);
            Assert.NotEmpty(command.Parse(["--n", "1.000"]).Errors);
        });
    }
}
