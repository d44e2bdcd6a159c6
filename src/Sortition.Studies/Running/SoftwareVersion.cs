using System.Reflection;

namespace Sortition.Studies.Running;

/// <summary>The version of this package.</summary>
internal static class SoftwareVersion
{
    public static string Text { get; } =
        "Sortition.Studies " + typeof(SoftwareVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
