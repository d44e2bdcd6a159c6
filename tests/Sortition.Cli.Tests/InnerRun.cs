using System.Text;
using Sortition.Cli.Texts;

namespace Sortition.Cli.Tests;

/// <summary>Runs of the command within the process of the tests, which start at once. Many may write at once; each has its own.</summary>
internal static class InnerRun
{
    private static readonly AsyncLocal<TextWriter?> s_output = new();
    private static readonly AsyncLocal<TextWriter?> s_error = new();

    /// <summary>Whether the command would find streams here as it finds them in a pipe.</summary>
    public static bool IsPossible { get; } = Console.IsOutputRedirected && Console.IsErrorRedirected && Prepare();

    public static CommandRun Of(string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        (s_output.Value, s_error.Value) = (output, error);
        try
        {
            int exitCode = Tool.Run(arguments, new Terminal(), CancellationToken.None);
            return new CommandRun(exitCode, output.ToString(), error.ToString());
        }
        finally
        {
            (s_output.Value, s_error.Value) = (null, null);
        }
    }

    private static bool Prepare()
    {
        Console.SetOut(new Switch(s_output, Console.Out));
        Console.SetError(new Switch(s_error, Console.Error));
        return true;
    }

    /// <summary>Writes for the run that writes, or where it was written before.</summary>
    private sealed class Switch(AsyncLocal<TextWriter?> own, TextWriter others) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        private TextWriter Current => own.Value ?? others;

        public override void Write(char value) => Current.Write(value);

        public override void Write(string? value) => Current.Write(value);

        public override void Write(char[] buffer, int index, int count) => Current.Write(buffer, index, count);

        public override void Flush() => Current.Flush();
    }
}
