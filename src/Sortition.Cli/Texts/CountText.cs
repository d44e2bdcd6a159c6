using System.Globalization;
using System.Numerics;
using Sortition.Core.Sampling;

namespace Sortition.Cli.Texts;

/// <summary>How many panels there are, in words.</summary>
internal static class CountText
{
    private const int LongestShownWhole = 7;

    /// <summary>The answer in a sentence.</summary>
    public static string Sentence(PanelCount count)
    {
        string among = string.Create(CultureInfo.InvariantCulture, $"panel{(count.Exact?.IsOne == true ? "" : "s")} of {count.Problem.PanelSize} ")
            + string.Create(CultureInfo.InvariantCulture, $"among these {count.Problem.People.Count} people");
        if (count.Exact is BigInteger exact)
        {
            return string.Create(CultureInfo.InvariantCulture, $"There {(exact.IsOne ? "is" : "are")} exactly {exact} {among}.");
        }

        return count.IsConclusive
            ? $"There are about {Power(count.Log10!.Value)} {among}."
            : $"How many {among} there are is not known as closely as asked.";
    }

    /// <summary>What there is to say beside it.</summary>
    public static IEnumerable<(string Label, string Text)> Lines(PanelCount count)
    {
        if (count.Exact is BigInteger exact)
        {
            string digits = exact.ToString(CultureInfo.InvariantCulture);
            yield return ("How", "counted one by one, by dynamic programming over all quotas");
            if (digits.Length > LongestShownWhole)
            {
                yield return ("Size", string.Create(CultureInfo.InvariantCulture, $"{digits.Length} digits, about {Power(count.Log10!.Value)}"));
            }

            yield break;
        }

        yield return ("How", count.Proposals == 0
            ? "not at all: no table of the quotas fits that would hit a panel often enough"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"estimated, not exact: from {count.Proposals} random proposals, which are worth {count.EffectiveHits:0} equal hits"));
        if (count.Log10 is double log)
        {
            string error = count.Log10StandardError is double e
                ? string.Create(CultureInfo.InvariantCulture, $" ± {e:0.0000} (standard error)")
                : " (too few hits for a standard error)";
            yield return ("log10", log.ToString("0.0000", CultureInfo.InvariantCulture) + error);
        }

        yield return ("Bounds", count.Log10LowerBound is double low
            ? string.Create(CultureInfo.InvariantCulture, $"log10 from {low:0.0000} to {count.Log10UpperBound:0.0000}, with 95 % confidence")
            : string.Create(CultureInfo.InvariantCulture, $"log10 at most {count.Log10UpperBound:0.00}; nothing was hit, so there is no lower bound"));
    }

    /// <summary>A number by its decimal logarithm, with three digits, like 3.20e43.</summary>
    private static string Power(double log)
    {
        double exponent = Math.Floor(log);
        double mantissa = Math.Pow(10, log - exponent);
        (mantissa, exponent) = mantissa >= 9.995 ? (1, exponent + 1) : (mantissa, exponent);
        return string.Create(CultureInfo.InvariantCulture, $"{mantissa:0.00}e{exponent:0}");
    }
}
