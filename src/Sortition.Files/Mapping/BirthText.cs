using System.Globalization;
using System.Text.RegularExpressions;

namespace Sortition.Files.Mapping;

/// <summary>In which order days and months stand.</summary>
internal enum DateOrder
{
    DayFirst,
    MonthFirst,
}

/// <summary>A cell that tells when somebody was born: a date, a year, or a date that can be read in two ways.</summary>
internal sealed partial class BirthText
{
    /// <summary>Dates that can be read in one way only. A time of day, which forms add, says nothing.</summary>
    private static readonly string[] CertainForms =
    [
        "yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "d MMM yyyy", "d MMMM yyyy", "d-MMM-yyyy", "MMM d yyyy", "MMMM d yyyy", "MMM d, yyyy", "MMMM d, yyyy",
    ];

    /// <summary>Longer texts are no dates.</summary>
    private const int Longest = 40;

    private BirthText(int? year, DateOnly? dayFirst, DateOnly? monthFirst) => (Year, DayFirst, MonthFirst) = (year, dayFirst, monthFirst);

    /// <summary>A year alone.</summary>
    public int? Year { get; }

    /// <summary>The date if days stand first; null where that is none.</summary>
    private DateOnly? DayFirst { get; }

    private DateOnly? MonthFirst { get; }

    /// <summary>Whether the two orders give two dates.</summary>
    public bool IsAmbiguous => DayFirst is not null && MonthFirst is not null && DayFirst != MonthFirst;

    /// <summary>The only order in which it is a date; null where it is one in both, or in none.</summary>
    public DateOrder? OnlyOrder => DayFirst is null == MonthFirst is null ? null : DayFirst is null ? DateOrder.MonthFirst : DateOrder.DayFirst;

    /// <summary>Reads a cell; null where it tells neither a date nor a year of four digits.</summary>
    public static BirthText? TryRead(string cell)
    {
        if (cell.Length > Longest)
        {
            return null;
        }

        string text = Spaces().Replace(TimeOfDay().Replace(cell.Trim(), ""), " ");
        if (text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int year) && year >= 1)
        {
            return new BirthText(year, null, null);
        }

        if (DateOnly.TryParseExact(text, CertainForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly certain))
        {
            return new BirthText(null, certain, certain);
        }

        if (!ThreeNumbers().IsMatch(text))
        {
            return null;
        }

        string same = Marks().Replace(text, "/");
        DateOnly? dayFirst = Read(same, "d/M/yyyy");
        DateOnly? monthFirst = Read(same, "M/d/yyyy");
        return dayFirst is null && monthFirst is null ? null : new BirthText(null, dayFirst, monthFirst);
    }

    /// <summary>The date; null where there is only a year, or no date in this order.</summary>
    public DateOnly? Date(DateOrder? order) => order == DateOrder.MonthFirst ? MonthFirst : order == DateOrder.DayFirst ? DayFirst : DayFirst ?? MonthFirst;

    private static DateOnly? Read(string text, string form) =>
        DateOnly.TryParseExact(text, form, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date) ? date : null;

    [GeneratedRegex(@"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp]\.?[Mm]\.?)?Z?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TimeOfDay();

    [GeneratedRegex(@"\s+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^\d{1,2} ?[./-] ?\d{1,2} ?[./-] ?\d{4}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ThreeNumbers();

    [GeneratedRegex(@" ?[./-] ?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Marks();
}
