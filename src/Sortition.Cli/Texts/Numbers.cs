using System.CommandLine;
using System.Globalization;

namespace Sortition.Cli.Texts;

/// <summary>Numbers and days as they are typed, the same in every language and culture.</summary>
internal static class Numbers
{
    /// <summary>An option that takes a whole number.</summary>
    public static Option<int?> Whole(string name, string helpName, int min, int max) => new(name)
    {
        HelpName = helpName,
        CustomParser = argument =>
        {
            string text = argument.Tokens[^1].Value;
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max)
            {
                return number;
            }

            argument.AddError(Language.Of(argument).Text("usage/not-whole", ("option", name), ("text", text), ("min", min), ("max", max)));
            return null;
        },
    };

    /// <summary>An option that takes a number, with a point before its decimals.</summary>
    public static Option<double?> Real(string name, string helpName, double min, double max) => new(name)
    {
        HelpName = helpName,
        CustomParser = argument =>
        {
            string text = argument.Tokens[^1].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= min && number <= max)
            {
                return number;
            }

            argument.AddError(Language.Of(argument).Text("usage/not-a-number", ("option", name), ("text", text), ("min", Typed(min)), ("max", Typed(max))));
            return null;
        },
    };

    /// <summary>An option that takes a chance, as a number or in percent.</summary>
    public static Option<double?> Chance(string name) => new(name)
    {
        HelpName = "CHANCE",
        CustomParser = argument =>
        {
            string text = argument.Tokens[^1].Value;
            if (ShareText.TryRead(text.Trim(), out decimal number, out bool hasSign) && (hasSign ? number / 100 : number) is >= 0 and <= 1 and decimal chance)
            {
                return (double)chance;
            }

            argument.AddError(Language.Of(argument).Text("usage/not-a-chance", ("option", name), ("text", text)));
            return null;
        },
    };

    /// <summary>The day that an option names; null where it is not given.</summary>
    /// <exception cref="UsageException">It names none.</exception>
    public static DateOnly? Day(ParseResult line, Option<string?> option) =>
        line.GetValue(option) is not string text ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day
        : throw new UsageException("usage/not-a-day", ("option", option.Name), ("text", text));

    /// <summary>A whole number.</summary>
    public static string Show(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number as it is to be typed.</summary>
    private static string Typed(double number) => number.ToString(CultureInfo.InvariantCulture);
}
