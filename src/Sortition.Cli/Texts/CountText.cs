using System.Globalization;
using System.Numerics;
using Sortition.Core.Sampling;

namespace Sortition.Cli.Texts;

/// <summary>How many panels there are, in words.</summary>
internal static class CountText
{
    private const int LongestShownWhole = 7;

    /// <summary>The answer in a sentence.</summary>
    public static string Sentence(Language language, PanelCount count)
    {
        string among = language.Text(
            count.Exact?.IsOne == true ? "count/among-one" : "count/among", ("size", count.Problem.PanelSize), ("people", count.Problem.People.Count));
        return count.Exact is BigInteger exact
            ? language.Text(exact.IsOne ? "count/one" : "count/exact", ("number", exact), ("among", among))
            : count.IsConclusive
                ? language.Text("count/about", ("number", Power(language, count.Log10!.Value)), ("among", among))
                : language.Text("count/unknown", ("among", among));
    }

    /// <summary>What there is to say beside it.</summary>
    public static IEnumerable<(string Label, string Text)> Lines(Language language, PanelCount count)
    {
        if (count.Exact is BigInteger exact)
        {
            string digits = exact.ToString(CultureInfo.InvariantCulture);
            yield return (language.Text("label/how"), language.Text("count/one-by-one"));
            if (digits.Length > LongestShownWhole)
            {
                yield return (
                    language.Text("label/size"), language.Text("count/digits", ("digits", digits.Length), ("number", Power(language, count.Log10!.Value))));
            }

            yield break;
        }

        yield return (
            language.Text("label/how"),
            language.Text(
                count.Proposals == 0 ? "count/not-at-all" : "count/estimated",
                ("proposals", count.Proposals),
                ("hits", language.Number(count.EffectiveHits, "0"))));
        if (count.Log10 is double log)
        {
            string error = count.Log10StandardError is double e
                ? language.Text("count/error", ("error", language.Number(e, "0.0000")))
                : language.Text("count/too-few-hits");
            yield return ("log10", language.Number(log, "0.0000") + error);
        }

        yield return (language.Text("label/bounds"), count.Log10LowerBound is double low
            ? language.Text("count/bounds", ("low", language.Number(low, "0.0000")), ("high", language.Number(count.Log10UpperBound, "0.0000")))
            : language.Text("count/upper-bound", ("high", language.Number(count.Log10UpperBound, "0.00"))));
    }

    /// <summary>A number by its decimal logarithm, with three digits, like 3.20e43.</summary>
    private static string Power(Language language, double log)
    {
        double exponent = Math.Floor(log);
        double mantissa = Math.Pow(10, log - exponent);
        (mantissa, exponent) = mantissa >= 9.995 ? (1, exponent + 1) : (mantissa, exponent);
        return $"{language.Number(mantissa, "0.00")}e{language.Number(exponent, "0")}";
    }
}
