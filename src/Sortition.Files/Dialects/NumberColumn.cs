using System.Globalization;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;

namespace Sortition.Files.Dialects;

/// <summary>What the heading of a column says of its numbers, and so how a point or a comma in them is read.</summary>
internal enum NumberKind
{
    /// <summary>Nothing: where a mark could be of either kind, somebody has to say which.</summary>
    Unknown,

    /// <summary>Whole numbers of people: a mark before three digits is one between thousands.</summary>
    Count,

    /// <summary>Percentages, shares and chances: such a mark is a decimal one.</summary>
    Percent,

    /// <summary>Whole numbers of seats, without marks.</summary>
    Seats,
}

/// <summary>A cell that should hold a number.</summary>
/// <param name="Text">What it holds, trimmed.</param>
/// <param name="IsExact">Whether it comes from a workbook as a number, so that its point is a decimal one.</param>
/// <param name="Location">Where it stands.</param>
/// <param name="Subject">What the number is about.</param>
internal sealed record NumberCell(string Text, bool IsExact, FaultLocation Location, string? Subject);

/// <summary>Reads the numbers of one column, in which one mark stands before decimals and the other, if any, between thousands.</summary>
/// <param name="kind">What its heading says.</param>
/// <param name="decimalMark">The mark before decimals, point or comma, if somebody said which.</param>
internal sealed class NumberColumn(NumberKind kind, char? decimalMark)
{
    private readonly List<NumberCell> _cells = [];

    /// <summary>Adds the next cell; blank ones have no number, and are for others to report.</summary>
    public void Add(NumberCell cell) => _cells.Add(cell);

    /// <summary>Reads all cells once all are known: one of them may settle what the marks of others mean.</summary>
    /// <param name="faults">Is told of each cell that holds no such number, of marks that contradict each other, and of what had to be assumed.</param>
    /// <returns>One number a cell; null where there is none.</returns>
    public IReadOnlyList<decimal?> Read(FaultList faults)
    {
        WrittenNumber[] written = [.. _cells.Select(WrittenNumber.Of)];
        char? mark = decimalMark ?? Settle(written, faults);
        bool isSilent = mark is null && Array.Exists(written, w => w.IsAmbiguous);
        if (isSilent && kind is NumberKind.Unknown)
        {
            WrittenNumber first = written.First(w => w.IsAmbiguous);
            faults.Add(FileFaults.DecimalMarkUnknown, first.Cell.Location, first.Cell.Subject, first.Cell.Text);
            return [.. written.Select(w => w.IsAmbiguous ? 0 : ValueOf(w, mark, faults))];
        }

        if (isSilent && kind is not NumberKind.Seats)
        {
            char first = written.First(w => w.IsAmbiguous).Mark;
            mark = kind == NumberKind.Percent ? first : WrittenNumber.Other(first);
            TellAssumption(written, mark.Value, faults);
        }

        return [.. written.Select(w => ValueOf(w, mark, faults))];
    }

    /// <summary>The mark before decimals that some cell leaves no doubt about; a fault where two cells contradict each other.</summary>
    private static char? Settle(WrittenNumber[] written, FaultList faults)
    {
        WrittenNumber? settled = null;
        foreach (WrittenNumber cell in written.Where(w => w.DecimalMark is not null))
        {
            settled ??= cell;
            if (cell.DecimalMark != settled.DecimalMark)
            {
                faults.Add(
                    FileFaults.TwoDecimalMarks, cell.Cell.Location, cell.Cell.Subject, cell.Cell.Text, settled.Cell.Text, settled.Cell.Location);
                return settled.DecimalMark;
            }
        }

        return settled?.DecimalMark ?? SettleAlike(written, faults);
    }

    /// <summary>Where nothing is certain, all marks must at least be one: of 1.250 and 1,250 one has decimals.</summary>
    private static char? SettleAlike(WrittenNumber[] written, FaultList faults)
    {
        WrittenNumber? first = Array.Find(written, w => w.IsAmbiguous);
        if (Array.Find(written, w => w.IsAmbiguous && w.Mark != first!.Mark) is WrittenNumber other)
        {
            faults.Add(FileFaults.TwoDecimalMarks, other.Cell.Location, other.Cell.Subject, other.Cell.Text, first!.Cell.Text, first.Cell.Location);
        }

        return null;
    }

    private void TellAssumption(WrittenNumber[] written, char mark, FaultList faults)
    {
        WrittenNumber example = written.First(w => w.IsAmbiguous);
        decimal value = example.Value(mark) ?? 0;
        faults.Add(
            kind == NumberKind.Count ? FileFaults.ThousandsAssumed : FileFaults.DecimalsAssumed,
            new FaultLocation(example.Cell.Location.Source, line: null, example.Cell.Location.Column),
            example.Cell.Text,
            value.ToString(CultureInfo.InvariantCulture),
            written.Count(w => w.IsAmbiguous));
    }

    private decimal? ValueOf(WrittenNumber written, char? mark, FaultList faults)
    {
        if (written.Cell.Text.Length == 0)
        {
            return null;
        }

        decimal? value = IsWrong(written.Form) ? null : written.Value(mark);
        bool isWhole = kind is NumberKind.Count or NumberKind.Seats;
        FaultCode? wrong = value is null ? FileFaults.NotANumber
            : isWhole && value != decimal.Truncate(value.Value) ? FileFaults.FractionOfPeople
            : null;
        bool isTold = value is null && decimalMark is null && written.Form is not NumberForm.None && !IsWrong(written.Form);
        if (wrong is null || isTold)
        {
            // Where two cells have different marks, that was the fault.
            return value;
        }

        faults.Add(wrong, written.Cell.Location, written.Cell.Subject, written.Cell.Text);
        return null;
    }

    /// <summary>Whether no number of this kind is written so, whatever the marks mean.</summary>
    private bool IsWrong(NumberForm form) => kind switch
    {
        NumberKind.Percent => form is NumberForm.Groups,
        NumberKind.Count => form is NumberForm.Exponent,
        NumberKind.Seats => form is not (NumberForm.Whole or NumberForm.Exact),
        _ => false,
    };
}
