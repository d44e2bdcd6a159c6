using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Files.Storage;

namespace Sortition.Cli.Options;

/// <summary>The options that answer what a table does not say itself, the same in all commands that read some.</summary>
internal static class ReadingInput
{
    private const string Encoding = "--encoding";
    private const string Decimal = "--decimal";
    private const string Hidden = "--hidden-rows";
    private const string Point = "point";
    private const string Comma = "comma";
    private const string Use = "use";
    private const string LeaveOut = "leave-out";

    /// <summary>Adds the options to a command.</summary>
    public static void AddTo(Command command)
    {
        Option<string?> decimals = new(Decimal) { HelpName = $"{Point}|{Comma}" };
        Option<string?> hidden = new(Hidden) { HelpName = $"{Use}|{LeaveOut}" };
        decimals.AcceptOnlyFromAmong(Point, Comma);
        hidden.AcceptOnlyFromAmong(Use, LeaveOut);
        command.Options.Add(new Option<string?>(Encoding) { HelpName = "NAME" });
        command.Options.Add(decimals);
        command.Options.Add(hidden);
    }

    /// <summary>A table to read, in the way that the command's options say.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="path">The file; null for none.</param>
    /// <param name="ofRehearsal">Whether it may be one that a rehearsal wrote, though the command line does not say that this is one.</param>
    [return: NotNullIfNotNull(nameof(path))]
    public static FileSource? Table(ParseResult line, string? path, bool ofRehearsal = false) => StandardStreams.Source(path)?.With(new ReadingOptions
    {
        Encoding = ValueOf(line, Encoding),
        DecimalMark = ValueOf(line, Decimal) switch { Point => '.', Comma => ',', _ => null },
        AcceptsRehearsal = ofRehearsal || RehearsalInput.IsGiven(line),
        HiddenRows = ValueOf(line, Hidden) switch { Use => HiddenRows.Use, LeaveOut => HiddenRows.LeaveOut, _ => HiddenRows.Ask },
    });

    /// <summary>Shows warnings of what was read, and puts them into an answer in JSON.</summary>
    public static void Warn(Terminal terminal, IReadOnlyList<Fault> warnings)
    {
        terminal.Fill(json => json["warnings"] = Json.List(warnings, terminal.InJson));
        foreach (Fault warning in warnings.Take(Terminal.FaultsShown))
        {
            terminal.Warn("tool/warning", ("text", terminal.Texts.Describe(warning)));
        }

        if (warnings.Count > Terminal.FaultsShown)
        {
            terminal.Warn("tool/more-warnings", ("count", warnings.Count - Terminal.FaultsShown));
        }
    }

    /// <summary>The value of an option that not every command has; null where it is not given.</summary>
    public static string? ValueOf(ParseResult line, string option) =>
        line.CommandResult.Command.Options.FirstOrDefault(o => string.Equals(o.Name, option, StringComparison.Ordinal)) is Option<string?> found
            ? line.GetValue(found)
            : null;
}
