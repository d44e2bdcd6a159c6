using System.Globalization;

namespace Sortition.Files.Tables.Xlsx;

/// <summary>Numbers of cells as text, alike in every culture.</summary>
internal static class NumberText
{
    // Beyond this, doubles are written with an exponent.
    private const double MaxWhole = 1e21;
    private const decimal MostParts = 1_000_000_000_000;
    private const int LastDay = 2_958_465;
    private const int DaysFrom1900To1904 = 1462;

    // The first spreadsheets took 1900 for a leap year, and all others since.
    private const int NoSuchDay = 60;

    /// <summary>A number: whole ones without decimals, others with the 15 digits that spreadsheet programs compute with.</summary>
    /// <returns>The text as it is if it says no number.</returns>
    public static string Of(string text)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number))
        {
            return text;
        }

        double shown = number == Math.Truncate(number)
            ? number
            : double.Parse(number.ToString("G15", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        if (shown == 0)
        {
            return "0";
        }

        return shown == Math.Truncate(shown) && Math.Abs(shown) < MaxWhole
            ? shown.ToString("F0", CultureInfo.InvariantCulture)
            : shown.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>A number as the percentage that it is shown as: <c>50.4%</c> for 0.504.</summary>
    /// <returns>The number where it has too many digits.</returns>
    public static string OfPercentage(string text)
    {
        string number = Of(text);
        return decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal part) && Math.Abs(part) < MostParts
            ? (part * 100).ToString("0.############################", CultureInfo.InvariantCulture) + "%"
            : number;
    }

    /// <summary>A number of days as a date, with the time if there is one, or as a time alone; ISO 8601.</summary>
    /// <returns>The number where there is no such date.</returns>
    public static string OfDate(string text, bool countsFrom1904)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double days) || days is not (>= 0 and <= LastDay + 1))
        {
            return Of(text);
        }

        long seconds = (long)Math.Round(days * 86400, MidpointRounding.AwayFromZero);
        int day = (int)(seconds / 86400);
        TimeSpan time = TimeSpan.FromSeconds(seconds % 86400);
        string clock = time.ToString("hh\\:mm\\:ss", CultureInfo.InvariantCulture);
        if (day == 0 && !countsFrom1904)
        {
            return clock;
        }

        int from1900 = countsFrom1904 ? day + DaysFrom1900To1904 : day;
        return from1900 > LastDay ? Of(text) : time == TimeSpan.Zero ? DateOf(from1900) : $"{DateOf(from1900)}T{clock}";
    }

    private static string DateOf(int day) => day == NoSuchDay
        ? "1900-02-29"
        : new DateOnly(1899, 12, day < NoSuchDay ? 31 : 30).AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
