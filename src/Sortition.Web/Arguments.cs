namespace Sortition.Web;

/// <summary>What the program is told when it is started.</summary>
internal sealed record Arguments
{
    /// <summary>The folder of a project; null for all projects.</summary>
    public string? Folder { get; private init; }

    /// <summary>The code of a language; null for that of the system.</summary>
    public string? Language { get; private init; }

    /// <summary>Whether no browser is to be opened.</summary>
    public bool WithoutBrowser { get; private init; }

    /// <summary>Reads them; null where they are none.</summary>
    public static Arguments? Read(string[] args)
    {
        Arguments read = new();
        for (int i = 0; i < args.Length; i++)
        {
            string arg = args[i];
            if (arg is "--no-browser")
            {
                read = read with { WithoutBrowser = true };
            }
            else if (arg is "--language" && i + 1 < args.Length && Codes.Contains(args[i + 1], StringComparer.Ordinal))
            {
                read = read with { Language = args[++i] };
            }
            else if (read.Folder is null && arg.Length > 0 && arg[0] != '-')
            {
                read = read with { Folder = arg };
            }
            else
            {
                return null;
            }
        }

        return read;
    }

    private static IReadOnlyList<string> Codes => Shared.Speech.Language.Codes;
}
