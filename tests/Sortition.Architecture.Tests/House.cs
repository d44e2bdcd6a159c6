using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Sortition.Architecture.Tests;

/// <summary>A file somebody wrote. Its room is its folder, seen from its project: "" for the project's root.</summary>
public sealed record SourceFile(string Project, string Room, string Path, SyntaxTree Tree)
{
    /// <summary>Project and room, as messages name them.</summary>
    public string Place => Room.Length == 0 ? Project : $"{Project}/{Room}";
}

/// <summary>A project of src as the compiler sees it, with what generators add.</summary>
public sealed record Project(string Name, CSharpCompilation Compilation, IReadOnlyList<SourceFile> Files);

/// <summary>All projects of src. Those they build on are compilations too, so that every name leads to the file that declares it.</summary>
public sealed class House
{
    private static readonly Lazy<House> Built = new(() => new House(HouseReader.Read(), []));

    // What a file names depends on that file alone, as long as the others declare the same: so a house with one changed file is soon searched.
    private readonly ConcurrentDictionary<SourceFile, IReadOnlyList<Naming>> namings;
    private readonly Dictionary<SyntaxTree, SourceFile> files;

    private House(IReadOnlyList<Project> projects, ConcurrentDictionary<SourceFile, IReadOnlyList<Naming>> namings)
    {
        Projects = projects;
        this.namings = namings;
        files = projects.SelectMany(p => p.Files).ToDictionary(f => f.Tree);
    }

    /// <summary>The house as it was built last.</summary>
    public static House AsBuilt => Built.Value;

    /// <summary>Projects that others build on come first.</summary>
    public IReadOnlyList<Project> Projects { get; }

    /// <summary>All files, by project.</summary>
    public IEnumerable<SourceFile> Files => Projects.SelectMany(p => p.Files);

    /// <summary>Who names whom.</summary>
    public IReadOnlyList<Naming> Namings() =>
        [.. Projects.SelectMany(p => p.Files.AsParallel().AsOrdered().SelectMany(f => namings.GetOrAdd(f, _ => Naming.In(f, p.Compilation, FileOf))))];

    /// <summary>The same house with one more file, or one with another text. What it adds must not be named by others.</summary>
    public House With(string path, string text)
    {
        Project project = Projects.Single(p => path.StartsWith($"src/{p.Name}/", StringComparison.Ordinal));
        SourceFile? old = project.Files.SingleOrDefault(f => f.Path == path);
        SourceFile added = HouseReader.FileOf(project.Name, HouseReader.Parse(text, path));
        CSharpCompilation compilation = old is null ? project.Compilation.AddSyntaxTrees(added.Tree) : project.Compilation.ReplaceSyntaxTree(old.Tree, added.Tree);
        Project changed = new(project.Name, compilation, [.. project.Files.Where(f => f != old), added]);
        return new([.. Projects.Select(p => p == project ? changed : p)], new(namings));
    }

    private SourceFile? FileOf(SyntaxTree tree) => files.GetValueOrDefault(tree);
}
