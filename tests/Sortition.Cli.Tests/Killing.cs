using System.Diagnostics;
using System.Globalization;

namespace Sortition.Cli.Tests;

/// <summary>A small library in C, loaded before the system's own, that kills a process at its n-th change of a folder.</summary>
internal static class Killing
{
    public static string Compile(TemporaryFolder folder)
    {
        string library = folder["killing.so"];
        ProcessStartInfo start = new("cc") { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (string argument in (string[])["-shared", "-fPIC", "-O1", "-o", library, TestFiles.PathOf("killing.c"), "-ldl"])
        {
            start.ArgumentList.Add(argument);
        }

        using Process compiler = Process.Start(start)!;
        (int exitCode, _, string error) = Processes.Finish(compiler);
        Assert.True(exitCode == 0, error);
        return library;
    }

    /// <summary>The environment of a process that is killed at a change.</summary>
    /// <param name="library">The library.</param>
    /// <param name="under">The folder.</param>
    /// <param name="change">Which change, from 1.</param>
    public static Dictionary<string, string> At(string library, string under, int change) => new()
    {
        ["LD_PRELOAD"] = library,
        ["SORTITION_KILL_UNDER"] = under,
        ["SORTITION_KILL_AT"] = change.ToString(CultureInfo.InvariantCulture),
    };
}
