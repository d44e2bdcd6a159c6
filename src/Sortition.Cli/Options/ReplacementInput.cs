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
    private readonly Option<string?> _answers = new("--answer-column") { HelpName = "COLUMN" };

    private Option<string?>[] All => [_confirmed, _panel, _declined, _answers];

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in All)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Whether any of the options is given.</summary>
    public bool IsGiven(ParseResult line) => All.Any(option => line.GetValue(option) is not null);

    /// <summary>Whether there is a whole panel, and nobody said to have confirmed.</summary>
    public bool IsWholePanel(ParseResult line) => line.GetValue(_panel) is not null && line.GetValue(_confirmed) is null;

    /// <summary>Checks that the options say who stays.</summary>
    /// <exception cref="UsageException">They do not.</exception>
    public void Check(ParseResult line)
    {
        if (line.GetValue(_answers) is not null && All.Count(option => line.GetValue(option) is not null) > 1)
        {
            throw new UsageException("usage/answers-or-lists");
        }

        if (((Option<string?>[])[_confirmed, _panel, _answers]).Count(option => line.GetValue(option) is not null) != 1)
        {
            throw new UsageException("usage/who-stays");
        }
    }

    /// <summary>Reads the lists.</summary>
    /// <exception cref="MalformedInputException">A file cannot be read.</exception>
    public RoundLists Read(ParseResult line, ProblemInput problem, CancellationToken cancellationToken) => new(
        problem.Listed(line, _panel, cancellationToken),
        problem.Listed(line, _confirmed, cancellationToken),
        problem.Listed(line, _declined, cancellationToken),
        line.GetValue(_answers));

    /// <summary>The problem of the open seats; where there is nothing to draw, says why and gives none.</summary>
    /// <exception cref="MalformedInputException">A file cannot be read, or an id is unknown, or is another person's by now.</exception>
    public static (int ExitCode, LoadedProblem? Residual) Open(
        Terminal terminal, LoadedProblem input, RoundLists lists, CancellationToken cancellationToken)
    {
        lists.Check(terminal, input, looksAhead: false);
        IReadOnlyList<string> confirmed = lists.Staying(input);
        string[] declined = [.. lists.Leaving(input).Where(id => lists.IsKnown(input, id))];
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
