using System.Text;
using Sortition.Files.Storage;

namespace Sortition.Studies.Running;

/// <summary>
/// Finished cells in the folder <c>cells</c> of a study, so that a study that is killed goes on where it was. Each file is written beside its place and moved
/// when it is whole.
/// </summary>
/// <remarks>
/// The plan is written before the first cell and deleted after the last one, so that cells never lie there without their plan. One process at a time has it.
/// </remarks>
internal sealed class CellStore : IDisposable
{
    private const string Folder = "cells";
    private const string PlanName = "study.json";
    private const string MachineName = "machine.json";
    private const string LockName = ".lock";

    private readonly string _folder;
    private readonly FileStream? _lock;

    private CellStore(string folder, FileStream? @lock) => (_folder, _lock) = (folder, @lock);

    /// <summary>Whether a folder holds cells.</summary>
    public static bool IsAt(string output) => File.Exists(Path.Combine(output, Folder, PlanName));

    /// <summary>Opens the cells of a study to add to them; makes their folder where there is none.</summary>
    /// <exception cref="IOException">They cannot be written, or another process has them.</exception>
    /// <exception cref="UnauthorizedAccessException">They may not be written.</exception>
    public static CellStore Open(string output)
    {
        string folder = Path.Combine(output, Folder);
        Directory.CreateDirectory(folder);
        return new CellStore(
            folder,
            new FileStream(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose));
    }

    /// <summary>Takes the empty folder away that a process left which was killed in the very end, when the results were there.</summary>
    public static void RemoveLeftover(string output)
    {
        string folder = Path.Combine(output, Folder);
        if (Directory.Exists(folder) && !IsAt(output) && Directory.EnumerateFileSystemEntries(folder).All(path => Path.GetFileName(path) is LockName))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The cells of a study, to be read.</summary>
    public static CellStore Read(string output) => new(Path.Combine(output, Folder), null);

    /// <summary>The plan; null where there is none.</summary>
    public StudyPlan? Plan => Bytes(PlanName) is { } bytes ? StudyPlan.Read(bytes) : null;

    /// <summary>What the cells were computed on, as JSON.</summary>
    public string? ComputedOn => Bytes(MachineName) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>Begins a study.</summary>
    public void Begin(StudyPlan plan)
    {
        Write(MachineName, stream => stream.Write(Encoding.UTF8.GetBytes(Machine.Describe())));
        Write(PlanName, stream => stream.Write(Encoding.UTF8.GetBytes(plan.Content)));
    }

    /// <summary>Whether a cell is finished.</summary>
    public bool Has(string instance, string algorithm) => Cell(instance, algorithm) is not null;

    /// <summary>A finished cell; null where it is not.</summary>
    public StudyCell? Cell(string instance, string algorithm) =>
        Bytes(StudyPlan.FileNameOf(instance, algorithm)) is { } bytes && CellDocument.Read(bytes) is { } cell
        && string.Equals(cell.Instance, instance, StringComparison.Ordinal) && string.Equals(cell.Algorithm, algorithm, StringComparison.Ordinal)
            ? cell
            : null;

    /// <summary>Keeps a finished cell.</summary>
    public void Add(StudyCell cell) => Write(StudyPlan.FileNameOf(cell.Instance, cell.Algorithm), stream => CellDocument.Write(stream, cell));

    /// <summary>Takes all away, once the results are there.</summary>
    public void Remove()
    {
        foreach (string file in Directory.GetFiles(_folder).Where(f => Path.GetFileName(f) is not (PlanName or LockName)))
        {
            File.Delete(file);
        }

        File.Delete(Path.Combine(_folder, PlanName));
        _lock?.Dispose();
        Directory.Delete(_folder);
    }

    public void Dispose() => _lock?.Dispose();

    private byte[]? Bytes(string name)
    {
        string path = Path.Combine(_folder, name);
        return File.Exists(path) ? File.ReadAllBytes(path) : null;
    }

    private void Write(string name, Action<Stream> write) => StagedFile.Write(Path.Combine(_folder, name), overwrite: true, write);
}
