using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Sortition.Cli.Texts;
using Sortition.Files.Storage;

namespace Sortition.Cli.Commands;

/// <summary>Shows the log of what was written, and whether anything is missing from it.</summary>
internal sealed class LogCommand : ToolCommand
{
    private const int ShownDigits = 8;

    private readonly Argument<string?> _log = new("log") { HelpName = "FILE|FOLDER", Arity = ArgumentArity.ZeroOrOne };

    private readonly Option<string?> _head = new("--head") { HelpName = "HASH" };

    public LogCommand()
        : base("log")
    {
        Arguments.Add(_log);
        Options.Add(_head);
    }

    /// <summary>What became of a file that was written.</summary>
    private enum FileState
    {
        Unchanged,
        Changed,
        Gone,
        Rewritten,
        NotLookedAt,
    }

    public override int Run(ParseResult line, Terminal terminal, CancellationToken cancellationToken)
    {
        string named = line.GetValue(_log) ?? ".";
        string path = Directory.Exists(named) ? Path.Combine(named, RunLog.FileName) : named;
        if (!StandardStreams.Is(path) && !File.Exists(path))
        {
            throw new UsageException("usage/no-log", ("path", path));
        }

        RunLogContent log = RunLog.Read(StandardStreams.Source(path), cancellationToken);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string? head = line.GetValue(_head)?.Trim().ToLowerInvariant();
        bool hasHead = head is null || log.Hashes.Contains(head, StringComparer.Ordinal);
        TidyUp(log, folder);
        Owners owners = new(log, folder);
        bool anyChanged = false;
        List<JsonObject> written = [];
        foreach (LoggedRun run in log.Runs)
        {
            Show(terminal, run);
            foreach (LoggedWriting writing in run.Writings)
            {
                FileState[] states = [.. writing.Files.Select(f => owners.StateOf(writing, f))];
                anyChanged |= states.Contains(FileState.Changed) && writing.IsFinished;
                terminal.Say("  " + Sentence(terminal, writing, states));
                written.Add(InJson(run, writing, states));
            }

            terminal.Say();
        }

        terminal.Fill(json =>
        {
            json["written"] = Json.List(written, entry => entry);
            json["linesOutOfPlace"] = Json.List(log.Gaps, number => number);
            json["unreadableLines"] = Json.List(log.Unreadable, number => number);
            json["head"] = log.Hashes.Count == 0 ? null : log.Hashes[^1];
        });
        Conclude(terminal, log, head, hasHead);

        // A line that is cut off is what a killed command leaves; the line after it names its hash as any other's.
        return log.Gaps.Count > 0 || !hasHead ? ExitCode.VerificationFailed
            : anyChanged ? ExitCode.NotConfirmed : ExitCode.Done;
    }

    /// <summary>What a killed process had ready for a folder is moved in, as by any other command that writes there.</summary>
    private static void TidyUp(RunLogContent log, string folder)
    {
        foreach (string written in log.Runs
            .SelectMany(r => r.Writings)
            .Where(w => !w.IsFinished)
            .SelectMany(w => w.Files)
            .Select(f => Owners.PathOf(folder, f.Name))
            .OfType<string>()
            .Select(file => Path.GetDirectoryName(file)!)
            .Distinct(StringComparer.Ordinal))
        {
            OutputFolder.TidyUp(written);
        }
    }

    private static void Show(Terminal terminal, LoggedRun run)
    {
        string options = string.Concat(run.What.Options.Select(o => $" {(o.Name.StartsWith('-') ? o.Name + " " : "")}{Quoted(o.Value)}".TrimEnd()));
        terminal.Say(string.Create(CultureInfo.InvariantCulture, $"{run.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC  {run.What.Command}{options}"));
        if (run.What.Seed is string seed)
        {
            terminal.Say("  " + terminal.Text("log/seed", ("seed", seed)));
        }

        if (run.What.Inputs.Count > 0)
        {
            terminal.Say("  " + terminal.Text("log/read", ("files", Names(run.What.Inputs))));
        }
    }

    private static string Quoted(string value) => value.Contains(' ', StringComparison.Ordinal) ? $"\"{value}\"" : value;

    private static string Sentence(Terminal terminal, LoggedWriting writing, FileState[] states)
    {
        string[] changed = [.. In(FileState.Changed)];
        string[] gone = [.. In(FileState.Gone)];
        if (!writing.IsFinished && gone.Length + changed.Length > 0)
        {
            return terminal.Text("log/killed", ("files", Names(writing.Files)), ("missing", gone.Concat(changed)));
        }

        // Whether they got there before they were written again, nothing tells any more.
        if (!writing.IsFinished && In(FileState.Rewritten).Any())
        {
            return terminal.Text("log/killed-while", ("files", Names(writing.Files)));
        }

        return terminal.Text("log/wrote", ("files", Names(writing.Files)))
            + (writing.Replaced.Count == 0 ? "" : terminal.Text("log/replaced", ("files", Names(writing.Replaced))))
            + (writing.IsFinished ? "" : terminal.Text("log/killed-after"))
            + (changed.Length == 0 ? "" : terminal.Text("log/changed", ("files", changed)))
            + (gone.Length == 0 ? "" : terminal.Text("log/gone", ("files", gone)));

        IEnumerable<string> In(FileState state) => writing.Files.Zip(states).Where(f => f.Second == state).Select(f => f.First.Name);
    }

