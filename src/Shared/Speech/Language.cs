using System.Globalization;
using Sortition.Core;
using Sortition.Studies;

namespace Sortition.Shared.Speech;

/// <summary>
/// What the command and the pages speak: their texts, and numbers as they are shown. Files and what is typed are the same in every language.
/// </summary>
internal sealed class Language
{
    // The pages say much in the sentences of the command, and have them beside their own.
    private const string Borrowed = "CommandTexts/";

    private Language(TextRenderer packages) =>
        Texts = With(With(packages, $"{Borrowed}en.json"), $"{Borrowed}{packages.Language}.json").WithTextsOf(typeof(Language).Assembly);

    public static Language English { get; } = new(StudyTexts.English);

    /// <summary>The codes of the languages there are.</summary>
    public static IReadOnlyList<string> Codes => TextRenderer.Languages;

    public string Code => Texts.Language;

    /// <summary>The sentences of the command and of all packages.</summary>
    public TextRenderer Texts { get; }

    /// <summary>A language by its code, one of <see cref="Codes"/>.</summary>
    public static Language Of(string code) =>
        string.Equals(code, English.Code, StringComparison.Ordinal) ? English : new Language(StudyTexts.For(code));

    /// <summary>The code of the language that the system is set to; English where that is none of <see cref="Codes"/>.</summary>
    public static string CodeOfLocale()
    {
        // The order of POSIX; where nothing is set, as on Windows, the framework knows.
        string[] variables = ["LC_ALL", "LC_MESSAGES", "LANG"];
        string locale = variables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value))
            ?? CultureInfo.CurrentUICulture.Name;
        string code = locale.Split('_', '-', '.', '@')[0];
        return Codes.FirstOrDefault(c => string.Equals(c, code, StringComparison.OrdinalIgnoreCase)) ?? English.Code;
    }

    /// <summary>A text with its places filled.</summary>
    public string Text(string key, params ReadOnlySpan<(string Name, object? Value)> values) => Texts.Render(key, values);

    /// <summary>What an option's help calls a value, such as FILE.</summary>
    public string Name(string helpName) => Texts.Has("name/" + helpName) ? Text("name/" + helpName) : helpName;

    /// <summary>A number in a format.</summary>
    public string Number(double number, string format) => number.ToString(format, Texts.Numbers);

    /// <summary>A whole number with marks between thousands.</summary>
    public string Thousands(int number) => number.ToString("N0", Texts.Numbers);

    /// <summary>A duration in seconds.</summary>
    public string Seconds(TimeSpan time) => Number(time.TotalSeconds, "0.0") + " s";

    /// <summary>A probability as a percentage with decimals enough for small ones.</summary>
    public string Percent(double probability) => Percent(probability, FormatOf(probability));

    /// <summary>A share as a percentage in a format.</summary>
    public string Percent(double share, string format) => Text("number.percent", ("number", Number(100 * share, format)));

    /// <summary>A difference of probabilities in points of a percent, with as many decimals as <see cref="Percent(double)"/>.</summary>
    public string Points(double difference) => Text("number.points", ("number", Number(100 * difference, FormatOf(difference))));

    /// <summary>A share as a percentage with one decimal.</summary>
    public string Share(int part, int whole) => Text("number.percent", ("number", Number(whole == 0 ? 0 : 100.0 * part / whole, "0.0")));

    private static TextRenderer With(TextRenderer texts, string resource)
    {
        using Stream? further = typeof(Language).Assembly.GetManifestResourceStream(resource);
        return further is null ? texts : texts.With(further);
    }

    private static string FormatOf(double probability) => probability switch
    {
        0 => "0",
        >= 0.001 => "0.000",
        >= 0.000_01 => "0.00000",
        _ => "0.0000000",
    };
}
