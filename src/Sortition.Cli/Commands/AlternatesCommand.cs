using System.CommandLine;
using System.Diagnostics;
using Sortition.Cli.Options;
using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Core.Alternates;
using Sortition.Core.DropOuts;
using Sortition.Core.Problems;
using Sortition.Files;
using Sortition.Files.Dialects;
using Sortition.Files.Results;

namespace Sortition.Cli.Commands;

/// <summary>Chooses people who are kept ready to step in, or says which of them do when members drop out.</summary>
internal sealed class AlternatesCommand : ToolCommand
{
    private const int MaxCount = 1_000_000;

    private readonly ProblemInput _input = new();
    private readonly Option<string?> _panel = PeopleLists.Panel();
    private readonly Option<int?> _count = Numbers.Whole("--count", "N", 1, MaxCount);
    private readonly Option<string?> _declined = PeopleLists.Declined();
    private readonly Option<string?> _alternates = PeopleLists.Alternates();

    private readonly DropOutInput _dropOuts = new();
    private readonly Option<int?> _scenarios = Numbers.Whole("--scenarios", "N", 1, AlternatesRun.MostScenarios);

    private readonly Option<string?> _seed = new("--seed") { HelpName = "TEXT" };

    private readonly Option<double?> _timeLimit = AlgorithmInput.TimeLimit();

    private readonly Option<string?> _output = new("--output", "-o") { HelpName = StandardStreams.FolderOrZip };

    public AlternatesCommand()
        : base("alternates")
    {
        _panel.Required = true;
        _input.AddTo(this);
        foreach (Option option in (Option[])[_panel, _count, _declined, _alternates])
        {
            Options.Add(option);
        }

        _dropOuts.AddTo(this);
        ContactInput.AddTo(this);
        foreach (Option option in (Option[])[_scenarios, _seed, _timeLimit, _output, CommandLog.OverwriteOption()])
        {
            Options.Add(option);
        }
    }

    public override int Run(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        Stopwatch clock = Stopwatch.StartNew();
        bool isChoice = line.GetValue(_alternates) is null;
        Check(line, terminal, isChoice);
        FaultList faults = new();
        RoundLists lists = new(Listed(_panel), Listed(_alternates), Listed(_declined), AnswerColumn: null) { KeepsGone = !isChoice };
        LoadedProblem input = _input.Load(line, terminal, entitlementColumn: null, cancellationToken, lists);
        FoundIds ids = new(line, terminal, input, faults);
        return isChoice
            ? Choose(line, terminal, input, lists, ids, clock, cancellationToken)
            : Substitute(line, terminal, input, lists, ids, cancellationToken);

        IReadOnlyList<ListedId>? Listed(Option<string?> option) => faults.Try(() => _input.Listed(line, option, cancellationToken));
    }

    private void Check(ParseResult line, Terminal terminal, bool isChoice)
    {
        if (isChoice == line.GetValue(_count) is null)
        {
            throw new UsageException("usage/count-or-alternates");
        }

        bool leavesToChance = line.GetValue(_scenarios) is not null || line.GetValue(_seed) is not null || line.GetValue(_timeLimit) is not null;
        if (!isChoice && (_dropOuts.IsGiven(line) || leavesToChance))
        {
            throw new UsageException("usage/alternates-without-chance");
        }

        if (!isChoice && line.GetValue(_declined) is null)
        {
            throw new UsageException("usage/alternates-need-declined");
        }

        _dropOuts.Check(line);
        if (line.GetValue(_output) is string output)
        {
            IReadOnlyList<string> written = isChoice ? AlternatesFiles.ChoiceNames : AlternatesFiles.SubstitutionNames;
            OutputFolder.Check(terminal, output, written.Contains);
        }
    }

