using System.Runtime.InteropServices;

namespace Sortition.Files.Storage;

/// <summary>Puts a folder in the place of another in one step, where the system can: whoever looks finds the one or the other, and nothing between.</summary>
internal static partial class FolderExchange
{
    private const int Here = -100;
    private const uint LinuxExchange = 2;
    private const uint AppleExchange = 2;

    /// <summary>Exchanges two folders of one file system.</summary>
    /// <returns>Whether it was done; if not, both are as they were.</returns>
    public static bool TryRun(string one, string other)
    {
        try
        {
            return OperatingSystem.IsLinux() ? ExchangeOnLinux(Here, one, Here, other, LinuxExchange) == 0
                : OperatingSystem.IsMacOS() && ExchangeOnApple(one, other, AppleExchange) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            // An old C library.
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "renameat2", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int ExchangeOnLinux(int oneFolder, string one, int otherFolder, string other, uint flags);

    [LibraryImport("libc", EntryPoint = "renamex_np", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int ExchangeOnApple(string one, string other, uint flags);
}
