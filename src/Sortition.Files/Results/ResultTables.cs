using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Files.Tables;

namespace Sortition.Files.Results;

/// <summary>The tables of a selection, to be written as CSV or as sheets.</summary>
internal static class ResultTables
{
    public const string Selected = "selected.csv";
    public const string Remaining = "remaining.csv";
    public const string Lottery = "lottery.csv";
    public const string Types = "types.csv";
    public const string Probabilities = "probabilities.csv";

    private const int RowsBetweenChecks = 1024;

    /// <summary>All tables that an outcome has, in the order of their importance.</summary>
    public static IReadOnlyList<ResultTable> Of(SelectionOutcome outcome, CancellationToken cancellationToken)
    {
        List<ResultTable> tables =
        [
            new(Selected, "selected", IsOfPeople: true, writer => WriteSelected(writer, outcome, cancellationToken)),
            new(Remaining, "remaining", IsOfPeople: true, writer => WriteRemaining(writer, outcome, cancellationToken)),
        ];
        if (outcome.Table is PanelTable table)
        {
            tables.Add(new(Lottery, outcome.Ballots is null ? "lottery" : "ballots", IsOfPeople: false, writer => WriteLottery(writer, table, cancellationToken)));
        }
        else if (outcome.Lottery is PanelLottery tooLong)
        {
            tables.Add(new(Lottery, "lottery", IsOfPeople: false, writer => WriteLotteryByType(writer, tooLong, cancellationToken)));
            tables.Add(new(Types, "types", IsOfPeople: false, writer => WriteTypes(writer, tooLong, cancellationToken)));
        }

        if (outcome.Lottery is PanelLottery lottery)
        {
            // The chances in the draw that the lottery's table describes: of ballots, which are random themselves, or of the lottery.
            double[] probabilities = outcome.Ballots is null ? lottery.SelectionProbabilities() : outcome.Table!.SelectionProbabilities();
            tables.Add(new(Probabilities, "chances", IsOfPeople: false, writer => WriteProbabilities(writer, lottery.Problem, probabilities, cancellationToken)));
        }

        return tables;
    }

    private static void WriteSelected(TableWriter writer, SelectionOutcome outcome, CancellationToken cancellationToken)
    {
        bool[] isMember = Members(outcome);
        WritePeople(writer, outcome, person => isMember[person], cancellationToken);
    }

    /// <summary>Who is not selected and may still be asked: not those who must be out, nor those whose household has as many members as it may.</summary>
    private static void WriteRemaining(TableWriter writer, SelectionOutcome outcome, CancellationToken cancellationToken)
    {
        SelectionProblem problem = outcome.Input.Problem;
        bool[] isMember = Members(outcome);
        Dictionary<int, int> seatsOfHousehold = [];
        foreach (int i in outcome.Panel.Members)
        {
            if (problem.People[i].Household is int household)
            {
                seatsOfHousehold[household] = seatsOfHousehold.GetValueOrDefault(household) + 1;
            }
        }

        WritePeople(writer, outcome, i => !isMember[i] && problem.People[i].Status != PersonStatus.MustBeOut && !HasFullHousehold(problem.People[i]), cancellationToken);

        bool HasFullHousehold(Person person) =>
            problem.HouseholdLimit is int limit && person.Household is int household && seatsOfHousehold.GetValueOrDefault(household) >= limit;
    }

    private static void WriteLottery(TableWriter writer, PanelTable table, CancellationToken cancellationToken)
    {
        writer.Cell("panel").Cell("probability");
        for (int m = 1; m <= table.Problem.PanelSize; m++)
        {
            writer.Cell(FormattableString.Invariant($"member {m}"));
        }

        writer.EndRow();
        for (int row = 0; row < table.Rows.Count; row++)
        {
            Check(row, cancellationToken);
            writer.Cell(row + 1).Cell(table.ProbabilityOf(row));
            foreach (string id in table.Rows[row].Panel.Ids)
            {
                writer.Cell(id);
            }

            writer.EndRow();
        }
    }

    /// <summary>The short form of a lottery with too many rows: how many seats each panel has for each type.</summary>
    private static void WriteLotteryByType(TableWriter writer, PanelLottery lottery, CancellationToken cancellationToken)
    {
        writer.Cell("panel").Cell("probability").Cell("type").Cell("seats").EndRow();
        for (int panel = 0; panel < lottery.Panels.Count; panel++)
        {
            Check(panel, cancellationToken);
            foreach ((int type, int seats) in lottery.Panels[panel].Seats)
            {
                writer.Cell(panel + 1).Cell(lottery.Panels[panel].Probability).Cell(type + 1).Cell(seats).EndRow();
            }
        }
    }

    /// <summary>Which type everybody is of, in the order of ids; people who must be out are of none and left out.</summary>
    private static void WriteTypes(TableWriter writer, PanelLottery lottery, CancellationToken cancellationToken)
    {
        int[] typeOf = new int[lottery.Problem.People.Count];
        for (int t = 0; t < lottery.Types.Count; t++)
        {
            foreach (int i in lottery.Types[t].Members)
            {
                typeOf[i] = t + 1;
            }
        }

        writer.Cell("id").Cell("type").EndRow();
        for (int i = 0; i < typeOf.Length; i++)
        {
            Check(i, cancellationToken);
            if (typeOf[i] > 0)
            {
                writer.Cell(lottery.Problem.People[i].Id).Cell(typeOf[i]).EndRow();
            }
        }
    }

    private static void WriteProbabilities(TableWriter writer, SelectionProblem problem, double[] probabilities, CancellationToken cancellationToken)
    {
        writer.Cell("id").Cell("probability").EndRow();
        for (int i = 0; i < probabilities.Length; i++)
        {
            Check(i, cancellationToken);
            writer.Cell(problem.People[i].Id).Cell(probabilities[i]).EndRow();
        }
    }

    private static bool[] Members(SelectionOutcome outcome)
    {
        bool[] isMember = new bool[outcome.Input.Problem.People.Count];
        foreach (int i in outcome.Panel.Members)
        {
            isMember[i] = true;
        }

        return isMember;
    }

    /// <summary>The rows of some people as they came, a repeated row once.</summary>
    private static void WritePeople(TableWriter writer, SelectionOutcome outcome, Func<int, bool> isWanted, CancellationToken cancellationToken)
    {
        PeopleRows people = outcome.Input.People;
        bool[] isWritten = new bool[outcome.Input.Problem.People.Count];
        WriteRow(people.Header, "id");
        for (int row = 0; row < people.Rows.Count; row++)
        {
            Check(row, cancellationToken);
            int person = people.PersonOf(row);
            if (isWanted(person) && !isWritten[person])
            {
                isWritten[person] = true;
                WriteRow(people.Rows[row], outcome.Input.Problem.People[person].Id);
            }
        }

        void WriteRow(IReadOnlyList<string> cells, string id)
        {
            if (!people.HasIds)
            {
                writer.Cell(id);
            }

            for (int c = 0; c < people.Header.Count; c++)
            {
                writer.Cell(c < cells.Count ? cells[c] : "");
            }

            writer.EndRow();
        }
    }

    private static void Check(int row, CancellationToken cancellationToken)
    {
        if (row % RowsBetweenChecks == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
