using System.CommandLine;
using System.CommandLine.Parsing;
using Sortition.Files.Storage;

namespace Sortition.Cli.Texts;

/// <summary>A lone <c>-</c> where a file is meant: the standard input where the file is read, the standard output where it is written.</summary>
internal static class StandardStreams
{
    /// <summary>What an option's help calls a file.</summary>
    public const string File = "FILE";

    /// <summary>What an option's help calls a file of ids, or ids.</summary>
    public const string FileOrIds = "FILE|IDS";

    /// <summary>What an option's help calls files that belong together: a folder, or a zip archive of them.</summary>
    public const string FolderOrZip = "FOLDER|ZIP";

    private const string Dash = "-";
    private const string Output = "--output";

    /// <summary>Whether a path stands for a standard stream.</summary>
    public static bool Is(string? path) => path is Dash;

    /// <summary>Whether there is a file to read, as against a list of ids.</summary>
    public static bool CanRead(string? path) => Is(path) || System.IO.File.Exists(path);

    /// <summary>The file to read.</summary>
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(path))]
    public static FileSource? Source(string? path) => Is(path) ? FileSource.From(Console.OpenStandardInput, "standard input") : path;

    /// <summary>Writes to the standard output, all of it or nothing.</summary>
    public static void Write(Action<Stream> write)
    {
        using MemoryStream whole = new();
        write(whole);

        // Writers may close the stream; its bytes are there all the same.
        whole.TryGetBuffer(out ArraySegment<byte> bytes);
        using Stream output = Console.OpenStandardOutput();
        output.Write(bytes);
        output.Flush();
    }

    /// <summary>The path of a file that was written, in words.</summary>
    public static string Describe(Language language, string path) => Is(path) ? language.Text("tool/standard-output") : path;

    /// <summary>Checks that no more than one file is to be read from the standard input.</summary>
    /// <returns>Whether one is to be written to the standard output.</returns>
    /// <exception cref="UsageException">More are.</exception>
    public static bool Check(ParseResult line)
    {
        Language language = Language.Of(line.CommandResult);
        SymbolResult[] dashed = [.. line.CommandResult.Children.Where(r => r.Tokens.Any(t => Is(t.Value)))];
        Option[] options = [.. dashed.OfType<OptionResult>().Select(r => r.Option)];
        string[] read =
        [
            .. dashed.OfType<ArgumentResult>().Select(r => language.Name(r.Argument.HelpName ?? r.Argument.Name)),
            .. options.Where(o => o.Name is not Output && o.HelpName is (File or FileOrIds or FolderOrZip)).Select(o => o.Name),
        ];
        return read.Length <= 1
            ? Array.Exists(options, o => o.Name is Output)
            : throw new UsageException("tool/one-standard-input", ("options", read));
    }
}
