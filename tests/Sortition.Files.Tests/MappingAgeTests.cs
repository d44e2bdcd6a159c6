using FsCheck.Xunit;
using Sortition.Files.Mapping;
using Xunit;
using static Sortition.Files.Tests.MappingTables;

namespace Sortition.Files.Tests;

/// <summary>Ages and the bands that hold them.</summary>
public sealed class MappingAgeTests
{
    [Theory]
    [InlineData("16-24 år", 16, 24)]
    [InlineData("16–24", 16, 24)]
    [InlineData("16 - 24 years", 16, 24)]
    [InlineData("16 to 24", 16, 24)]
    [InlineData("18 til 24 år", 18, 24)]
    [InlineData("18 bis 24 Jahre", 18, 24)]
    [InlineData("de 18 à 24 ans", 18, 24)]
    [InlineData("18 t/m 24 jaar", 18, 24)]
    [InlineData("18-24 éves", 18, 24)]
    [InlineData("Aged 18-24", 18, 24)]
    [InlineData("16 to under 25", 16, 24)]
    [InlineData("75+", 75, null)]
    [InlineData("75 +", 75, null)]
    [InlineData("75+ år", 75, null)]
    [InlineData("75 years+", 75, null)]
    [InlineData("65 and over", 65, null)]
    [InlineData("65 years and over", 65, null)]
    [InlineData("65 or older", 65, null)]
    [InlineData("65 og derover", 65, null)]
    [InlineData("65 år og ældre", 65, null)]
    [InlineData("65 år och äldre", 65, null)]
    [InlineData("65 und älter", 65, null)]
    [InlineData("65 ans et plus", 65, null)]
    [InlineData("65 jaar en ouder", 65, null)]
    [InlineData("65 év felett", 65, null)]
    [InlineData("at least 65", 65, null)]
    [InlineData("≥ 65", 65, null)]
    [InlineData("over 64", 65, null)]
    [InlineData("> 64", 65, null)]
    [InlineData("über 64", 65, null)]
    [InlineData("Under 25", 0, 24)]
    [InlineData("<25", 0, 24)]
    [InlineData("moins de 25 ans", 0, 24)]
    [InlineData("unter 25", 0, 24)]
    [InlineData("25 év alatt", 0, 24)]
    [InlineData("up to 24", 0, 24)]
    [InlineData("til og med 24", 0, 24)]
    [InlineData("24 og derunder", 0, 24)]
    [InlineData("24 or younger", 0, 24)]
    [InlineData("<= 24", 0, 24)]
    [InlineData("18", 18, 18)]
    [InlineData("18 år", 18, 18)]
    public void Names_of_bands_tell_the_ages(string name, int from, int? to) => Assert.Equal(new Band(name, from, to), BandNames.TryRead(name));

    [Theory]
    [InlineData("1980-1999")]
    [InlineData("Før 1980")]
    [InlineData("Prefer not to say")]
    [InlineData("24-16")]
    [InlineData("Ward 3")]
    [InlineData("16-24 (N=30)")]
    [InlineData("about 30")]
    [InlineData("not 30-40")]
    [InlineData("2 children and 1 dog")]
    public void Other_names_tell_none(string name) => Assert.Null(BandNames.TryRead(name));

    [Property(MaxTest = 2000)]
    public bool Age_is_the_number_of_birthdays(int dayNumber, int daysBefore)
    {
        DateOnly day = new DateOnly(1990, 1, 1).AddDays(Math.Abs(dayNumber % 20_000));
        DateOnly birth = day.AddDays(-Math.Abs(daysBefore % 40_000));
        int birthdays = day.Year - birth.Year - ((day.Month, day.Day).CompareTo((birth.Month, birth.Day)) < 0 ? 1 : 0);
        return Age.On(day, birth) == birthdays;
    }

    [Property(MaxTest = 300)]
    public bool The_ages_of_a_year_are_those_of_its_days(int dayNumber, int yearsBefore)
    {
        DateOnly day = new DateOnly(1990, 1, 1).AddDays(Math.Abs(dayNumber % 20_000));
        int year = day.Year - Math.Abs(yearsBefore % 100);
        int[] ages = [.. Enumerable.Range(0, 366).Select(d => new DateOnly(year, 1, 1).AddDays(d)).Where(d => d.Year == year && d <= day).Select(d => Age.On(day, d))];
        return Age.OfYear(day, year) == (ages.Min(), ages.Max());
    }

    [Fact]
    public void The_band_of_every_date_of_birth_is_that_of_a_plain_count()
    {
        // All days of 100 years on a day in a leap year and on one that is not.
        foreach (DateOnly asOf in (DateOnly[])[new(2024, 2, 29), new(2026, 2, 28), new(2026, 5, 1)])
        {
            DateOnly[] births = [.. Enumerable.Range(0, 36_525).Select(d => asOf.AddDays(-d))];
            string mapping = OfFeature(
                """ "kind": "birthDate", "bands": { "0-17": [0, 17], "18-64": [18, 64], "65+": [65, null] } """, $$""" "asOf": "{{asOf:yyyy-MM-dd}}" """);
            string[] rows = [.. births.Select((birth, i) => $"{i};{birth:yyyy-MM-dd}")];
            string[] expected = [.. births.Select(birth => Count(birth, asOf) is int age && age < 18 ? "0-17" : age < 65 ? "18-64" : "65+")];
            Assert.Equal(expected, Apply(mapping, Table(["id;x", .. rows])).Rows.Select(r => r[1]));
        }

        // Year by year, until the next birthday has not come.
        static int Count(DateOnly birth, DateOnly day)
        {
            int age = 0;
            while ((birth.Year + age + 1, birth.Month, birth.Day).CompareTo((day.Year, day.Month, day.Day)) <= 0)
            {
                age++;
            }

            return age;
        }
    }
}
