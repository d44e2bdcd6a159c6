using System.Reflection;

namespace Sortition.Cli.Texts;

/// <summary>What this program is.</summary>
internal static class Software
{
    /// <summary>The version that files and reports name.</summary>
    public static string Version => typeof(Software).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
