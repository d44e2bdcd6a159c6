using System.Reflection;

namespace Sortition.Web.Projects;

/// <summary>What this program is.</summary>
public static class Software
{
    /// <summary>The version that files and reports name.</summary>
    public static string Version => typeof(Software).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
