using System.Text.Json.Nodes;
using Sortition.Core;
using Sortition.Files.Storage;
using Spectre.Console;

namespace Sortition.Cli.Texts;

/// <summary>The two streams a person or a pipe reads: the report on standard output, faults and progress on standard error.</summary>
/// <remarks>Into a pipe or file goes plain text without control sequences, and lines are as long as they are: nothing is wrapped or cut.</remarks>
internal sealed class Terminal
{
    /// <summary>How many faults or warnings are shown before the rest is only counted.</summary>
    public const int FaultsShown = 200;

    /// <summary>How many of a kind are shown where there are more faults than that.</summary>
    public const int FaultsShownOfKind = 20;

    private const int Unlimited = 1_000_000;
    private const int LabelGap = 2;
    private const string JsonFormat = "sortition-answer/1";

    private readonly bool _plain = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        || Environment.GetEnvironmentVariable("TERM") is "dumb";
    private IAnsiConsole? _out;
    private IAnsiConsole? _error;
    private JsonObject? _document;

    /// <summary>The language of all that is shown.</summary>
    public Language Language { get; set; } = Language.English;

    /// <summary>The sentences of the packages in that language.</summary>
    public TextRenderer Texts => Language.Texts;

    /// <summary>What was asked for, to be logged with all that is written.</summary>
    public CommandLog? Command { get; set; }

    /// <summary>The log of what is written.</summary>
    /// <exception cref="InvalidOperationException">No command was understood.</exception>
    public RunLog Log => Command?.Writer ?? throw new InvalidOperationException("Nothing logged.");

    /// <summary>For the report.</summary>
    public IAnsiConsole Out => _out ??= Open(Console.Out, Console.IsOutputRedirected);

    /// <summary>Whether a person sees what standard error shows at the moment it is shown, so that progress makes sense.</summary>
    public bool ShowsProgress => !Console.IsErrorRedirected && !_plain;

    /// <summary>For faults, warnings and progress.</summary>
    public IAnsiConsole Error => _error ??= Open(Console.Error, Console.IsErrorRedirected);

    /// <summary>Whether this is a rehearsal.</summary>
    public bool IsRehearsal { get; private set; }

    /// <summary>Says that this is a rehearsal: now, at the end, in JSON and in the log.</summary>
    public void Rehearse()
    {
        if (IsRehearsal)
        {
            return;
        }

        IsRehearsal = true;
        Command!.IsRehearsal = true;
        Fill(json => json[Rehearsal.Member] = Rehearsal.Mark);
        TellRehearsal();
        Say();
    }

    /// <summary>From now on the report is one JSON document, which <see cref="End"/> writes, and its text is written nowhere.</summary>
    /// <param name="command">The command's name; null where none was understood.</param>
    public void AnswerInJson(string? command)
    {
        _document = new JsonObject { ["format"] = JsonFormat, ["command"] = command, ["outcome"] = null, ["exitCode"] = null };
        _out = Open(TextWriter.Null, redirected: true);
    }

    /// <summary>From now on standard output is left to a file that is written there, and the report goes to standard error.</summary>
    /// <exception cref="UsageException">It is a JSON document, for which there is no other place.</exception>
    public void LeaveOutputToFile() => _out = _document is null ? Error
        : throw new UsageException("tool/json-and-output");

    /// <summary>Adds to the JSON document, if there is one, what the text says.</summary>
    public void Fill(Action<JsonObject> fill)
    {
        if (_document is not null)
        {
            fill(_document);
        }
    }

    /// <summary>Puts faults into the JSON document, if there is one, in place of what it says so far.</summary>
    public void FillFaults(IEnumerable<JsonObject> faults, int count) => Fill(document =>
    {
        AnswerInJson((string?)document["command"]);
        Fill(emptied => (emptied["faultCount"], emptied["faults"]) = (count, Json.List(faults, fault => fault)));
    });

    /// <summary>Writes the JSON document, if there is one.</summary>
    /// <returns>The exit code.</returns>
    public int End(int exitCode)
    {
        if (IsRehearsal)
        {
            Say();
            TellRehearsal();
        }

        Fill(document =>
        {
            document["outcome"] = ExitCode.Name(exitCode);
            document["exitCode"] = exitCode;
            StandardStreams.Write(stream => Json.Write(stream, document));
        });
        return exitCode;
    }

    /// <summary>A text in the language that is spoken.</summary>
    public string Text(string key, params ReadOnlySpan<(string Name, object? Value)> values) => Language.Text(key, values);

    /// <summary>A fault in JSON, told in the language that is spoken.</summary>
    public JsonObject InJson(Fault fault) => Json.Fault(fault, Texts);

    /// <summary>Writes a paragraph of the report by the key of its text.</summary>
    public void Tell(string key, params ReadOnlySpan<(string Name, object? Value)> values) => Say(Text(key, values));

    /// <summary>Writes a paragraph to standard error by the key of its text.</summary>
    public void Warn(string key, params ReadOnlySpan<(string Name, object? Value)> values) => Complain(Text(key, values));

    /// <summary>Writes a paragraph of the report.</summary>
    public void Say(string text = "") => Write(Out, text);

    /// <summary>Writes lines of the report that each have a label, the texts under each other.</summary>
    public void Lines(IEnumerable<(string Label, string Text)> lines)
    {
        Grid grid = new();
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, LabelGap, 0) });
        grid.AddColumn(new GridColumn { Padding = new Padding(0) });
        foreach ((string label, string text) in lines)
        {
            grid.AddRow(new Text(label), new Text(Clean(text)));
        }

        Out.Write(grid);
    }

    /// <summary>Writes a paragraph to standard error.</summary>
    public void Complain(string text) => Write(Error, text);

    /// <summary>A text from a file as it may be shown: control characters, which could command a terminal, replaced.</summary>
    public static string Clean(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c)) : text;

    private void TellRehearsal() => Tell("tool/rehearsal", ("mark", Rehearsal.Mark));

    private static void Write(IAnsiConsole console, string text)
    {
        console.Write(new Text(Clean(text)));
        console.WriteLine();
    }

    private IAnsiConsole Open(TextWriter writer, bool redirected)
    {
        bool plain = redirected || _plain;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(redirected ? new TrimmingWriter(writer) : writer),
            Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = plain ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (redirected)
        {
            console.Profile.Width = Unlimited;
        }

        return console;
    }
}
