using System.Globalization;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Core.Certificates;

/// <summary>
/// Writes down what a claim of a certificate says as an integer program, for any solver to confirm: to find the panel whose members weigh most together.
/// </summary>
/// <remarks>
/// <para>The form is MPS with fields of any width (free MPS), which all solvers read; names are short and fields stand in the columns of old, for readers that
/// guess the form from the first lines. One variable a type says how many of its people are on the panel, and one row each says what the panel size, a quota
/// and a class of households allow. MPS has no agreed way to ask for a maximum, so what is minimised is the weight times −1.</para>
/// <para>The same lottery gives the same text, with LF at the end of lines. It holds the values of types, but nobody's id.</para>
/// </remarks>
public static class PricingProblem
{
    // Some readers cut longer lines in two, and would take the rest of a comment for data.
    private const int LongestComment = 100;

    /// <summary>Writes the program of one claim.</summary>
    /// <param name="writer">Where to. Names of features and values may need an encoding beyond ASCII; they are in comments only.</param>
    /// <param name="lottery">The lottery with its certificate.</param>
    /// <param name="claim">Index of the claim.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such claim.</exception>
    /// <exception cref="ArgumentException">The claim does not have one weight for each type.</exception>
    public static void WriteMps(TextWriter writer, PanelLottery lottery, int claim)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(lottery);
        ArgumentOutOfRangeException.ThrowIfNegative(claim);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(claim, lottery.Certificate.Claims.Count);
        WeightClaim stated = lottery.Certificate.Claims[claim];
        int types = lottery.Types.Count;
        if (stated.Weights.Count != types || (stated.CapWeights.Count != 0 && stated.CapWeights.Count != types))
        {
            throw new ArgumentException("The claim does not have one weight for each type.", nameof(lottery));
        }

