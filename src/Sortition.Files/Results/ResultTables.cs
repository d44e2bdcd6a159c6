using System.Globalization;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Files.Csv;

namespace Sortition.Files.Results;

/// <summary>The tables of a selection, each written to a stream that is then closed.</summary>
internal static class ResultTables
{
    private const int RowsBetweenChecks = 1024;

    public static void WriteSelected(Stream stream, SelectionOutcome outcome, CancellationToken cancellationToken)
    {
        bool[] isMember = Members(outcome);
        WritePeople(stream, outcome, person => isMember[person], cancellationToken);
    }

    /// <summary>Who is not selected and may still be asked: not those who must be out, nor those whose household has as many members as it may.</summary>
    public static void WriteRemaining(Stream stream, SelectionOutcome outcome, CancellationToken cancellationToken)
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

        WritePeople(stream, outcome, i => !isMember[i] && problem.People[i].Status != PersonStatus.MustBeOut && !HasFullHousehold(problem.People[i]), cancellationToken);

        bool HasFullHousehold(Person person) =>
            problem.HouseholdLimit is int limit && person.Household is int household && seatsOfHousehold.GetValueOrDefault(household) >= limit;
    }

    public static void WriteLottery(Stream stream, PanelTable table, CancellationToken cancellationToken)
    {
        using CsvWriter csv = new(stream);
        csv.Cell("panel").Cell("probability");
        for (int m = 1; m <= table.Problem.PanelSize; m++)
        {
            csv.Cell(FormattableString.Invariant($"member {m}"));
        }

        csv.EndRow();
        for (int row = 0; row < table.Rows.Count; row++)
        {
            Check(row, cancellationToken);
            csv.Cell(Text(row + 1)).Cell(Text(table.ProbabilityOf(row)));
            foreach (string id in table.Rows[row].Panel.Ids)
            {
                csv.Cell(id);
            }

            csv.EndRow();
        }
    }

    /// <summary>The short form of a lottery with too many rows: how many seats each panel has for each type.</summary>
    public static void WriteLotteryByType(Stream stream, PanelLottery lottery, CancellationToken cancellationToken)
    {
        using CsvWriter csv = new(stream);
        csv.Cell("panel").Cell("probability").Cell("type").Cell("seats").EndRow();
        for (int panel = 0; panel < lottery.Panels.Count; panel++)
        {
            Check(panel, cancellationToken);
            foreach ((int type, int seats) in lottery.Panels[panel].Seats)
            {
                csv.Cell(Text(panel + 1)).Cell(Text(lottery.Panels[panel].Probability)).Cell(Text(type + 1)).Cell(Text(seats)).EndRow();
            }
        }
    }

    /// <summary>Which type everybody is of, in the order of ids; people who must be out are of none and left out.</summary>
    public static void WriteTypes(Stream stream, PanelLottery lottery, CancellationToken cancellationToken)
    {
        int[] typeOf = new int[lottery.Problem.People.Count];
        for (int t = 0; t < lottery.Types.Count; t++)
        {
            foreach (int i in lottery.Types[t].Members)
            {
                typeOf[i] = t + 1;
            }
        }

        using CsvWriter csv = new(stream);
        csv.Cell("id").Cell("type").EndRow();
        for (int i = 0; i < typeOf.Length; i++)
        {
            Check(i, cancellationToken);
            if (typeOf[i] > 0)
            {
                csv.Cell(lottery.Problem.People[i].Id).Cell(Text(typeOf[i])).EndRow();
            }
        }
    }

    public static void WriteProbabilities(Stream stream, SelectionProblem problem, double[] probabilities, CancellationToken cancellationToken)
    {
        using CsvWriter csv = new(stream);
        csv.Cell("id").Cell("probability").EndRow();
        for (int i = 0; i < probabilities.Length; i++)
        {
            Check(i, cancellationToken);
            csv.Cell(problem.People[i].Id).Cell(Text(probabilities[i])).EndRow();
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
    private static void WritePeople(Stream stream, SelectionOutcome outcome, Func<int, bool> isWanted, CancellationToken cancellationToken)
    {
        PeopleRows people = outcome.Input.People;
        bool[] isWritten = new bool[outcome.Input.Problem.People.Count];
        using CsvWriter csv = new(stream, people.Delimiter, people.MarkEncoding);
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
                csv.Cell(id);
            }

            for (int c = 0; c < people.Header.Count; c++)
            {
                csv.Cell(c < cells.Count ? cells[c] : "");
            }

            csv.EndRow();
        }
    }

    private static void Check(int row, CancellationToken cancellationToken)
    {
        if (row % RowsBetweenChecks == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
