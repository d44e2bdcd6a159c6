using System.Globalization;
using Sortition.Core;
using Sortition.Core.Feasibility;
using Sortition.Core.Problems;
using Sortition.Files;
using Sortition.Files.Storage;
using Sortition.Files.Tables;
using Sortition.Studies.Instances;

namespace Sortition.Studies.Lotteries;

/// <summary>Reads lotteries that other systems made: <c>Panel number,Suggested probability,agent 1,…,agent k</c>.</summary>
public static class ForeignLottery
{
    private const string Number = "Panel number";
    private const string Probability = "Suggested probability";

    // Probabilities are suggested with a few decimals; beyond this they are of something else.
    private const double SumTolerance = 0.01;

    /// <summary>Reads a lottery.</summary>
    /// <param name="file">The table: a row for each panel, with its probability (a number, or a percentage with its sign) and the ids of its members.</param>
    /// <param name="problem">The problem it is for. Where its people have no ids, they are called by the number of their row, from 1.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>
    /// The lottery, whose probabilities are scaled to add up to 1. Its panels may break quotas: <see cref="StudyLottery.BrokenShare"/> says how likely that is.
    /// </returns>
    /// <exception cref="MalformedInputException">
    /// The file is malformed, names people who are not in the pool, or has probabilities that do not add up to 1 but for 0.01; the exception lists all of it.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static StudyLottery Load(FileSource file, SelectionProblem problem, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(problem);
        string[] agents = [.. Enumerable.Range(1, problem.PanelSize).Select(a => string.Create(CultureInfo.InvariantCulture, $"agent {a}"))];
        LoadedTable table = TableFiles.Load(file, [Number, Probability, .. agents], cancellationToken: cancellationToken);
        FaultList faults = new();
        List<(int[] Members, double Probability)> panels = [];
        double sum = 0;
        for (int row = 0; row < table.Rows.Count; row++)
        {
            double probability = ProbabilityOf(table, row, faults);
            int[] members = [.. agents.Select(agent => MemberOf(problem, table, row, agent, faults))];
            int[] known = [.. members.Where(m => m >= 0)];
            foreach (int twice in known.GroupBy(m => m).Where(g => g.Count() > 1).Select(g => g.Key))
            {
                faults.Add(StudyFaults.AgentTwice, table.LocationOf(row, Number), problem.People[twice].Id);
            }

            sum += probability;
            panels.Add((members, probability));
        }

        if (faults.Count == 0 && !(Math.Abs(sum - 1) <= SumTolerance))
        {
            faults.Add(StudyFaults.ProbabilitySum, new FaultLocation(file.Name, null, Probability), sum.ToString("R", CultureInfo.InvariantCulture));
        }

        faults.ThrowIfAny();
        double broken = panels.Where(p => p.Probability > 0 && !IsPanel(problem, p.Members)).Sum(p => p.Probability) / sum;
        return StudyLottery.FromPanels(
            problem,
            [.. panels.Where(p => p.Probability > 0).Select(p => (p.Members, p.Probability / sum))],
            FeasibilityAnalysis.Check(problem, cancellationToken).Uncovered,
            Math.Min(1, broken));
    }

    private static int MemberOf(SelectionProblem problem, LoadedTable table, int row, string agent, FaultList faults)
    {
        string id = table.Cell(row, agent);
        int member = problem.IndexOf(id);
        if (member < 0)
        {
            faults.Add(StudyFaults.UnknownAgent, table.LocationOf(row, agent), id);
        }

        return member;
    }

    private static double ProbabilityOf(LoadedTable table, int row, FaultList faults)
    {
        string text = table.Cell(row, Probability);
        bool isPercent = text.EndsWith('%');
        if (double.TryParse(isPercent ? text[..^1] : text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number is >= 0 and <= 100)
        {
            return isPercent ? number / 100 : number;
        }

        faults.Add(StudyFaults.NotANumber, table.LocationOf(row, Probability), text);
        return 0;
    }

    private static bool IsPanel(SelectionProblem problem, int[] members)
    {
        Person[] people = [.. members.Select(m => problem.People[m])];
        return problem.Quotas.All(quota => people.Count(person => problem.Matches(person, quota)) is int count && count >= quota.Min && count <= quota.Max)
            && people.All(person => person.Status != PersonStatus.MustBeOut)
            && people.Count(person => person.Status == PersonStatus.MustBeIn) == problem.People.Count(person => person.Status == PersonStatus.MustBeIn)
            && (problem.HouseholdLimit is not int limit
                || people.Where(person => person.Household is not null).GroupBy(person => person.Household).All(g => g.Count() <= limit));
    }
}
