using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Sortition.Publication.Report.Model;

/// <summary>A language that reports are written in: its texts, and how it writes numbers.</summary>
/// <remarks>
/// Every language is one embedded file, Texts/CODE.json, from keys to texts. A text has named places, such as <c>{seats}</c>; a key that ends in <c>.one</c> is
/// the form for the number 1. Numbers are written as the file says, whatever the culture of the process. Immutable and safe to read from any thread.
/// </remarks>
public sealed class ReportLanguage
{
    private const string Prefix = "Report/Texts/";
    private const string Suffix = ".json";

    private readonly Dictionary<string, string> _texts;
    private readonly NumberFormatInfo _numbers;

    private ReportLanguage(string code, Dictionary<string, string> texts)
    {
        Code = code;
        _texts = texts;
        _numbers = new NumberFormatInfo
        {
            NumberDecimalSeparator = Text("number.decimal"),
            NumberGroupSeparator = Text("number.group"),
            NumberGroupSizes = [3],
            NegativeSign = "\u2212",
        };
    }

    /// <summary>The codes of all languages there are, in ordinal order.</summary>
    public static IReadOnlyList<string> Codes =>
        [.. typeof(ReportLanguage).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal) && n.EndsWith(Suffix, StringComparison.Ordinal))
            .Select(n => n[Prefix.Length..^Suffix.Length])
            .Order(StringComparer.Ordinal)];

    /// <summary>The language's code (BCP 47), such as <c>da</c>.</summary>
    internal string Code { get; }

    internal IReadOnlyDictionary<string, string> Texts => _texts;

    /// <summary>A language by its code.</summary>
    /// <param name="code">One of <see cref="Codes"/>.</param>
    /// <returns>The language.</returns>
    /// <exception cref="ArgumentException">There is no such language.</exception>
    public static ReportLanguage Get(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (!Codes.Contains(code, StringComparer.Ordinal))
        {
            throw new ArgumentException($"There is no language \"{code}\"; there are {string.Join(", ", Codes)}.", nameof(code));
        }

        using JsonDocument texts = JsonDocument.Parse(EmbeddedText.Read($"{Prefix}{code}{Suffix}"));
        return new ReportLanguage(code, texts.RootElement.EnumerateObject().ToDictionary(t => t.Name, t => t.Value.GetString()!, StringComparer.Ordinal));
    }

    internal bool Has(string key) => _texts.ContainsKey(key);

    /// <summary>A text as it stands in the file.</summary>
    internal string Text(string key) =>
        _texts.TryGetValue(key, out string? text) ? text : throw new KeyNotFoundException($"The language \"{Code}\" has no text \"{key}\".");

    /// <summary>A text with its places filled.</summary>
    internal string Format(string key, params ReadOnlySpan<(string Name, string Value)> values)
    {
        StringBuilder text = new();
        foreach ((string piece, bool isPlace) in Pieces(key))
        {
            text.Append(isPlace ? ValueOf(key, piece, values) : piece);
        }

        return text.ToString();
    }

    /// <summary>A text cut into what stands and what is to be filled in.</summary>
    internal IEnumerable<(string Piece, bool IsPlace)> Pieces(string key)
    {
        string text = Text(key);
        int start = 0;
        while (text.IndexOf('{', start) is >= 0 and int open)
        {
            int close = text.IndexOf('}', open);
            yield return (text[start..open], false);
            yield return (text[(open + 1)..close], true);
            start = close + 1;
        }

        yield return (text[start..], false);
    }

    internal static T ValueOf<T>(string key, string place, ReadOnlySpan<(string Name, T Value)> values)
    {
        foreach ((string name, T value) in values)
        {
            if (string.Equals(name, place, StringComparison.Ordinal))
            {
                return value;
            }
        }

        throw new KeyNotFoundException($"Nothing is given for the place {{{place}}} of the text \"{key}\".");
    }

    /// <summary>How many, with the right form of the noun: the text <paramref name="key"/>, or the one for 1.</summary>
    internal string Count(string key, int number) => Format(number == 1 && Has(key + ".one") ? key + ".one" : key, ("number", Whole(number)));

    internal string Whole(long number) => number.ToString("N0", _numbers);

    internal string Real(double number, int decimals) =>
        Math.Round(number, decimals, MidpointRounding.AwayFromZero).ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), _numbers);

    /// <summary>A day, with the name of its month.</summary>
    internal string Day(DateOnly day) => Format(
        "date",
        ("day", day.Day.ToString(CultureInfo.InvariantCulture)),
        ("month", Text("months").Split(' ')[day.Month - 1]),
        ("year", day.Year.ToString(CultureInfo.InvariantCulture)));

    /// <summary>A range of whole numbers, or the one number.</summary>
    internal string Range(int min, int max) => min == max ? Whole(min) : Format("range", ("from", Whole(min)), ("to", Whole(max)));

    /// <summary>A share in hundredths, with one decimal.</summary>
    internal string Number(double share) => Real(100 * share, 1);

    /// <summary>A share as a percentage, with one decimal.</summary>
    internal string Share(double share) => Format("percent", ("number", Real(100 * share, 1)));

    /// <summary>A round share as a percentage.</summary>
    internal string Tick(double share) =>
        Format("percent", ("number", Real(100 * share, Math.Abs(100 * share - Math.Round(100 * share)) < 1e-9 ? 0 : Decimals(share))));

    /// <summary>A chance as a percentage, with two decimals, or more where it is small.</summary>
    internal string Chance(double chance) => Format("percent", ("number", Real(100 * chance, Decimals(chance))));

    /// <summary>A difference of chances, in percentage points.</summary>
    internal string Points(double difference) => Format("points", ("number", Real(100 * difference, Decimals(difference))));

    private static int Decimals(double chance) => Math.Abs(chance) switch
    {
        0 => 0,
        >= 0.001 => 2,
        >= 0.000_01 => 4,
        _ => 6,
    };
}
