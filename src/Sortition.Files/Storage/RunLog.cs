using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sortition.Files.Storage;

/// <summary>A log of what was done: who runs it again and again until a draw pleases leaves a line each time.</summary>
/// <remarks>
/// <para>A text file of one JSON object a line (<c>sortition-log/1</c>). Each line names the SHA-256 of the line before it, so that one that was taken out or
/// changed shows; lines at the end can be cut off unseen, unless somebody knows the hash of the last. It holds no personal data: names of files without their
/// folders, hashes, options, the seed.</para>
/// <para>A line is added before files are moved to their places, with their hashes, and one after. Where the second is missing, the process was killed between
/// them, and the hashes tell whether the files got there.</para>
/// </remarks>
/// <example>
/// <code>
/// RunLog log = new(() => new RunDescription { Command = "my platform: draw", Software = "my platform 2.1", Seed = seed });
/// SelectionOutcome outcome = SelectionOutcome.Draw(LoadedProblem.FromProblem(problem), lottery, seed, softwareVersion: "my platform 2.1");
/// ResultFiles.Write(FolderTarget.At("result").LoggedIn(log), outcome);     // also adds to sortition.log beside the folder result
/// foreach (LoggedRun run in RunLog.Read("sortition.log").Runs)
/// {
///     Console.WriteLine($"{run.Time:u} {run.What.Command}, seed {run.What.Seed}");
/// }
/// </code>
/// </example>
public sealed class RunLog
{
    /// <summary>What a log is called where no other path is given.</summary>
    public const string FileName = "sortition.log";

    internal const string Format = "sortition-log/1";

    /// <summary>What the first line names instead of a line before it.</summary>
    internal static readonly string NoLine = new('0', 64);

    private const int MostTries = 200;
    private const int MostBytes = 256 << 20;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(10);
    private static readonly JsonWriterOptions s_oneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Func<RunDescription> _describe;
    private readonly string? _path;
    private readonly TimeProvider _clock;
    private readonly string _run = RandomNumberGenerator.GetHexString(8, lowercase: true);
    private string? _begun;

    /// <summary>A log for one run.</summary>
    /// <param name="describe">What is run. Asked before the first files get their places, and when it is to be known what may be replaced.</param>
    /// <param name="path">The log; null for a file <c>sortition.log</c> beside what is written: see <see cref="PathBeside"/>.</param>
    /// <param name="clock">Tells the time; null for that of the system.</param>
    public RunLog(Func<RunDescription> describe, string? path = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(describe);
        _describe = describe;
        _path = path is null ? null : Path.GetFullPath(path);
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>Where files are logged.</summary>
    /// <param name="output">A folder, an archive or a file, which need not exist.</param>
    /// <returns>
    /// The full path of <c>sortition.log</c> in the folder that holds the output; but within a folder that exists already, if there is no log beside it.
    /// </returns>
    public static string PathBeside(string output)
    {
        ArgumentException.ThrowIfNullOrEmpty(output);
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(output));
        string beside = Path.Combine(Path.GetDirectoryName(full) ?? full, FileName);
        return Directory.Exists(full) && !File.Exists(beside) ? Path.Combine(full, FileName) : beside;
    }

    /// <summary>The hash of a file, as a log has it.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>The SHA-256 of its bytes, 64 hexadecimal digits in lower case.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static string HashOf(string path)
    {
        using FileStream file = FileSource.Open(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>
    /// What is at a place that this run must not replace: whatever the log does not tell that an earlier run of the same command wrote it as it is now, what
    /// was written in a rehearsal where this is none or the other way round, and whatever this run reads itself.
    /// </summary>
    /// <param name="output">A folder, an archive or a file, which need not exist.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Names of files and folders, in ordinal order; empty where all may be replaced, or nothing is there.</returns>
    /// <exception cref="IOException">Something cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Something may not be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<string> FindForeign(string output, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(output);
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(output));
        string[] there = Directory.Exists(full) ? Directory.GetFileSystemEntries(full) : File.Exists(full) ? [full] : [];
        string log = _path ?? PathBeside(full);
        Dictionary<string, (RunDescription What, string Sha256)> written = new(StringComparer.Ordinal);
        if (File.Exists(log))
        {
            foreach (LoggedRun run in Read(log, cancellationToken).Runs)
            {
                foreach ((string name, string sha256) in run.Writings.SelectMany(w => w.Files))
                {
                    written[name] = (run.What, sha256);
                }
            }
        }

        string folder = Path.GetDirectoryName(log)!;
        RunDescription what = _describe();
        return
        [
            .. there.Where(path => !Path.GetFileName(path).StartsWith(StagedFile.OwnPrefix, StringComparison.Ordinal))
                .Where(IsForeign)
                .Select(path => Path.GetFileName(path))
                .Order(StringComparer.Ordinal),
        ];

        bool IsForeign(string path)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!File.Exists(path) || !written.TryGetValue(NameWithin(folder, path), out (RunDescription What, string Sha256) last))
            {
                return true;
            }

