using Sortition.Core.Feasibility;
using Sortition.Core.Problems;
using Xunit;

namespace Sortition.Core.Tests.Feasibility;

/// <summary>Pools with so many types that panels are looked for among some of them at a time. Who is covered is known by how they are made.</summary>
public sealed class ManyTypesTests
{
    private const int Rows = 50;
    private const int Columns = 45;

    [Theory]
    [InlineData(75)]
    public void Everybody_is_covered_but_those_who_cannot_be(int panelSize)
    {
        // One person of each row and column. Nobody of row 0 or column 0 may sit; the one who must be in takes the only seat of row 1.
        SelectionProblemBuilder builder = new(panelSize);
        for (int row = 0; row < Rows; row++)
        {
            builder.Quota("row", $"r{row}", Math.Min(row, 1), row <= 1 ? row : 3);
        }

        for (int column = 0; column < Columns; column++)
        {
            builder.Quota("column", $"c{column}", Math.Min(column, 1), column == 0 ? 0 : 2);
        }

        SelectionProblem problem = builder.People(Enumerable.Range(0, Rows * Columns), new PersonReader<int>
        {
            Id = i => FormattableString.Invariant($"p{i:0000}"),
            Value = (i, feature) => feature == "row" ? $"r{i / Columns}" : $"c{i % Columns}",
            Status = i => i == Columns + 1 ? PersonStatus.MustBeIn : PersonStatus.Free,
        }).Build();
        FeasibilityReport report = FeasibilityAnalysis.Check(problem);
        Assert.True(problem.Types.Count > 2_000);
        Assert.True(report.IsFeasible);
        Assert.Equal(
            Enumerable.Range(0, Rows * Columns).Where(i => i != Columns + 1 && (i / Columns <= 1 || i % Columns == 0)), report.Uncovered.Select(u => u.Person));
    }
}
