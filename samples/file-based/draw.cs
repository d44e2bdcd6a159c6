#!/usr/bin/env dotnet
// A panel from two spreadsheets, in one file and without a project: dotnet run draw.cs
#:package Sortition.Files@*-*
using System.Runtime.CompilerServices;
using Sortition.Core;
using Sortition.Files;

try
{
    SelectionProblem problem = ProblemFiles.Load(new ProblemFilesOptions
    {
        Quotas = Beside("quotas.csv"),
        People = Beside("people.csv"),
        PanelSize = 6,
    }).Problem;
    SolveResult result = new Leximin().Solve(problem);
    if (result is SolveResult.Infeasible none)
    {
        none.Report.Reasons.ToList().ForEach(reason => Console.Error.WriteLine(TextRenderer.English.Describe(reason, problem)));
        return 1;
    }

    PanelLottery lottery = result.GetLotteryOrThrow();
    Console.WriteLine($"Lowest chance: {LotteryMetrics.Compute(lottery).MinProbability:P1}");
    Console.WriteLine($"Drawn: {string.Join(" ", lottery.Draw(RandomSource.Secure()).Ids)}");
    return 0;
}
catch (MalformedInputException malformed)
{
    malformed.Faults.ToList().ForEach(fault => Console.Error.WriteLine(FileTexts.English.Describe(fault)));
    return 2;
}

// The built program lies elsewhere: look beside the source.
static string Beside(string name, [CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, name);
