using System.CommandLine;
using Sortition.Cli.Texts;

namespace Sortition.Cli.Commands;

/// <summary>A command of the program. What its help says of it stands in the texts.</summary>
internal abstract class ToolCommand(string name) : Command(name)
{
    /// <summary>Whether what it has finished is kept where it is cancelled, and the same command goes on from there.</summary>
    public virtual bool KeepsWhatIsDone => false;

    /// <summary>Does the work.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public abstract int Run(ParseResult line, Terminal terminal, CancellationToken cancellationToken);
}
