using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Sortition.Cli.Commands;
using Sortition.Cli.Texts;

namespace Sortition.Cli;

/// <summary>The help of a command: what it does, its options, its examples, and what the exit codes mean.</summary>
/// <remarks>
/// Texts stand under <c>help/COMMAND</c>, <c>help/OPTION</c> for all commands that have an option, and <c>help/COMMAND/OPTION</c> where one says something else
/// of it.
/// </remarks>
internal sealed class Help(Language language) : SynchronousCommandLineAction
{
    private const string Indent = "  ";

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        TextWriter output = parseResult.InvocationConfiguration.Output;
        Command command = parseResult.CommandResult.Command;
        HelpColumns columns = new(output, Console.IsOutputRedirected ? int.MaxValue : Console.WindowWidth);
        output.WriteLine(language.Text("help/description-heading"));
        columns.Paragraph(language.Text("help/" + NameOf(command)));
        output.WriteLine();
        output.WriteLine(language.Text("help/usage-heading"));
        columns.Paragraph(Usage(command));
        output.WriteLine();
        Section("help/arguments-heading", command.Arguments.Select(a => (Value(a.HelpName), language.Text($"help/{NameOf(command)}/{a.Name}"))));
        Section("help/options-heading", OptionsOf(command).Select(o => (Names(o), Describe(language, command, o))));
        Section("help/commands-heading", command.Subcommands.Where(c => !c.Hidden).Select(c => (Names(c), language.Text("help/" + c.Name))));
        output.WriteLine(language.Text("help/examples-heading"));
        foreach (Command shown in command is ToolCommand ? [command] : command.Subcommands)
        {
            foreach (string line in language.Text($"help/{shown.Name}/examples").Split('\n'))
            {
                output.WriteLine(Indent + line);
            }
        }

        output.WriteLine();
        output.WriteLine(language.Text("help/ending"));
        return ExitCode.Done;

        void Section(string heading, IEnumerable<(string, string)> rows)
        {
            (string, string)[] all = [.. rows];
            if (all.Length > 0)
            {
                output.WriteLine(language.Text(heading));
                columns.Write(all);
                output.WriteLine();
            }
        }
    }

    /// <summary>What the help of a command says of one of its options.</summary>
    public static string Describe(Language language, Command command, Option option)
    {
        string shared = Filled($"help/{option.Name}", "");
        string own = $"help/{NameOf(command)}/{option.Name}";
        return language.Texts.Has(own) ? Filled(own, shared) : shared;

        string Filled(string key, string all) =>
            language.Text(key, ("shared", all), ("ids", language.Text("help/ids")), ("objectives", language.Text("help/objectives")));
    }

    private static string NameOf(Command command) => command is SpeakingRoot ? SpeakingRoot.CommandName : command.Name;

    /// <summary>The options of a command, those of all commands at the end.</summary>
    private static IEnumerable<Option> OptionsOf(Command command)
    {
        IEnumerable<Option> all = command.Options.Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(o => o.Recursive)));
        bool isRoot = command is SpeakingRoot;
        return all.Where(o => !o.Hidden).OrderBy(o => o switch { VersionOption => 2, HelpOption => 1, { Recursive: true } when !isRoot => 2, _ => 0 });
    }

    private string Usage(Command command)
    {
        string[] words = command is SpeakingRoot ? [SpeakingRoot.CommandName, language.Text("help/command")] : [SpeakingRoot.CommandName, command.Name];
        return string.Join(' ', [.. words, .. command.Arguments.Select(a => Value(a.Name)), language.Text("help/options")]);
    }

    private string Names(Command command) => string.Join(' ', [command.Name, .. command.Arguments.Select(a => Value(a.HelpName))]);

    private string Names(Option option)
    {
        // Names that begin with a slash are those of Windows.
        IEnumerable<string> names = option.Aliases.Append(option.Name).Where(n => n.StartsWith('-'))
            .OrderBy(n => n.StartsWith("--", StringComparison.Ordinal)).ThenBy(n => n, StringComparer.Ordinal);
        string value = option.HelpName is null ? "" : " " + Value(option.HelpName);
        return string.Join(", ", names) + value + (option.Required ? " " + language.Text("help/required") : "");
    }

    private string Value(string? helpName) => helpName is null ? "" : $"<{language.Name(helpName)}>";
}
