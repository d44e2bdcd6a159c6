// From people in a list to a panel: dotnet run
using Sortition.Core;
using Sortition.Core.Fairness;
using Sortition.Core.Problems;
using Sortition.Files;
using Sortition.Files.Dialects;
using Sortition.Files.Results;

// Ctrl+C stops the computation; Main then ends by itself.
using CancellationTokenSource stop = new();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};

try
{
    return await Select(Volunteer.MakeUp(), args is [string folder] ? folder : "result", stop.Token);
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Cancelled. Nothing was written.");
    return 130;
}
catch (MalformedInputException malformed)
{
    // All that is wrong, at once.
    malformed.Faults.ToList().ForEach(fault => Console.Error.WriteLine(TextRenderer.English.Describe(fault)));
    return 2;
}

static async Task<int> Select(IReadOnlyList<Volunteer> volunteers, string folder, CancellationToken token)
{
    // <embedding>
    SelectionProblem problem = new SelectionProblemBuilder(panelSize: 20)
        .Quota("gender", "female", min: 10, max: 10)
        .Quota("gender", "male", min: 10, max: 10)
        .Quota("age", "under 30", min: 4, max: 5)
        .Quota("age", "30 to 59", min: 9, max: 10)
        .Quota("age", "60 and over", min: 5, max: 6)
        .Quota("district", "north", min: 5, max: 6)
        .Quota("district", "south", min: 4, max: 6)
        .Quota("district", "centre", min: 8, max: 11)
        .HouseholdLimit(1)
        .People(volunteers, new PersonReader<Volunteer>
        {
            Id = v => v.Id,
            Household = v => v.Address,
            Value = (v, feature) => feature switch { "gender" => v.Gender, "age" => v.Age, "district" => v.District, _ => null },
        })
        .Build();

    SolveOptions options = new() { TimeLimit = TimeSpan.FromMinutes(1), Progress = new ProgressLine() };
    SolveResult result = await new Leximin().SolveAsync(problem, options, token);
    if (result is SolveResult.Infeasible infeasible)
    {
        infeasible.Report.Reasons.ToList().ForEach(reason => Console.Error.WriteLine(TextRenderer.English.Describe(reason, problem)));
        return 1;
    }

    PanelLottery lottery = result.GetLotteryOrThrow(); // throws where the time limit came before everybody had a chance
    string seed = RandomSource.NewSeed(); // decides the draw and stands in the report; or dice rolled in public
    SelectionOutcome outcome = SelectionOutcome.Draw(LoadedProblem.FromProblem(problem), lottery, seed, "console sample", result is SolveResult.Stopped);
    IReadOnlyList<string> files = ResultFiles.Write(folder, outcome);
    // </embedding>

    Console.WriteLine($"Panel: {string.Join(" ", outcome.Panel.Ids)}");
    LotteryMetrics metrics = LotteryMetrics.Compute(lottery);
    Console.WriteLine($"Chances: {metrics.MinProbability:P2} to {metrics.MaxProbability:P2}, {lottery.Certificate.Status}");

    // Why does the person worst off have no more?
    (string worstOff, double chance) = lottery.ProbabilitiesById().MinBy(person => person.Value);
    Console.WriteLine($"Worst off: {worstOff} with {chance:P2}, held down by");
    foreach (BindingConstraint cause in SelectionExplanation.ForPerson(lottery, worstOff).Parts.SelectMany(part => part.Constraints))
    {
        Console.WriteLine($"  {TextRenderer.English.Describe(cause.Constraint, problem)}");
    }

    Console.WriteLine($"Written to {folder}: {string.Join(", ", files)}");
    return 0;
}

/// <summary>One line that is written over. It is called from the thread that computes, so that it must be quick.</summary>
internal sealed class ProgressLine : IProgress<SolveProgress>
{
    public void Report(SolveProgress value)
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.Write($"\r{value.Phase}: {value.Panels} panels, lowest chance {value.LowerBound:P2} to {value.UpperBound:P2}    ");
        }
    }
}
