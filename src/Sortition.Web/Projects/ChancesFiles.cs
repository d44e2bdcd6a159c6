using System.Text.Json;
using System.Text.Json.Serialization;
using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Core.Problems;
using Sortition.Files;
using Sortition.Files.Storage;

namespace Sortition.Web.Projects;

/// <summary>The folder <c>chances</c>: the lottery as it was found, and mixed as it is drawn from by seed.</summary>
public static class ChancesFiles
{
    public const string Found = "lottery.json";
    public const string Mixed = "mixed.json";
    public const string State = "chances.json";

    /// <summary>Computes the chances and writes them.</summary>
    /// <returns>The key of what went wrong; null where all went well.</returns>
    public static string? Compute(Project project, SelectionProblem problem, Work work, CancellationToken cancellationToken)
    {
        SolveOptions options = new() { Progress = work, StopToken = work.StopToken };
        SolveResult result = new Leximin().Solve(problem, options, cancellationToken);
        if (result is SolveResult.Infeasible)
        {
            return "work/infeasible";
        }

        bool isStopped = result is SolveResult.Stopped;
        if (result is SolveResult.Stopped { Best: null })
        {
            return "work/nothing-yet";
        }

        PanelLottery lottery = result is SolveResult.Stopped { Best: PanelLottery best } ? best : result.GetLotteryOrThrow();

        // What was cut off is drawn from as it is, as by the command.
        LotteryMixing? mixing = isStopped ? null : LotteryMixing.Run(lottery, new ComputeOptions { Progress = work }, cancellationToken);
        ChancesState state = new() { Stopped = isStopped, PanelsFound = mixing?.PanelsFound, IsMixed = mixing?.IsMixed };
        FolderTarget target = FolderTarget.At(project.PathOf(Project.Chances)).LoggedIn(project.Log("select", [("--size", $"{problem.PanelSize}")]));
        project.ForgetChances();
        target.Write(
            [
                (Found, stream => LotteryJson.Write(stream, lottery)),
                (Mixed, stream => LotteryJson.Write(stream, mixing?.Lottery ?? lottery)),
                (State, stream => JsonSerializer.Serialize(stream, state, ChancesJson.Default.ChancesState)),
            ],
            _ => false,
            _ => true,
            cancellationToken);
        return null;
    }

    /// <summary>Reads them; nothing where they are of another problem.</summary>
    public static ChancesReading Read(string folder, SelectionProblem problem, CancellationToken cancellationToken)
    {
        try
        {
            ChancesState? state = JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, State)), ChancesJson.Default.ChancesState);
            return state?.Format is not ChancesState.CurrentFormat ? new ChancesReading(null, null, new ChancesState()) : new ChancesReading(
                LotteryJson.Read(Path.Combine(folder, Found)!, problem, cancellationToken),
                LotteryJson.Read(Path.Combine(folder, Mixed)!, problem, cancellationToken),
                state);
        }
        catch (Exception e) when (e is MalformedInputException or JsonException or IOException)
        {
            return new ChancesReading(null, null, new ChancesState());
        }
    }
}

/// <summary>The chances that were read: the lottery as found, mixed, and how it came about.</summary>
public sealed record ChancesReading(PanelLottery? Found, PanelLottery? Mixed, ChancesState State);

/// <summary>What the lotteries do not say themselves.</summary>
public sealed record ChancesState
{
    /// <summary>The version of the format.</summary>
    public const string CurrentFormat = "sortition-chances/1";

    /// <summary>See <see cref="CurrentFormat"/>.</summary>
    public string Format { get; set; } = CurrentFormat;

    /// <summary>Whether somebody has stopped the computation.</summary>
    public bool Stopped { get; set; }

    /// <summary>How many panels had been found before they were mixed; null where they were not.</summary>
    public int? PanelsFound { get; set; }

    /// <summary>Whether they are as mixed as can be seen; null where they were not mixed.</summary>
    public bool? IsMixed { get; set; }
}

/// <summary>The same in JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(ChancesState))]
public sealed partial class ChancesJson : JsonSerializerContext;
