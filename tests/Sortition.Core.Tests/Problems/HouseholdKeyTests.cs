using Sortition.Core.Problems;
using Xunit;

namespace Sortition.Core.Tests.Problems;

public sealed class HouseholdKeyTests
{
    [Theory]
    [InlineData("Main Street 1", "2620", " main\u00a0STREET \t 1 ", "2620 ")]
    [InlineData("\u00c5gade 1", "", "a\u030aGADE\n1", null)]
    [InlineData("i 1", "x", "I 1", "X")]
    public void Spellings_of_one_address_agree_in_every_culture(string street, string? town, string sameStreet, string? sameTown)
    {
        foreach (string culture in new[] { "", "tr-TR" })
        {
            Cultures.In(culture, () =>
            {
                string? key = HouseholdKey.Create(street, town);
                Assert.NotNull(key);
                Assert.Equal(key, HouseholdKey.Create(sameStreet, sameTown));
                Assert.Equal(key, HouseholdKey.Create(key));
            });
        }
    }

    [Fact]
    public void Different_addresses_differ()
    {
        string?[] keys = [HouseholdKey.Create("1 a", "b"), HouseholdKey.Create("1", "a b"), HouseholdKey.Create("1 a b"), HouseholdKey.Create("1a", "b"), HouseholdKey.Create("1 a", null, "b")];
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Fact]
    public void An_address_without_its_first_column_is_unknown()
    {
        Assert.Null(HouseholdKey.Create());
        Assert.Null(HouseholdKey.Create([null]));
        Assert.Null(HouseholdKey.Create("", "2620"));
        Assert.Null(HouseholdKey.Create(" \t\u00a0", "2620"));
        Assert.NotNull(HouseholdKey.Create("Street", "  "));
    }
}
