using System.Globalization;
using Sortition.Core;
using Sortition.Core.Problems;

namespace Sortition.Studies.Instances;

/// <summary>The family Alternate(n, k), on which a method that only balances groups treats one person worst.</summary>
/// <remarks>
/// Two features: gender (f, m) and leaning (c, l). One person is f and c, n/2 − 1 are f and l, n/2 are m and c. Every quota is k/2 − 1 to k. The leximin
/// lottery gives everybody k/n. Source: Flanigan, Gölz, Gupta, Hennig, Procaccia, Fair algorithms for selecting citizens' assemblies, Nature 2021,
/// supplementary information.
/// </remarks>
public static class AlternateFamily
{
    private const string Start = "Alternate(";
    private const int MaxPeople = 10_000_000;

    /// <summary>Makes a member of the family.</summary>
    /// <param name="people">n, even, 4 or more.</param>
    /// <param name="panelSize">k, even, 2..n.</param>
    /// <returns>The problem. Person 0 in the order of making, called <c>p000…0</c>, is the one who is f and c.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The family has no such member.</exception>
    public static SelectionProblem Create(int people, int panelSize)
    {
        if (!Has(people, panelSize))
        {
            throw new ArgumentOutOfRangeException(nameof(people), "The family has pools of an even number of people, 4 or more, and even panel sizes.");
        }

        SelectionProblemBuilder builder = new(panelSize);
        foreach ((string feature, string value) in ((string, string)[])[("gender", "f"), ("gender", "m"), ("leaning", "c"), ("leaning", "l")])
        {
            builder.Quota(feature, value, (panelSize / 2) - 1, panelSize);
        }

        int digits = (people - 1).ToString(CultureInfo.InvariantCulture).Length;
        return builder.People(Enumerable.Range(0, people), new PersonReader<int>
        {
            Id = i => "p" + i.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0'),
            Value = (i, feature) => feature is "gender" ? (i < people / 2 ? "f" : "m") : (i == 0 || i >= people / 2 ? "c" : "l"),
        }).Build();
    }

    /// <summary>Reads <c>Alternate(200,20)</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="people">n; 0 where the text is no such name.</param>
    /// <param name="panelSize">k; 0 where the text is no such name.</param>
    /// <returns>Whether it is the name of a member that the family has.</returns>
    internal static bool TryParse(string text, out int people, out int panelSize)
    {
        (people, panelSize) = (0, 0);
        return IsName(text)
            && text[Start.Length..^1].Split(',') is [string n, string k]
            && int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out people)
            && int.TryParse(k, NumberStyles.None, CultureInfo.InvariantCulture, out panelSize)
            && Has(people, panelSize);
    }

    /// <summary>Whether a text looks like the name of a member, there or not.</summary>
    internal static bool IsName(string text) => text.StartsWith(Start, StringComparison.Ordinal) && text.EndsWith(')');

    private static bool Has(int people, int panelSize) =>
        people is >= 4 and <= MaxPeople && people % 2 == 0 && panelSize >= 2 && panelSize % 2 == 0 && panelSize <= people;
}
