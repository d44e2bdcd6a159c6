using System.CommandLine;
using Sortition.Cli.Texts;

namespace Sortition.Cli.Commands;

/// <summary>A command with examples for its help.</summary>
internal abstract class ToolCommand(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>Lines of a shell, each with a line above it that says what it does.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>Does the work.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public abstract int Run(ParseResult line, Terminal terminal, CancellationToken cancellationToken);
}
