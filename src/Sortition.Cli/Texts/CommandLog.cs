using System.CommandLine;
using System.CommandLine.Parsing;
using Sortition.Files.Storage;

namespace Sortition.Cli.Texts;

/// <summary>The log of one run of the command: what was asked for, and what was written.</summary>
internal sealed class CommandLog
{
    /// <summary>The option that makes a rehearsal.</summary>
    public const string Rehearsed = RunDescription.RehearsalOption;

    private const string Output = "--output";
    private const string Overwrite = "--overwrite";

    private readonly ParseResult _line;

    public CommandLog(ParseResult line)
    {
        _line = line;
        Writer = new RunLog(Describe);
    }

    /// <summary>Files that were read though no option names them, such as those that another file names.</summary>
    public List<string> FurtherInputs { get; } = [];

    /// <summary>What adds the lines.</summary>
    public RunLog Writer { get; }

    /// <summary>The text that decides what is drawn; null where nothing is.</summary>
    public string? Seed { get; set; }

    /// <summary>Whether this is a rehearsal, because the command or the files say so.</summary>
    public bool IsRehearsal { get; set; }

    /// <summary>Whether the command may replace what it wrote earlier.</summary>
    public bool Overwrites => _line.GetResult(Overwrite) is OptionResult { Implicit: false };

    /// <summary>The option that says so.</summary>
    public static Option<bool> OverwriteOption() => new(Overwrite) { Arity = ArgumentArity.Zero };

    /// <summary>The command as it is to be given again, files by their names without folders.</summary>
    /// <param name="without">Options to leave out.</param>
    /// <param name="with">An option to add.</param>
    public string Repeat(IReadOnlyCollection<string> without, (string Name, string Value) with) => string.Join(' ', (IEnumerable<string>)[
        SpeakingRoot.CommandName,
        _line.CommandResult.Command.Name,
        .. Given().Where(g => !without.Contains(g.Name, StringComparer.Ordinal)).SelectMany(g => g.Name.StartsWith('-')
            ? [g.Name, .. g.Values.Where(value => value.Length > 0).Select(value => Quoted(IsPath(g, value) ? NameOf(value) : value))]
            : g.Values.Select(value => Quoted(IsPath(g, value) ? NameOf(value) : value))),
        with.Name,
        Quoted(with.Value),
    ]);

    private static string Quoted(string word) => word.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ',' or '/') ? word
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private RunDescription Describe() => new()
    {
        Command = _line.CommandResult.Command.Name,
        Options =
        [
            .. IsRehearsal ? [(Rehearsed, Rehearsal.Mark)] : Array.Empty<(string, string)>(),
            .. Given().Where(g => g.Name is not Rehearsed).SelectMany(g => g.Values.Select(value => (g.Name, IsPath(g, value) ? NameOf(value) : value))),
        ],
        Seed = Seed,
        Software = Software.Version,
        Inputs =
        [
            .. Given().Where(g => g.Name is not Output)
                .SelectMany(g => g.Values.Where(value => IsPath(g, value)))
                .SelectMany(path => FilesAt(path).Where(file => IsSame(file.Path, Path.GetFullPath(path)) || !IsSame(file.Path, OutputPath())))
                .Concat(FurtherInputs.SelectMany(FilesAt))
                .DistinctBy(file => file.Path, StringComparer.Ordinal)
                .Select(file => (file.Name, RunLog.HashOf(file.Path))),
        ],
    };

    private static bool IsSame(string path, string? other) => string.Equals(path, other, StringComparison.Ordinal);

    /// <summary>The full path of the output; null where there is none.</summary>
    private string? OutputPath() =>
        Given().Where(g => g.Name is Output).SelectMany(g => g.Values).Where(path => !StandardStreams.Is(path)).Select(Path.GetFullPath).LastOrDefault();

    private IEnumerable<(string Name, string? HelpName, IEnumerable<string> Values)> Given()
    {
        foreach (SymbolResult result in _line.CommandResult.Children)
        {
            IEnumerable<string> values = result.Tokens.Select(token => token.Value);
            if (result is OptionResult { Implicit: false } option)
            {
                yield return (option.Option.Name, option.Option.HelpName, option.Tokens.Count == 0 ? [""] : values);
            }
            else if (result is ArgumentResult { Implicit: false } argument)
            {
                yield return (argument.Argument.Name, argument.Argument.HelpName, values);
            }
        }
    }

    /// <summary>Whether a value is that of a file or a folder: then its place is nobody's business, which may name who is at work.</summary>
    private static bool IsPath((string Name, string? HelpName, IEnumerable<string> Values) given, string value) => given.HelpName switch
    {
        StandardStreams.FileOrIds => StandardStreams.CanRead(value),
        string name => name.Contains(StandardStreams.File, StringComparison.Ordinal) || name.Contains("FOLDER", StringComparison.Ordinal),
        null => false,
    };

    private static string NameOf(string path) =>
        StandardStreams.Is(path) ? path : Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));

    /// <summary>
    /// A file, or the files of a folder, without hidden ones, such as those being written. A pipe, which has no length, cannot be read once more.
    /// </summary>
    private static IEnumerable<(string Path, string Name)> FilesAt(string path) =>
        File.Exists(path) ? new FileInfo(path).Length > 0 ? [(Path.GetFullPath(path), NameOf(path))] : []
        : !Directory.Exists(path) ? []
        : Directory.GetFiles(path)
            .Where(file => !Path.GetFileName(file).StartsWith('.'))
            .Order(StringComparer.Ordinal)
            .Select(file => (file, $"{NameOf(path)}/{Path.GetFileName(file)}"));
}