        Row[] rows = [.. Rows(lottery.Problem)];
        WriteComments(writer, lottery, claim, rows);
        WriteRows(writer, rows);
        WriteColumns(writer, stated, types, rows);
        WriteRangesAndBounds(writer, lottery.Types, rows);
    }

    private static IEnumerable<Row> Rows(SelectionProblem problem)
    {
        PersonType[] types = problem.TypeTable.Types;
        int k = problem.PanelSize;
        yield return new Row("size", Enumerable.Range(0, types.Length).ToHashSet(), k, k, Invariant($"the panel has {k} members"));
        for (int q = 0; q < problem.Quotas.Count; q++)
        {
            Quota quota = problem.Quotas[q];
            HashSet<int> matching = [.. Enumerable.Range(0, types.Length).Where(t => problem.Matches(problem.People[types[t].Members[0]], quota))];
            yield return new Row(
                Invariant($"q{q}"), matching, quota.Min, quota.Max, Invariant($"{quota.Min} to {quota.Max} of {quota.FeatureLabel}: {quota.ValueLabel}"));
        }

        for (int h = 0; h < problem.TypeTable.Classes.Length; h++)
        {
            HouseholdClass of = problem.TypeTable.Classes[h];
            string meaning = Invariant($"at most {of.Limit} of each of {of.Households.Length} like household(s)");
            yield return new Row(Invariant($"h{h}"), of.Types.ToHashSet(), null, of.TotalLimit, meaning);
        }
    }

    private static void WriteComments(TextWriter writer, PanelLottery lottery, int claim, Row[] rows)
    {
        WeightClaim stated = lottery.Certificate.Claims[claim];
        string least = Invariant($"{-(Int128)stated.Limit}");
        Comment(
            writer,
            Invariant($"The heaviest panel, for claim {claim + 1} of {lottery.Certificate.Claims.Count} of a lottery's certificate ")
                + $"({lottery.Certificate.Objective.Name}).");
        Comment(
            writer,
            "A panel is described by how many people of each type are on it: x0, x1, ... Each of these people weighs the number in the row \"cost\" times -1.");
        Comment(writer, Invariant($"The claim: no panel weighs more than {stated.Limit}."));
        Comment(writer, Invariant($"To be MINIMISED is the weight times -1. The claim holds if the minimum, over whole numbers, is {least} or more."));
        Comment(writer, "Rows:");
        foreach (Row row in rows)
        {
            Comment(writer, $"  {row.Name}: {row.Meaning}");
        }

        Comment(writer, "Variables:");
        for (int t = 0; t < lottery.Types.Count; t++)
        {
            PersonType type = lottery.Types[t];
            IEnumerable<string> values = type.Values.Select((value, f) => $"{lottery.Problem.Features[f].Name}: {value}");
            string status = type.Status == PersonStatus.MustBeIn ? ", all of whom must be in" : "";
            Comment(writer, Invariant($"  x{t}: {type.Members.Count} people{status}; ") + string.Join(", ", values));
        }
    }

    private static void WriteRows(TextWriter writer, Row[] rows)
    {
        Line(writer, "NAME          panel");
        Line(writer, "ROWS");
        Line(writer, " N  cost");
        foreach (Row row in rows)
        {
            Line(writer, $" {(row.Min == row.Max ? 'E' : 'L')}  {row.Name}");
        }
    }

    private static void WriteColumns(TextWriter writer, WeightClaim claim, int types, Row[] rows)
    {
        Line(writer, "COLUMNS");
        Line(writer, "    whole     'MARKER'                 'INTORG'");
        for (int t = 0; t < types; t++)
        {
            Int128 weight = (Int128)claim.Weights[t] - (claim.CapWeights.Count > 0 ? claim.CapWeights[t] : 0);
            if (weight != 0)
            {
                Entry(writer, Invariant($"x{t}"), "cost", -weight);
            }

            foreach (Row row in rows)
            {
                if (row.Types.Contains(t))
                {
                    Entry(writer, Invariant($"x{t}"), row.Name, 1);
                }
            }
        }

        Line(writer, "    whole     'MARKER'                 'INTEND'");
        Line(writer, "RHS");
        foreach (Row row in rows)
        {
            Entry(writer, "rhs", row.Name, row.Max);
        }
    }

    private static void WriteRangesAndBounds(TextWriter writer, IReadOnlyList<PersonType> types, Row[] rows)
    {
        // A row that says "at most" reaches down from there by its range.
        Row[] ranges = [.. rows.Where(r => r.Min is int min && min != r.Max)];
        if (ranges.Length > 0)
        {
            Line(writer, "RANGES");
            foreach (Row row in ranges)
            {
                Entry(writer, "range", row.Name, row.Max - row.Min!.Value);
            }
        }

        Line(writer, "BOUNDS");
        for (int t = 0; t < types.Count; t++)
        {
            Entry(writer, "bound", Invariant($"x{t}"), types[t].Members.Count, types[t].Status == PersonStatus.MustBeIn ? "FX" : "UP");
        }

        Line(writer, "ENDATA");
    }

    /// <summary>Writes a comment in lines of bounded length, each beginning with an asterisk, without anything that could end a line.</summary>
    private static void Comment(TextWriter writer, string text)
    {
        string clean = string.Create(text.Length, text, (span, from) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(from[i]) || from[i] is '\u2028' or '\u2029' ? ' ' : from[i];
            }
        });
        string margin = "";
        while (clean.Length > 0)
        {
            int room = LongestComment - margin.Length;
            int cut = clean.Length <= room ? clean.Length : clean.LastIndexOf(' ', room);
            cut = cut > room / 2 ? cut : Math.Min(room, clean.Length);
            cut -= cut < clean.Length && char.IsLowSurrogate(clean[cut]) ? 1 : 0;
            Line(writer, $"* {margin}{clean[..cut]}");
            clean = clean[cut..].TrimStart();
            margin = "    ";
        }
    }

    private static void Entry(TextWriter writer, string first, string second, Int128 number, string kind = "") =>
        Line(writer, Invariant($" {kind,-3}{first,-10}{second,-10}{number}"));

    private static void Line(TextWriter writer, string text)
    {
        writer.Write(text);
        writer.Write('\n');
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>How many members of some types there may be.</summary>
    private sealed record Row(string Name, HashSet<int> Types, int? Min, int Max, string Meaning);
}
