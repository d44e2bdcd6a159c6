using System.CommandLine;

namespace Sortition.Cli.Options;

/// <summary>Options by names that they no longer have.</summary>
internal static class Renamed
{
    /// <summary>An option that is refused, with the name that it has now, and that no help shows.</summary>
    public static Option<string?> From(string before, string now)
    {
        Option<string?> option = new(before) { Hidden = true };
        option.Validators.Add(result => result.AddError($"{before} is called {now} now."));
        return option;
    }
}
