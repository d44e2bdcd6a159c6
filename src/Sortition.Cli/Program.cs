using Sortition.Cli.Texts;

namespace Sortition.Cli;

internal static class Program
{
    public static int Main(string[] args)
    {
        using Interruption interruption = new();
        return Tool.Run(args, new Terminal(), interruption.Token);
    }
}
