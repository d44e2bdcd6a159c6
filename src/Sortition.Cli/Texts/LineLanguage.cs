using System.CommandLine.Parsing;

namespace Sortition.Cli.Texts;

/// <summary>The language in which a command line is read.</summary>
internal static class LineLanguage
{
    extension(Language)
    {
        /// <summary>The language of the command line that something stands in.</summary>
        public static Language Of(SymbolResult result)
        {
            for (SymbolResult? at = result; at is not null; at = at.Parent)
            {
                if (at is CommandResult { Command: SpeakingRoot root })
                {
                    return root.Language;
                }
            }

            return Language.English;
        }
    }
}
