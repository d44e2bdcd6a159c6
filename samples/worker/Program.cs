// Solves in a process of its own: a problem on the standard input, its lottery on the standard output. dotnet run < problem.json > lottery.json
// With the name of a problem it plays the host, which asks such a process: dotnet run -- problem.json
using Sortition.Core;
using Sortition.Core.Algorithms;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Files;

if (args is [string file])
{
    SelectionProblem asked = ProblemJson.Read(file);
    PanelLottery answer = await OutOfProcess.SolveAsync(asked, typeof(OutOfProcess).Assembly.Location, CancellationToken.None);
    Console.WriteLine($"{answer.Panels.Count} panels, {answer.Certificate.Status}, lowest chance {LotteryMetrics.Compute(answer).MinProbability:P2}");
    return 0;
}

try
{
    SelectionProblem problem = ProblemJson.Read(Console.OpenStandardInput());
    switch (new Leximin().Solve(problem, new SolveOptions { TimeLimit = TimeSpan.FromMinutes(10) }))
    {
        case SolveResult.Solved solved:
            LotteryJson.Write(Console.OpenStandardOutput(), solved.Lottery);
            return 0;
        case SolveResult.Infeasible infeasible:
            infeasible.Report.Reasons.ToList().ForEach(reason => Console.Error.WriteLine(TextRenderer.English.Describe(reason, problem)));
            return 1;
        default:
            return 3; // out of time
    }
}
catch (MalformedInputException malformed)
{
    malformed.Faults.ToList().ForEach(fault => Console.Error.WriteLine($"{fault.Code.Name} at {fault.Location}"));
    return 2;
}
