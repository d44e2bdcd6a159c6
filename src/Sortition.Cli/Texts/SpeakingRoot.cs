using System.CommandLine;

namespace Sortition.Cli.Texts;

/// <summary>The command above all commands, which knows in which language all of them speak.</summary>
internal sealed class SpeakingRoot(Language language) : RootCommand
{
    public const string CommandName = "sortition";

    public Language Language { get; } = language;
}