    private int Choose(
        ParseResult line, Terminal terminal, LoadedProblem input, RoundLists lists, FoundIds ids, Stopwatch clock, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> members = ids.Of(_panel, lists.Panel);
        string[] declined = [.. ids.Of(_declined, lists.Declined, areOut: true).Distinct(StringComparer.Ordinal)];
        LoadedDropOuts? loaded = null;
        DropOutChances? chances = ids.Try(() =>
        {
            (DropOutChances all, loaded) = _dropOuts.Load(line, input.Problem, _input.IdColumn(line), cancellationToken);
            return all;
        });
        ids.ThrowIfAny();
        Panel panel = Panel.Create(input.Problem, members);
        if (panel.Ids.Intersect(declined, StringComparer.Ordinal).FirstOrDefault() is string gone)
        {
            throw new UsageException("usage/declined-member", ("id", gone));
        }

        string? seed = line.GetValue(_seed);
        AlternatesRun run = new(terminal, panel, chances!, line.GetRequiredValue(_count)!.Value, RehearsalInput.Seed(terminal, seed), declined);
        AlternatesOutcome outcome = run.Do(
            input, loaded, _dropOuts.Given(line), line.GetValue(_scenarios), line.GetValue(_timeLimit), cancellationToken);
        string? output = line.GetValue(_output);
        EarlierResult.CheckSame(terminal, output, EarlierResult.Alternates, outcome.Result.Alternates.Ids, cancellationToken);
        IReadOnlyList<string> files = output is null ? []
            : OutputFolder.WriteAll(terminal, output, to => AlternatesFiles.Write(to, outcome, cancellationToken));
        terminal.Fill(json => (json["report"], json["files"]) = (Json.Written(stream => AlternatesFiles.WriteReport(stream, outcome)), Json.Texts(files)));
        AlternatesText.Write(terminal, outcome, seedWasGiven: seed is not null, clock.Elapsed, output, files);
        return outcome.Result.IsComplete ? ExitCode.Done : ExitCode.NotProven;
    }

    private int Substitute(
        ParseResult line, Terminal terminal, LoadedProblem input, RoundLists lists, FoundIds ids, CancellationToken cancellationToken)
    {
        HashSet<string> leaving = [.. lists.Leaving(input)];
        string[] gone = [.. (lists.Panel ?? []).Select(l => l.Id).Where(id => leaving.Contains(id) && input.Problem.IndexOf(id) < 0)];
        if (gone.Length > 0)
        {
            throw new UsageException("usage/panel-without-rows", ("ids", gone));
        }

        IReadOnlyList<string> members = ids.Of(_panel, lists.Panel);

        // An alternate who is not to be had, and was erased, is one fewer.
        IReadOnlyList<string> ready = ids.Of(_alternates, lists.Confirmed, areOut: true);
        IReadOnlyList<string> declined = ids.Of(_declined, lists.Declined, areOut: true);
        ids.ThrowIfAny();
        Panel panel = Panel.Create(input.Problem, members);
        AlternateSet alternates = AlternateSet.Create(panel, ready);

        // Whoever said no before, and is on neither list any more, has no seat to give up and was not kept ready.
        string[] concerned = [.. declined.Where(id => members.Contains(id, StringComparer.Ordinal) || ready.Contains(id, StringComparer.Ordinal))];
        if (concerned.Length < declined.Count)
        {
            terminal.Warn("alternates/not-concerned", ("ids", declined.Except(concerned, StringComparer.Ordinal)));
        }

        if (concerned.Length == 0)
        {
            throw new UsageException("usage/nobody-concerned");
        }

        Substitution substitution = alternates.Substitute(concerned, cancellationToken);
        string? output = line.GetValue(_output);
        IReadOnlyList<string> files = output is null ? []
            : OutputFolder.WriteAll(terminal, output, to => AlternatesFiles.WriteSubstitution(to, input, substitution, cancellationToken));
        terminal.Fill(json =>
        {
            SubstitutionText.Fill(json, panel, substitution);
            json["files"] = Json.Texts(files);
        });
        SubstitutionText.Write(terminal, panel, substitution, output, files);
        return ExitCode.Done;
    }
}
