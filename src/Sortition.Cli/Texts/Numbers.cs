using System.CommandLine;
using System.Globalization;
using Sortition.Shared;

namespace Sortition.Cli.Texts;

/// <summary>Numbers as they are typed and shown, the same in every culture.</summary>
internal static class Numbers
{
    /// <summary>An option that takes a whole number.</summary>
    public static Option<int?> Whole(string name, string helpName, string description, int min, int max) => new(name)
    {
        HelpName = helpName,
        Description = description,
        CustomParser = argument =>
        {
            string text = argument.Tokens[^1].Value;
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max)
            {
                return number;
            }

            argument.AddError(FormattableString.Invariant($"{name}: \"{text}\" is not a whole number from {min} to {max}."));
            return null;
        },
    };

    /// <summary>An option that takes a number, with a point before its decimals.</summary>
    public static Option<double?> Real(string name, string helpName, string description, double min, double max) => new(name)
    {
        HelpName = helpName,
        Description = description,
        CustomParser = argument =>
        {
            string text = argument.Tokens[^1].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= min && number <= max)
            {
                return number;
            }

            argument.AddError(FormattableString.Invariant($"{name}: \"{text}\" is not a number from {min} to {max}, written like 0.5."));
            return null;
        },
    };

    /// <summary>An option that takes a chance, as a number or in percent.</summary>
    public static Option<double?> Chance(string name, string description) => new(name)
    {
        HelpName = "CHANCE",
        Description = description,
        CustomParser = argument =>
        {
            string text = argument.Tokens[^1].Value;
            if (ShareText.TryRead(text.Trim(), out decimal number, out bool hasSign) && (hasSign ? number / 100 : number) is >= 0 and <= 1 and decimal chance)
            {
                return (double)chance;
            }

            argument.AddError($"{name}: \"{text}\" is not a chance from 0 to 1, written like 0.1 or 10%.");
            return null;
        },
    };

    /// <summary>A whole number.</summary>
    public static string Show(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A duration in seconds.</summary>
    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";

    /// <summary>A probability as a percentage with decimals enough for small ones.</summary>
    public static string Percent(double probability)
    {
        string format = probability switch
        {
            0 => "0",
            >= 0.001 => "0.000",
            >= 0.000_01 => "0.00000",
            _ => "0.0000000",
        };
        return (100 * probability).ToString(format, CultureInfo.InvariantCulture) + " %";
    }

    /// <summary>A share as a percentage with one decimal.</summary>
    public static string Share(int part, int whole) => (whole == 0 ? 0 : 100.0 * part / whole).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
