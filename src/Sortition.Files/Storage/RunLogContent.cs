using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Sortition.Files.Storage;

/// <summary>What a log tells.</summary>
public sealed class RunLogContent
{
    private RunLogContent(IReadOnlyList<LoggedRun> runs, IReadOnlyList<int> gaps, IReadOnlyList<int> unreadable, IReadOnlyList<string> hashes) =>
        (Runs, Gaps, Unreadable, Hashes) = (runs, gaps, unreadable, hashes);

    /// <summary>The runs, in the order in which they began to write.</summary>
    public IReadOnlyList<LoggedRun> Runs { get; }

    /// <summary>Numbers, from 1, of the lines that do not follow from the line before: there something was taken out, put in or changed.</summary>
    public IReadOnlyList<int> Gaps { get; }

    /// <summary>Numbers, from 1, of the lines that are none of a log: cut off, because a process was killed while it wrote them.</summary>
    public IReadOnlyList<int> Unreadable { get; }

    /// <summary>
    /// The SHA-256 of each line, in 64 hexadecimal digits in lower case. With that of the last one kept elsewhere, it shows if lines are cut off.
    /// </summary>
    public IReadOnlyList<string> Hashes { get; }

    private sealed record Entry(LoggedRun? Begins, LoggedWriting? Writing, string Run, string Previous);

    internal static RunLogContent Of(ArraySegment<byte> bytes)
    {
        List<LoggedRun> runs = [];
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        (List<int> gaps, List<int> unreadable) = ([], []);
        List<string> hashes = [];
        foreach (ArraySegment<byte> line in Lines(bytes))
        {
            int number = hashes.Count + 1;
            if (Read(line, number) is not Entry entry)
            {
                unreadable.Add(number);
            }
            else if (!Add(entry) || !string.Equals(entry.Previous, hashes.Count == 0 ? RunLog.NoLine : hashes[^1], StringComparison.Ordinal))
            {
                gaps.Add(number);
            }

            hashes.Add(Convert.ToHexStringLower(SHA256.HashData(line)));
        }

        return new RunLogContent(runs, gaps, unreadable, hashes);

        // False if the line that its run began with is missing.
        bool Add(Entry entry)
        {
            if (entry.Begins is LoggedRun begins)
            {
                places[entry.Run] = runs.Count;
                runs.Add(begins);
            }
            else if (places.TryGetValue(entry.Run, out int place))
            {
                LoggedWriting[] writings = entry.Writing is not null
                    ? [.. runs[place].Writings, entry.Writing]
                    : [.. runs[place].Writings.SkipLast(1), .. runs[place].Writings.TakeLast(1).Select(w => w.AsFinished())];
                runs[place] = new LoggedRun(runs[place], writings);
            }
            else
            {
                return false;
            }

            return true;
        }
    }

    private static IEnumerable<ArraySegment<byte>> Lines(ArraySegment<byte> bytes)
    {
        int start = 0;
        while (start < bytes.Count)
        {
            int feed = bytes.AsSpan(start).IndexOf((byte)'\n');
            int end = feed < 0 ? bytes.Count : start + feed;
            yield return bytes[start..end];
            start = end + 1;
        }
    }

    /// <summary>A line; null if it is none of a log.</summary>
    private static Entry? Read(ArraySegment<byte> line, int number)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            JsonElement entry = json.RootElement;
            string run = Text(entry, "run");
            string previous = Text(entry, "previous");
            DateTimeOffset time = DateTimeOffset.Parse(Text(entry, "time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            if (entry.TryGetProperty("writing", out JsonElement writing))
            {
                IReadOnlyList<(string, string)> replaced = entry.TryGetProperty("replaces", out JsonElement replaces) ? Files(replaces) : [];
                return new Entry(null, new LoggedWriting(Files(writing), replaced, isFinished: false), run, previous);
            }

            if (entry.TryGetProperty("written", out _))
            {
                return new Entry(null, null, run, previous);
            }

            if (Text(entry, "format") is not RunLog.Format)
            {
                return null;
            }

            LoggedRun begins = new(
                number,
                time,
                new RunDescription
                {
                    Command = Text(entry, "command"),
                    Options = [.. entry.GetProperty("options").EnumerateArray().Select(o => (Text(o, "name"), Text(o, "value")))],
                    Seed = entry.GetProperty("seed").GetString(),
                    Software = Text(entry, "software"),
                    Inputs = Files(entry.GetProperty("inputs")),
                });
            return new Entry(begins, null, run, previous);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    private static IReadOnlyList<(string Name, string Sha256)> Files(JsonElement files) =>
        [.. files.EnumerateArray().Select(f => (Text(f, "name"), Text(f, "sha256")))];

    private static string Text(JsonElement element, string member) =>
        element.GetProperty(member).GetString() ?? throw new InvalidOperationException("A text is missing.");
}

/// <summary>A run that wrote something.</summary>
public sealed class LoggedRun
{
    internal LoggedRun(int line, DateTimeOffset time, RunDescription what) => (Line, Time, What, Writings) = (line, time, what, []);

    internal LoggedRun(LoggedRun run, IReadOnlyList<LoggedWriting> writings) => (Line, Time, What, Writings) = (run.Line, run.Time, run.What, writings);

    /// <summary>The number, from 1, of its line in the log.</summary>
    public int Line { get; }

    /// <summary>When its first files were ready, in UTC.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>What was run.</summary>
    public RunDescription What { get; }

    /// <summary>What it wrote, in order.</summary>
    public IReadOnlyList<LoggedWriting> Writings { get; }
}

/// <summary>Files that were written together.</summary>
public sealed class LoggedWriting
{
    internal LoggedWriting(
        IReadOnlyList<(string Name, string Sha256)> files, IReadOnlyList<(string Name, string Sha256)> replaced, bool isFinished) =>
        (Files, Replaced, IsFinished) = (files, replaced, isFinished);

    /// <summary>Their paths from the folder of the log on, with slashes, and their SHA-256.</summary>
    public IReadOnlyList<(string Name, string Sha256)> Files { get; }

    /// <summary>The same of the files in whose place they came.</summary>
    public IReadOnlyList<(string Name, string Sha256)> Replaced { get; }

    /// <summary>Whether the log says that they got to their places; if not, the process was killed before it could say so.</summary>
    public bool IsFinished { get; }

    internal LoggedWriting AsFinished() => new(Files, Replaced, isFinished: true);
}
