using System.CommandLine;
using System.Diagnostics;
using Sortition.Cli.Options;
using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Core.Alternates;
using Sortition.Core.DropOuts;
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
    private readonly Option<int?> _count = Numbers.Whole("--count", "N", "How many alternates to choose.", 1, MaxCount);
    private readonly Option<string?> _declined = PeopleLists.Declined(" With --count, nobody of the panel may be among them.");
    private readonly Option<string?> _alternates = PeopleLists.Alternates(" Shows who of them takes whose seat of those under --declined.");

    private readonly DropOutInput _dropOuts = new();
    private readonly Option<int?> _scenarios = Numbers.Whole(
        "--scenarios",
        "N",
        "How many sets of drop-outs to draw, against which the alternates are chosen. [default: 300; all there are for a panel of 10 or fewer]",
        1,
        AlternatesRun.MostScenarios);

    private readonly Option<string?> _seed = new("--seed")
    {
        HelpName = "TEXT",
        Description = "A text that decides the scenarios and the lot among people who would do equally well. Without it one is drawn at random and shown.",
    };

    private readonly Option<double?> _timeLimit = AlgorithmInput.TimeLimit();

    private readonly Option<string?> _output = new("--output", "-o")
    {
        HelpName = StandardStreams.FolderOrZip,
        Description = "Where to write alternates.csv and alternates.json; with --alternates panel.csv (the panel afterwards), substitution.csv and "
            + "alternates.csv (who still stands by). Without it nothing is written.",
    };

    public AlternatesCommand()
        : base(
            "alternates",
            "Chooses alternates who can step in when members drop out, so that the quotas are kept as well as can be; or says who steps in for whom.",
            "# twelve alternates for the panel in the folder result, if everybody drops out with a chance of 10 %",
            "sortition alternates --quotas categories.csv --people respondents.csv --size 36 --panel result/selected.csv --count 12 --output ready",
            "# chances estimated from past assemblies, and people who cannot be asked",
            "sortition alternates -q categories.csv -p respondents.csv -k 36 --panel result/selected.csv --count 12 --past past.csv --declined "
            + "declined.csv -o ready",
            "# two members have dropped out: who steps in?",
            "sortition alternates -q categories.csv -p respondents.csv -k 36 --panel result/selected.csv --alternates ready/alternates.csv --declined "
            + "F000049,F000081 -o now")
    {
        _panel.Required = true;
        _input.AddTo(this);
        foreach (Option option in (Option[])[_panel, _count, _declined, _alternates])
        {
            Options.Add(option);
        }

        _dropOuts.AddTo(this);
        foreach (Option option in (Option[])[_scenarios, _seed, _timeLimit, _output])
        {
            Options.Add(option);
        }
    }

    public override int Run(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        Stopwatch clock = Stopwatch.StartNew();
        bool isChoice = line.GetValue(_alternates) is null;
        Check(line, isChoice);
        LoadedProblem input = _input.Load(line, terminal, entitlementColumn: null, cancellationToken);
        return isChoice ? Choose(line, terminal, input, clock, cancellationToken) : Substitute(line, terminal, input, cancellationToken);
    }

    private void Check(ParseResult line, bool isChoice)
    {
        if (isChoice == line.GetValue(_count) is null)
        {
            throw new UsageException("Say what to do: either --count N, to choose alternates, or --alternates FILE, to be told who of them steps in.");
        }

        bool leavesToChance = line.GetValue(_scenarios) is not null || line.GetValue(_seed) is not null || line.GetValue(_timeLimit) is not null;
        if (!isChoice && (_dropOuts.IsGiven(line) || leavesToChance))
        {
            throw new UsageException(
                "--alternates leaves nothing to chance: leave out --drop-out, --drop-out-chances, --past, --scenarios, --seed and --time-limit, which "
                + "choose alternates.");
        }

        if (!isChoice && line.GetValue(_declined) is null)
        {
            throw new UsageException("--alternates needs --declined: the members who drop out.");
        }

        _dropOuts.Check(line);
        if (line.GetValue(_output) is string output)
        {
            IReadOnlyList<string> written = isChoice ? AlternatesFiles.ChoiceNames : AlternatesFiles.SubstitutionNames;
            OutputFolder.Check(output, written.Contains);
        }
    }

    private int Choose(ParseResult line, Terminal terminal, LoadedProblem input, Stopwatch clock, CancellationToken cancellationToken)
    {
        FoundIds ids = new(line, _input, input.Problem);
        IReadOnlyList<string> members = ids.Of(_panel, cancellationToken);
        string[] declined = [.. ids.Of(_declined, cancellationToken).Distinct(StringComparer.Ordinal)];
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
            throw new UsageException(
                $"--declined: {gone} is a member of the panel. Fill the seat with \"sortition replace\" first; alternates are for a whole panel.");
        }

        string? seed = line.GetValue(_seed);
        AlternatesRun run = new(terminal, panel, chances!, line.GetRequiredValue(_count)!.Value, seed ?? RandomSource.NewSeed(), declined);
        AlternatesOutcome outcome = run.Do(
            input, loaded, _dropOuts.Given(line), line.GetValue(_scenarios), line.GetValue(_timeLimit), cancellationToken);
        string? output = line.GetValue(_output);
        IReadOnlyList<string> files = output is null ? [] : OutputFolder.WriteAll(output, to => AlternatesFiles.Write(to, outcome, cancellationToken));
        terminal.Fill(json => (json["report"], json["files"]) = (Json.Written(stream => AlternatesFiles.WriteReport(stream, outcome)), Json.Texts(files)));
        AlternatesText.Write(terminal, outcome, seedWasGiven: seed is not null, clock.Elapsed, output, files);
        return outcome.Result.IsComplete ? ExitCode.Done : ExitCode.NotProven;
    }

    private int Substitute(ParseResult line, Terminal terminal, LoadedProblem input, CancellationToken cancellationToken)
    {
        FoundIds ids = new(line, _input, input.Problem);
        IReadOnlyList<string> members = ids.Of(_panel, cancellationToken);
        IReadOnlyList<string> ready = ids.Of(_alternates, cancellationToken);
        IReadOnlyList<string> declined = ids.Of(_declined, cancellationToken);
        ids.ThrowIfAny();
        Panel panel = Panel.Create(input.Problem, members);
        AlternateSet alternates = AlternateSet.Create(panel, ready);

        // Whoever said no before, and is on neither list any more, has no seat to give up and was not kept ready.
        string[] concerned = [.. declined.Where(id => members.Contains(id, StringComparer.Ordinal) || ready.Contains(id, StringComparer.Ordinal))];
        if (concerned.Length < declined.Count)
        {
            string others = string.Join(", ", declined.Except(concerned, StringComparer.Ordinal));
            terminal.Complain($"Note: not on the panel and no alternates, so that nothing changes for them: {others}");
        }

        if (concerned.Length == 0)
        {
            throw new UsageException("--declined: nobody of them is on the panel or among the alternates, so that no seat is open.");
        }

        Substitution substitution = alternates.Substitute(concerned, cancellationToken);
        string? output = line.GetValue(_output);
        IReadOnlyList<string> files = output is null ? []
            : OutputFolder.WriteAll(output, to => AlternatesFiles.WriteSubstitution(to, input, substitution, cancellationToken));
        terminal.Fill(json =>
        {
            SubstitutionText.Fill(json, panel, substitution);
            json["files"] = Json.Texts(files);
        });
        SubstitutionText.Write(terminal, panel, substitution, output, files);
        return ExitCode.Done;
    }
}