            string now = HashOf(path);
            return !string.Equals(last.What.Command, what.Command, StringComparison.Ordinal)
                || last.What.IsRehearsal != what.IsRehearsal
                || !string.Equals(last.Sha256, now, StringComparison.Ordinal)
                || what.Inputs.Any(input => string.Equals(input.Sha256, now, StringComparison.Ordinal));
        }
    }

    /// <summary>Reads a log.</summary>
    /// <param name="file">The log.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>What it tells, and where its lines do not follow each other.</returns>
    /// <exception cref="Sortition.Core.MalformedInputException">The file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static RunLogContent Read(FileSource file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        return RunLogContent.Of(file.Read(MostBytes, cancellationToken));
    }

    /// <summary>Adds a line about files that are whole and about to be moved to their places, and before the first such line one about the run.</summary>
    /// <param name="output">The folder, the archive or the file.</param>
    /// <param name="files">Their full paths and hashes.</param>
    /// <param name="replaced">Those of the files in whose place they come.</param>
    internal void Begin(string output, IReadOnlyList<(string Path, string Sha256)> files, IReadOnlyList<(string Path, string Sha256)> replaced)
    {
        string path = _path ?? PathBeside(output);
        if (!string.Equals(_begun, path, StringComparison.Ordinal))
        {
            RunDescription run = _describe();
            Append(path, json => WriteRun(json, run));
            _begun = path;
        }

        string folder = Path.GetDirectoryName(path)!;
        Append(path, json =>
        {
            WriteObjects(json, "writing", files.Select(f => (NameWithin(folder, f.Path), f.Sha256)), "sha256");
            if (replaced.Count > 0)
            {
                WriteObjects(json, "replaces", replaced.Select(f => (NameWithin(folder, f.Path), f.Sha256)), "sha256");
            }
        });
    }

    /// <summary>Adds a line that the files are at their places.</summary>
    internal void End()
    {
        try
        {
            Append(_begun!, json => json.WriteBoolean("written", true));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The files are there, and the line before tells their hashes.
        }
    }

    private static string NameWithin(string folder, string path) => Path.GetRelativePath(folder, path).Replace('\\', '/');

    private static void WriteRun(Utf8JsonWriter json, RunDescription run)
    {
        json.WriteString("format", Format);
        json.WriteString("command", run.Command);
        WriteObjects(json, "options", run.Options, "value");
        json.WriteString("seed", run.Seed);
        json.WriteString("software", run.Software);
        json.WriteString("runtime", $".NET {Environment.Version}");
        WriteObjects(json, "inputs", run.Inputs, "sha256");
    }

    private static void WriteObjects(Utf8JsonWriter json, string member, IEnumerable<(string Name, string Value)> items, string valueMember)
    {
        json.WriteStartArray(member);
        foreach ((string name, string value) in items)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString(valueMember, value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Append(string path, Action<Utf8JsonWriter> writeMembers)
    {
        using FileStream file = OpenAlone(path);
        (string previous, bool isCut) = LastLine(file);
        using MemoryStream line = new();
        if (isCut)
        {
            line.WriteByte((byte)'\n');
        }

        using (Utf8JsonWriter json = new(line, s_oneLine))
        {
            json.WriteStartObject();
            json.WriteString("previous", previous);
            json.WriteString("run", _run);
            json.WriteString("time", _clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            writeMembers(json);
            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        file.Seek(0, SeekOrigin.End);
        file.Write(line.GetBuffer().AsSpan(0, (int)line.Length));
        file.Flush(flushToDisk: true);
    }

    /// <summary>The hash of the last line, and whether it is cut off: whoever wrote it was killed.</summary>
    private static (string Sha256, bool IsCut) LastLine(FileStream file)
    {
        if (file.Length == 0)
        {
            return (NoLine, false);
        }

        file.Seek(-1, SeekOrigin.End);
        bool isCut = file.ReadByte() != '\n';
        long end = isCut ? file.Length : file.Length - 1;
        long start = end;
        byte[] block = new byte[4096];
        while (start > 0)
        {
            int size = (int)Math.Min(block.Length, start);
            file.Seek(start - size, SeekOrigin.Begin);
            file.ReadExactly(block, 0, size);
            int feed = Array.LastIndexOf(block, (byte)'\n', size - 1, size);
            if (feed >= 0)
            {
                start = start - size + feed + 1;
                break;
            }

            start -= size;
        }

        byte[] last = new byte[end - start];
        file.Seek(start, SeekOrigin.Begin);
        file.ReadExactly(last);
        return (Convert.ToHexStringLower(SHA256.HashData(last)), isCut);
    }

    /// <summary>Opens a log that nobody else has open; waits for others, whose lines are short.</summary>
    /// <remarks>
    /// .NET opens a locked file at once or not at all and has no call that waits for it, so it is tried again: for at most two seconds, since a draw is ready
    /// and must not be lost because another run is adding its line.
    /// </remarks>
    private static FileStream OpenAlone(string path)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (tries < MostTries && File.Exists(path))
            {
                Thread.Sleep(BetweenTries);
            }
        }
    }
}

/// <summary>What a run is, for a log.</summary>
public sealed class RunDescription
{
    /// <summary>The option that says of a run that it is a rehearsal.</summary>
    public const string RehearsalOption = "--rehearsal";

    /// <summary>The command, without its options.</summary>
    public required string Command { get; init; }

    /// <summary>Options and their values, in the order given; files by their names without folders. No personal data.</summary>
    public IReadOnlyList<(string Name, string Value)> Options { get; init; } = [];

    /// <summary>Whether it is a rehearsal: whether <see cref="RehearsalOption"/> is among the options.</summary>
    public bool IsRehearsal => Options.Any(option => string.Equals(option.Name, RehearsalOption, StringComparison.Ordinal));

    /// <summary>The text that decides what is drawn; null where nothing is.</summary>
    public string? Seed { get; init; }

    /// <summary>The software and its version.</summary>
    public required string Software { get; init; }

    /// <summary>Names, without folders, and SHA-256 of the files that were read, in 64 hexadecimal digits in lower case.</summary>
    public IReadOnlyList<(string Name, string Sha256)> Inputs { get; init; } = [];
}
