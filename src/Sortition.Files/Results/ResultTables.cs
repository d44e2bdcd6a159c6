using Sortition.Core;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Core.Replacements;
using Sortition.Files.Dialects;
using Sortition.Shared;

namespace Sortition.Files.Results;

/// <summary>The tables of a selection, to be written as CSV or as sheets.</summary>
internal static class ResultTables
{
    public const string Selected = "selected.csv";
    public const string Whole = "panel.csv";
    public const string Remaining = "remaining.csv";
    public const string Letters = "letters.csv";
    public const string Lottery = "lottery.csv";
    public const string Types = "types.csv";
    public const string Probabilities = "probabilities.csv";

    private const string Id = "id";
    private const int RowsBetweenChecks = 1024;

    /// <summary>All tables that an outcome has, in the order of their importance.</summary>
    public static IReadOnlyList<ResultTable> Of(SelectionOutcome outcome, CancellationToken cancellationToken)
    {
        ReplacementRound? round = outcome.Input.Round;
        LoadedProblem whole = outcome.Input.Original ?? outcome.Input;
        Panel panel = round is null ? outcome.Panel : round.Complete(outcome.Panel);
        List<ResultTable> tables =
        [
            new(Selected, "selected", IsOfPeople: true, writer => WriteMembers(writer, outcome.Input, outcome.Panel, cancellationToken)),
            .. round is null ? (ResultTable[])[] : [new(Whole, "panel", IsOfPeople: true, writer => WriteMembers(writer, whole, panel, cancellationToken))],
            new(Remaining, "remaining", IsOfPeople: true, writer => WriteRemaining(writer, whole, panel, round?.Declined ?? [], cancellationToken)),
        ];
        if (whole.People.ContactColumns.Count > 0)
        {
            LetterColumn outcomes = round is null ? LetterColumn.OutcomesOf(panel) : LetterColumn.OutcomesOf(round, outcome.Panel);
            tables.Add(OfLetters(whole, [outcomes], cancellationToken));
        }

        if (outcome.Ballots is PanelTable ballots)
        {
            tables.Add(new(Lottery, "ballots", IsOfPeople: false, writer => WriteBallots(writer, ballots, cancellationToken)));
        }
        else if (outcome.Lottery is PanelLottery drawnFrom)
        {
            tables.Add(new(Lottery, "lottery", IsOfPeople: false, writer => WriteLottery(writer, drawnFrom, cancellationToken)));
            tables.Add(new(Types, "types", IsOfPeople: false, writer => WriteTypes(writer, drawnFrom, cancellationToken)));
        }

        if (outcome.Lottery is PanelLottery lottery)
        {
            // The chances in the draw that the lottery's table describes: of ballots, which are random themselves, or of the lottery.
            double[] probabilities = outcome.Ballots?.SelectionProbabilities() ?? lottery.SelectionProbabilities();
            tables.Add(
                new(Probabilities, "chances", IsOfPeople: false, writer => WriteProbabilities(writer, lottery.Problem, probabilities, cancellationToken)));
        }

        return [.. tables.Select(table => Marked(outcome.Input, table))];
    }

    /// <summary>The tables of a panel that was drawn elsewhere: who is on it, who is not, and whom to write what.</summary>
    public static IReadOnlyList<ResultTable> OfPanel(
        LoadedProblem input, Panel panel, IReadOnlyList<LetterColumn> letters, CancellationToken cancellationToken) =>
    [
        Marked(input, new(Selected, "selected", IsOfPeople: true, writer => WriteMembers(writer, input, panel, cancellationToken))),
        Marked(input, new(Remaining, "remaining", IsOfPeople: true, writer => WriteRemaining(writer, input, panel, [], cancellationToken))),
        OfLetters(input, [.. letters, LetterColumn.OutcomesOf(panel)], cancellationToken),
    ];

