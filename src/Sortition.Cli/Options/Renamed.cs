using System.CommandLine;
using Sortition.Cli.Texts;

namespace Sortition.Cli.Options;

/// <summary>Options by names that they no longer have.</summary>
internal static class Renamed
{
    /// <summary>An option that is refused, with the name that it has now, and that no help shows.</summary>
    public static Option<string?> From(string before, string now)
    {
        Option<string?> option = new(before) { Hidden = true };
        option.Validators.Add(result => result.AddError(Language.Of(result).Text("usage/renamed", ("before", before), ("now", now))));
        return option;
    }
}
