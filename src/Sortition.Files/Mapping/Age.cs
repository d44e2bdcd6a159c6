namespace Sortition.Files.Mapping;

/// <summary>How old people are on a day. Who was born on 29 February comes of age on 1 March where there is none.</summary>
internal static class Age
{
    /// <summary>Whole years from a birth to a day that is not before it.</summary>
    public static int On(DateOnly day, DateOnly birth)
    {
        int years = day.Year - birth.Year;
        return birth > day.AddYears(-years) ? years - 1 : years;
    }

    /// <summary>The least and the greatest age of those who were born in a year, which is not after that of the day.</summary>
    public static (int Youngest, int Oldest) OfYear(DateOnly day, int year)
    {
        int oldest = On(day, new DateOnly(year, 1, 1));

        // In the year of the day itself somebody may be born on the day, and is 0.
        int youngest = year == day.Year ? 0 : On(day, new DateOnly(year, 12, 31));
        return (youngest, oldest);
    }
}
