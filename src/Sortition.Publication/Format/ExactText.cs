using System.Globalization;
using System.Numerics;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Shared;

namespace Sortition.Publication.Format;

/// <summary>
/// Numbers and constraints as the texts of a published lottery: whole numbers in digits, others as fractions, lists with spaces between them.
/// </summary>
internal static class ExactText
{
    private static readonly (ConstraintKind Kind, string Name)[] s_kinds =
    [
        (ConstraintKind.PanelSize, "panelSize"),
        (ConstraintKind.QuotaMinimum, "quotaMinimum"),
        (ConstraintKind.QuotaMaximum, "quotaMaximum"),
        (ConstraintKind.HouseholdLimit, "householdLimit"),
        (ConstraintKind.MustBeIn, "mustBeIn"),
    ];

    /// <summary>A finite number of 0 or more as the fraction that it is, a/b in lowest terms.</summary>
    public static string Fraction(double number)
    {
        BigInteger bottom = 1;
        while (number != Math.Floor(number))
        {
            (number, bottom) = (number * 2, bottom * 2);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{new BigInteger(number)}/{bottom}");
    }

    /// <summary>The number of a fraction; null if the text is not the one that it has.</summary>
    public static double? ReadFraction(string text)
    {
        string[] parts = text.Length > 700 ? [] : text.Split('/');
        double? number = parts.Length == 2
            && BigInteger.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out BigInteger top)
            && BigInteger.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out BigInteger bottom)
            && !bottom.IsZero ? (double)top / (double)bottom : null;
        return number is double d && double.IsFinite(d) && string.Equals(Fraction(d), text, StringComparison.Ordinal) ? d : null;
    }

    public static string Numbers(IEnumerable<long> numbers) => string.Join(' ', numbers.Select(JsonForm.Text));

    /// <summary>The numbers of a list; null if one is not written as it should be.</summary>
    public static IReadOnlyList<long>? ReadNumbers(string text)
    {
        List<long> numbers = [];
        foreach (string word in text.Length == 0 ? [] : text.Split(' '))
        {
            if (!long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
                || !string.Equals(JsonForm.Text(number), word, StringComparison.Ordinal))
            {
                return null;
            }

            numbers.Add(number);
        }

        return numbers;
    }

    /// <summary>The same for numbers from 0 to less than a bound.</summary>
    public static IReadOnlyList<int>? ReadIndices(string text, int bound) =>
        ReadNumbers(text) is { } numbers && numbers.All(n => n >= 0 && n < bound) ? [.. numbers.Select(n => (int)n)] : null;

    public static string Seats(IEnumerable<TypeSeats> seats) =>
        string.Join(' ', seats.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Type}:{s.Seats}")));

    /// <summary>The seats of a panel, each of a type as type:seats; null if they are not written as they should be.</summary>
    public static IReadOnlyList<TypeSeats>? ReadSeats(string text, int types)
    {
        List<TypeSeats> seats = [];
        foreach (string pair in text.Split(' '))
        {
            if (pair.Split(':') is not [string type, string count] || ReadIndices(type, types) is not [int t]
                || ReadIndices(count, int.MaxValue) is not [int n])
            {
                return null;
            }

            seats.Add(new TypeSeats(t, n));
        }

        return seats;
    }

    /// <summary>What a constraint is called: its kind, and the number of its quota or class of households if it is about one.</summary>
    public static string Constraint(SelectionProblem problem, Constraint constraint, int? householdClass)
    {
        string name = s_kinds.First(k => k.Kind == constraint.Kind).Name;
        int? index = constraint.Quota is Quota quota ? Enumerable.Range(0, problem.Quotas.Count).First(q => quota.Equals(problem.Quotas[q])) : householdClass;
        return index is int i ? string.Create(CultureInfo.InvariantCulture, $"{name} {i}") : name;
    }

    /// <summary>The constraint of such a name; null if there is none.</summary>
    public static (Constraint Constraint, int? HouseholdClass)? ReadConstraint(SelectionProblem problem, string text)
    {
        string[] words = text.Split(' ');
        int found = Array.FindIndex(s_kinds, k => string.Equals(k.Name, words[0], StringComparison.Ordinal));
        ConstraintKind? kind = found < 0 ? null : s_kinds[found].Kind;
        int? index = words.Length == 2 && ReadIndices(words[1], int.MaxValue) is [int i] ? i : null;
        return kind switch
        {
            ConstraintKind.PanelSize or ConstraintKind.MustBeIn when words.Length == 1 => (new Constraint(kind.Value), null),
            ConstraintKind.QuotaMinimum or ConstraintKind.QuotaMaximum when index < problem.Quotas.Count =>
                (new Constraint(kind.Value, problem.Quotas[index.Value]), null),
            ConstraintKind.HouseholdLimit when words.Length == 1 || index is not null => (new Constraint(kind.Value), index),
            _ => null,
        };
    }
}
