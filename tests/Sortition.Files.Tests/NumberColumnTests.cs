using System.Globalization;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Dialects;
using Xunit;

namespace Sortition.Files.Tests;

/// <summary>What a number means follows from the heading and from the other numbers of its column.</summary>
public sealed class NumberColumnTests
{
    private const int Count = (int)NumberKind.Count;
    private const int Percent = (int)NumberKind.Percent;
    private const int Seats = (int)NumberKind.Seats;
    private const int Unknown = (int)NumberKind.Unknown;

    [Theory]
    [InlineData("11336", "11336", "11336", "11336", "11336")]
    [InlineData("1.234.567", "1234567", "files/not-a-number", "files/not-a-number", "1234567")]
    [InlineData("1,234,567", "1234567", "files/not-a-number", "files/not-a-number", "1234567")]
    [InlineData("1.234,5", "files/fraction-of-people", "1234.5", "files/not-a-number", "1234.5")]
    [InlineData("1,234.5", "files/fraction-of-people", "1234.5", "files/not-a-number", "1234.5")]
    [InlineData("50,5", "files/fraction-of-people", "50.5", "files/not-a-number", "50.5")]
    [InlineData("0.125", "files/fraction-of-people", "0.125", "files/not-a-number", "0.125")]
    [InlineData("0,125", "files/fraction-of-people", "0.125", "files/not-a-number", "0.125")]
    [InlineData("1.250", "1250 files/thousands-assumed", "1.250 files/decimals-assumed", "files/not-a-number", "files/decimal-mark-unknown")]
    [InlineData("1,250", "1250 files/thousands-assumed", "1.250 files/decimals-assumed", "files/not-a-number", "files/decimal-mark-unknown")]
    [InlineData("11 336", "11336", "11336", "11336", "11336")]
    [InlineData("11\u00a0336", "11336", "11336", "11336", "11336")]
    [InlineData("1\u202f234\u202f567", "1234567", "1234567", "1234567", "1234567")]
    [InlineData("11'336", "11336", "11336", "11336", "11336")]
    [InlineData("11\u2019336.5", "files/fraction-of-people", "11336.5", "files/not-a-number", "11336.5")]
    [InlineData("\u221212", "-12", "-12", "-12", "-12")]
    [InlineData("980,00", "980.00", "980.00", "files/not-a-number", "980.00")]
    [InlineData("1,5E+03", "files/not-a-number", "1500", "files/not-a-number", "1500")]
    [InlineData("11 33", "files/not-a-number", "files/not-a-number", "files/not-a-number", "files/not-a-number")]
    [InlineData("1.23.456", "files/not-a-number", "files/not-a-number", "files/not-a-number", "files/not-a-number")]
    [InlineData("ca. 50", "files/not-a-number", "files/not-a-number", "files/not-a-number", "files/not-a-number")]
    [InlineData("", "none", "none", "none", "none")]
    public void A_cell_alone(string text, string count, string percent, string seats, string unknown) =>
        Assert.Equal([count, percent, seats, unknown], new[] { Count, Percent, Seats, Unknown }.Select(kind => Read(kind, null, text)[0]));

    [Theory]
    [InlineData(Count, "1250", "files/fraction-of-people", "1.250", "50,5")]
    [InlineData(Count, "1250", "1234567", "1.250", "1.234.567")]
    [InlineData(Unknown, "1250", "1234567", "1,250", "1,234,567")]
    [InlineData(Unknown, "1.250", "50.5", "1.250", "50.5")]
    [InlineData(Percent, "1250", "50.5", "1,250", "50.5")]
    [InlineData(Count, "files/fraction-of-people", "0", "1.250", "0.0")]
    [InlineData(Count, "1250 files/thousands-assumed", "980", "1.250", "980")]
    public void A_cell_beside_one_that_settles_the_mark(int kind, string first, string second, params string[] cells) =>
        Assert.Equal([first, second], Read(kind, null, cells).Select(t => t.Replace("0.0", "0", StringComparison.Ordinal)));

    [Theory]
    [InlineData("50,5", "49.5")]
    [InlineData("1.250", "1,250")]
    [InlineData("1.234.567", "49.5")]
    public void Two_marks_are_one_fault_that_names_both_cells(string first, string second)
    {
        foreach (int kind in new[] { Percent, Unknown })
        {
            FaultList faults = new();
            NumberColumn column = Column(kind, null, first, second);
            column.Read(faults);
            Fault fault = Assert.Single(faults.Faults, f => f.Code.Name == "files/two-decimal-marks");
            Assert.Equal((second, first), ((string)fault["found"]!, (string)fault["other"]!));
            Assert.Equal((2, 1), (fault.Location.Line, ((FaultLocation)fault["place"]!).Line));
        }
    }

    [Fact]
    public void Somebody_can_say_which_mark_it_is()
    {
        Assert.Equal(["1.250"], Read(Unknown, '.', "1.250"));
        Assert.Equal(["1250"], Read(Unknown, ',', "1.250"));
        Assert.Equal(["1250"], Read(Count, '.', "1,250"));
        Assert.Equal(["files/not-a-number"], Read(Percent, ',', "50.5"));
    }

    [Fact]
    public void Numbers_of_a_workbook_are_exact()
    {
        NumberColumn column = new(NumberKind.Count, null);
        column.Add(new NumberCell("1.25", IsExact: true, new FaultLocation("f", 1, "c"), null));
        column.Add(new NumberCell("1,250", IsExact: false, new FaultLocation("f", 2, "c"), null));
        FaultList faults = new();
        Assert.Equal([null, 1250m], column.Read(faults));
        Assert.Equal("files/fraction-of-people", Assert.Single(faults.Faults).Code.Name);
    }

    private static NumberColumn Column(int kind, char? mark, params string[] cells)
    {
        NumberColumn column = new((NumberKind)kind, mark);
        for (int i = 0; i < cells.Length; i++)
        {
            column.Add(new NumberCell(cells[i], IsExact: false, new FaultLocation("f", i + 1, "c"), null));
        }

        return column;
    }

    private static string[] Read(int kind, char? mark, params string[] cells)
    {
        FaultList faults = new();
        IReadOnlyList<decimal?> numbers = Column(kind, mark, cells).Read(faults);
        string told = faults.Warnings.Count > 0 ? " " + faults.Warnings[0].Code.Name : "";
        return
        [
            .. numbers.Select((n, i) =>
                faults.Faults.FirstOrDefault(f => f.Location.Line == i + 1) is Fault fault ? fault.Code.Name
                : n is decimal number ? number.ToString(CultureInfo.InvariantCulture) + (cells[i].Length == 5 ? told : "")
                : "none")
        ];
    }
}
