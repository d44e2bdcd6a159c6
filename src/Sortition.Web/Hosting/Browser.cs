using System.Diagnostics;

namespace Sortition.Web.Hosting;

/// <summary>Shows a file or a folder with what the system has for it.</summary>
internal static class Browser
{
    /// <summary>Shows it; nothing happens where the system has nothing for it.</summary>
    /// <returns>Whether something was started.</returns>
    public static bool Show(string path)
    {
        try
        {
            ProcessStartInfo start = OperatingSystem.IsWindows()
                ? new ProcessStartInfo(path) { UseShellExecute = true }
                : new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [path])
                {
                    UseShellExecute = false,
                    RedirectStandardError = true,
                    RedirectStandardOutput = true,
                };
            using Process? process = Process.Start(start);
            return process is not null;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            return false;
        }
    }
}
