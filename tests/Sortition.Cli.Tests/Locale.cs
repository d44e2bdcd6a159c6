using System.Runtime.CompilerServices;

namespace Sortition.Cli.Tests;

/// <summary>The command speaks the language of the locale: here English, whatever the machine is set to.</summary>
internal static class Locale
{
    [ModuleInitializer]
    internal static void IsNeutral() => Environment.SetEnvironmentVariable("LC_ALL", "C.UTF-8");
}
