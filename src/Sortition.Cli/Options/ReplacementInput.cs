using System.CommandLine;
using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Core.Feasibility;
using Sortition.Core.Replacements;
using Sortition.Files.Dialects;

namespace Sortition.Cli.Options;

/// <summary>The options that say who of a panel stays and who does not, which several commands share.</summary>
internal sealed class ReplacementInput
{
    private readonly Option<string?> _confirmed = PeopleLists.Confirmed();
    private readonly Option<string?> _panel = PeopleLists.Panel();
    private readonly Option<string?> _declined = PeopleLists.Declined();

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_confirmed, _panel, _declined])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Whether any of the options is given.</summary>
    public bool IsGiven(ParseResult line) => line.GetValue(_confirmed) is not null || line.GetValue(_panel) is not null || line.GetValue(_declined) is not null;

    /// <summary>Whether there is a whole panel, and nobody said to have confirmed.</summary>
    public bool IsWholePanel(ParseResult line) => line.GetValue(_panel) is not null && line.GetValue(_confirmed) is null;

    /// <summary>Checks that the options say who stays.</summary>
    /// <exception cref="UsageException">They do not.</exception>
    public void Check(ParseResult line)
    {
        string? confirmed = line.GetValue(_confirmed);
        string? panel = line.GetValue(_panel);
        if (panel is null == confirmed is null)
        {
            throw new UsageException("usage/who-stays");
        }
    }

    /// <summary>The ids of the whole panel, and of those who declined.</summary>
    /// <exception cref="MalformedInputException">A file cannot be read.</exception>
    public (IReadOnlyList<string> Panel, IReadOnlyList<string> Declined) WholePanel(
        ParseResult line, ProblemInput problem, CancellationToken cancellationToken) =>
        (problem.Ids(line, _panel, cancellationToken) ?? [], problem.Ids(line, _declined, cancellationToken) ?? []);

    /// <summary>The problem of the open seats; where there is nothing to draw, says why and gives none.</summary>
    /// <exception cref="MalformedInputException">A file cannot be read, or an id is unknown.</exception>
    public (int ExitCode, LoadedProblem? Residual) Open(
        ParseResult line, Terminal terminal, ProblemInput problem, LoadedProblem input, CancellationToken cancellationToken)
    {
        (IReadOnlyList<string> panel, IReadOnlyList<string> declined) = WholePanel(line, problem, cancellationToken);
        IEnumerable<string> confirmed = problem.Ids(line, _confirmed, cancellationToken) ?? panel.Except(declined, StringComparer.Ordinal);
        ReplacementResult result = ProgressDisplay.Run(terminal, "", _ => ReplacementRound.Start(input.Problem, confirmed, declined, cancellationToken));
        switch (result)
        {
            case ReplacementResult.Infeasible none:
                terminal.Warn("round/infeasible");
                return (TellWaysOut(terminal, none, cancellationToken), null);
            case ReplacementResult.NotNeeded:
                terminal.Fill(json => json["openSeats"] = 0);
                terminal.Tell("round/not-needed", ("seats", input.Problem.PanelSize));
                return (ExitCode.Done, null);
        }

        return (ExitCode.Done, input.ForReplacements(result.GetRoundOrThrow()));
    }

    /// <summary>Says why the seats cannot be filled, and which quotas would have to give least.</summary>
    private static int TellWaysOut(Terminal terminal, ReplacementResult.Infeasible none, CancellationToken cancellationToken)
    {
        int exitCode = FeasibilityText.Refuse(terminal, none.Problem, none.Report);
        RelaxationReport ways = ProgressDisplay.Run(terminal, "", _ => QuotaRelaxation.Find(none.Problem, null, cancellationToken));
        terminal.Fill(json => json["waysOut"] = Json.WaysOut(ways, null));
        if (ways.Alternatives.Count > 0)
        {
            terminal.Complain("");
            terminal.Error.Write(WayOutText.Alternatives(terminal.Language, ways, null));
        }

        return exitCode;
    }
}