    /// <summary>A row for everybody to whom there is something to say: the id, the columns asked for, and those by which the person is written to.</summary>
    public static ResultTable OfLetters(LoadedProblem input, IReadOnlyList<LetterColumn> columns, CancellationToken cancellationToken) =>
        Marked(input, new(Letters, "letters", IsOfPeople: true, writer => WriteLetters(writer, input, columns, cancellationToken)));

    private static ResultTable Marked(LoadedProblem input, ResultTable table) => table with { Write = input.Marked(table.Write) };

    private static void WriteLetters(TableWriter writer, LoadedProblem input, IReadOnlyList<LetterColumn> columns, CancellationToken cancellationToken)
    {
        // Whoever is out, and known from a list of earlier alone, may have been erased, and gets no letter.
        HashSet<string> erased = [.. input.Erased];
        PeopleRows people = input.People;
        writer.Cell(Id);
        HashSet<string> taken = new(columns.Select(c => c.Heading).Append(Id), NameComparer.Instance);
        foreach (string heading in columns.Select(c => c.Heading))
        {
            writer.Cell(heading);
        }

        foreach (string heading in people.ContactColumns)
        {
            writer.Cell(taken.Contains(heading) ? heading + " (original)" : heading);
        }

        writer.EndRow();
        bool[] isWritten = new bool[input.Problem.People.Count];
        for (int row = 0; row < people.Rows.Count; row++)
        {
            Check(row, cancellationToken);
            int person = people.PersonOf(row);
            if (isWritten[person] || erased.Contains(input.Problem.People[person].Id))
            {
                continue;
            }

            isWritten[person] = true;
            writer.Cell(input.Problem.People[person].Id);
            foreach (LetterColumn column in columns)
            {
                writer.Cell(column.Cells[person]);
            }

            foreach (int place in people.ContactPlaces)
            {
                writer.Cell(place < people.Rows[row].Count ? people.Rows[row][place] : "");
            }

            writer.EndRow();
        }
    }

    private static void WriteMembers(TableWriter writer, LoadedProblem input, Panel panel, CancellationToken cancellationToken)
    {
        HashSet<int> members = [.. panel.Members];
        WritePeople(writer, input, members.Contains, cancellationToken);
    }

    /// <summary>
    /// Who is not selected and may still be asked: not those who declined or must be out, nor those whose household has as many members as it may.
    /// </summary>
    private static void WriteRemaining(TableWriter writer, LoadedProblem input, Panel panel, IReadOnlyList<int> declined, CancellationToken cancellationToken)
    {
        SelectionProblem problem = input.Problem;
        HashSet<int> settled = [.. panel.Members, .. declined];
        Dictionary<int, int> seatsOfHousehold = [];
        foreach (int i in panel.Members)
        {
            if (problem.People[i].Household is int household)
            {
                seatsOfHousehold[household] = seatsOfHousehold.GetValueOrDefault(household) + 1;
            }
        }

        WritePeople(writer, input, i => !settled.Contains(i) && MayBeAsked(problem.People[i]), cancellationToken);

        bool MayBeAsked(Person person) => person.Status != PersonStatus.MustBeOut && !HasFullHousehold(person);

        bool HasFullHousehold(Person person) =>
            problem.HouseholdLimit is int limit && person.Household is int household && seatsOfHousehold.GetValueOrDefault(household) >= limit;
    }

    private static void WriteBallots(TableWriter writer, PanelTable table, CancellationToken cancellationToken)
    {
        writer.Cell("ballot").Cell("probability");
        for (int m = 1; m <= table.Problem.PanelSize; m++)
        {
            writer.Cell(FormattableString.Invariant($"member {m}"));
        }

        writer.EndRow();
        for (int row = 0; row < table.Rows.Count; row++)
        {
            Check(row, cancellationToken);
            writer.Cell(BallotNumbers.Text(row, table.Rows.Count)).Cell(table.ProbabilityOf(row));
            foreach (string id in table.Rows[row].Panel.Ids)
            {
                writer.Cell(id);
            }

            writer.EndRow();
        }
    }