    private static IEnumerable<string> Names(IEnumerable<(string Name, string Sha256)> files) =>
        files.Select(f => $"{f.Name} ({f.Sha256[..Math.Min(ShownDigits, f.Sha256.Length)]})");

    private static void Conclude(Terminal terminal, RunLogContent log, string? head, bool hasHead)
    {
        if (log.Unreadable.Count > 0)
        {
            terminal.Warn("log/unreadable", ("lines", Lines(log.Unreadable)));
        }

        if (log.Gaps.Count > 0)
        {
            terminal.Warn("log/gaps", ("lines", Lines(log.Gaps)));
        }
        else if (log.Hashes.Count > 0)
        {
            terminal.Tell("log/whole");
        }

        if (!hasHead)
        {
            terminal.Warn("log/no-head", ("hash", head));
        }

        if (log.Hashes.Count > 0)
        {
            terminal.Tell("log/head", ("hash", log.Hashes[^1]));
        }
    }

    private static string[] Lines(IReadOnlyList<int> numbers) => [.. numbers.Select(n => n.ToString(CultureInfo.InvariantCulture))];

    private static JsonObject InJson(LoggedRun run, LoggedWriting writing, FileState[] states) => new()
    {
        ["time"] = run.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["command"] = run.What.Command,
        ["options"] = Json.List(run.What.Options, o => new JsonObject { ["name"] = o.Name, ["value"] = o.Value }),
        ["seed"] = run.What.Seed,
        ["software"] = run.What.Software,
        ["inputs"] = Json.List(run.What.Inputs, f => new JsonObject { ["name"] = f.Name, ["sha256"] = f.Sha256 }),
        ["finished"] = writing.IsFinished,
        ["files"] = Json.List(writing.Files.Zip(states), f => new JsonObject
        {
            ["name"] = f.First.Name,
            ["sha256"] = f.First.Sha256,
            ["state"] = Json.Name(f.Second),
        }),
        ["replaced"] = Json.List(writing.Replaced, f => new JsonObject { ["name"] = f.Name, ["sha256"] = f.Sha256 }),
    };

    /// <summary>Which writing of a log every file is of by now.</summary>
    private sealed class Owners
    {
        private readonly string _folder;
        private readonly Dictionary<string, (LoggedWriting Writing, string Sha256)> _last = new(StringComparer.Ordinal);
        private readonly HashSet<(LoggedWriting Writing, string Name)> _notThere = [];

        public Owners(RunLogContent log, string folder)
        {
            _folder = folder;
            foreach (LoggedWriting writing in log.Runs.SelectMany(run => run.Writings))
            {
                foreach ((string name, string sha256) in writing.IsFinished ? writing.Replaced.Concat(writing.Files) : writing.Files)
                {
                    // What a command that was killed was to replace may still be there.
                    if (!writing.IsFinished && _last.TryGetValue(name, out (LoggedWriting Writing, string Sha256) before)
                        && StateOf((name, sha256)) != FileState.Unchanged && StateOf((name, before.Sha256)) == FileState.Unchanged)
                    {
                        _notThere.Add((writing, name));
                    }
                    else
                    {
                        _last[name] = (writing, sha256);
                    }
                }
            }
        }

        public FileState StateOf(LoggedWriting writing, (string Name, string Sha256) file) =>
            _notThere.Contains((writing, file.Name)) ? FileState.Changed
            : _last[file.Name].Writing == writing ? StateOf(file)
            : FileState.Rewritten;

        /// <summary>Where a file of a log is; null if it is not in the folder of the log, where nothing is looked for.</summary>
        public static string? PathOf(string folder, string name)
        {
            string path = Path.GetFullPath(Path.Combine(folder, name));
            return path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? path : null;
        }

        private FileState StateOf((string Name, string Sha256) file)
        {
            if (PathOf(_folder, file.Name) is not string path)
            {
                return FileState.NotLookedAt;
            }

            if (!File.Exists(path))
            {
                return FileState.Gone;
            }

            // Nothing that was written is empty, and a pipe, which looks so, would keep one waiting.
            if (new FileInfo(path).Length == 0)
            {
                return FileState.Changed;
            }

            return string.Equals(RunLog.HashOf(path), file.Sha256, StringComparison.Ordinal) ? FileState.Unchanged : FileState.Changed;
        }
    }
}