    /// <summary>How many seats each panel has for each type; who of a type sits is drawn after that.</summary>
    private static void WriteLottery(TableWriter writer, PanelLottery lottery, CancellationToken cancellationToken)
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

    /// <summary>
    /// Which type everybody is of, in the order of ids, and, where the limit can bind somebody's household, which one that is; people who must be out are of no
    /// type and left out.
    /// </summary>
    private static void WriteTypes(TableWriter writer, PanelLottery lottery, CancellationToken cancellationToken)
    {
        IReadOnlyList<Person> people = lottery.Problem.People;
        int[] typeOf = new int[people.Count];
        for (int t = 0; t < lottery.Types.Count; t++)
        {
            foreach (int i in lottery.Types[t].Members)
            {
                typeOf[i] = t + 1;
            }
        }

        writer.Cell(Id).Cell("type").Cell("household").EndRow();
        Dictionary<int, int> households = [];
        for (int i = 0; i < typeOf.Length; i++)
        {
            Check(i, cancellationToken);
            if (typeOf[i] == 0)
            {
                continue;
            }

            writer.Cell(people[i].Id).Cell(typeOf[i]);
            if (lottery.Types[typeOf[i] - 1].HouseholdClass is null)
            {
                writer.Cell("");
            }
            else
            {
                households.TryAdd(people[i].Household!.Value, households.Count + 1);
                writer.Cell(households[people[i].Household!.Value]);
            }

            writer.EndRow();
        }
    }

    private static void WriteProbabilities(TableWriter writer, SelectionProblem problem, double[] probabilities, CancellationToken cancellationToken)
    {
        writer.Cell(Id).Cell("probability").EndRow();
        for (int i = 0; i < probabilities.Length; i++)
        {
            Check(i, cancellationToken);
            writer.Cell(problem.People[i].Id).Cell(probabilities[i]).EndRow();
        }
    }

    /// <summary>The rows of some people as they came, in a given order.</summary>
    public static void WriteInOrder(TableWriter writer, LoadedProblem input, IReadOnlyList<int> people, CancellationToken cancellationToken)
    {
        int[] rowOf = new int[input.Problem.People.Count];
        for (int row = input.People.Rows.Count - 1; row >= 0; row--)
        {
            rowOf[input.People.PersonOf(row)] = row;
        }

        WriteRow(writer, input.People, input.People.Header, Id);
        for (int i = 0; i < people.Count; i++)
        {
            Check(i, cancellationToken);
            WriteRow(writer, input.People, input.People.Rows[rowOf[people[i]]], input.Problem.People[people[i]].Id);
        }
    }

    /// <summary>The rows of some people as they came, a repeated row once.</summary>
    private static void WritePeople(TableWriter writer, LoadedProblem input, Func<int, bool> isWanted, CancellationToken cancellationToken)
    {
        PeopleRows people = input.People;
        bool[] isWritten = new bool[input.Problem.People.Count];
        WriteRow(writer, people, people.Header, Id);
        for (int row = 0; row < people.Rows.Count; row++)
        {
            Check(row, cancellationToken);
            int person = people.PersonOf(row);
            if (isWanted(person) && !isWritten[person])
            {
                isWritten[person] = true;
                WriteRow(writer, people, people.Rows[row], input.Problem.People[person].Id);
            }
        }
    }

    private static void WriteRow(TableWriter writer, PeopleRows people, IReadOnlyList<string> cells, string id)
    {
        if (!people.HasIds)
        {
            writer.Cell(id);
        }

        for (int c = 0; c < people.Header.Count; c++)
        {
            // A rehearsal goes on from what a rehearsal wrote; one mark is enough.
            if (writer.Mark is null || !string.Equals(people.Header[c], writer.Mark, StringComparison.Ordinal))
            {
                writer.Cell(c < cells.Count ? cells[c] : "");
            }
        }

        writer.EndRow();
    }

    private static void Check(int row, CancellationToken cancellationToken)
    {
        if (row % RowsBetweenChecks == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
