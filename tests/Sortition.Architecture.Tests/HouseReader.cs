using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Sortition.Architecture.Tests;

/// <summary>Compiles the projects of src from what the build wrote down about them: sources, references, generators.</summary>
internal static class HouseReader
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Latest, DocumentationMode.None);

    public static string RepositoryFolder { get; } = FindRepository();

    public static IReadOnlyList<Project> Read()
    {
        Dictionary<string, ILookup<string, string>> inputs = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "compiler-inputs.txt"))
            .Select(line => line.Split('|', 3))
            .GroupBy(line => line[0])
            .ToDictionary(lines => lines.Key, lines => lines.ToLookup(line => line[1], line => line[2]));
        Dictionary<string, string> projectOfAssembly = inputs.ToDictionary(i => i.Value["assembly"].Single(), i => i.Key);
        string? Sibling(string reference) => projectOfAssembly.GetValueOrDefault(Path.GetFileNameWithoutExtension(reference));

        Dictionary<string, MetadataReference> packages = inputs.Values.SelectMany(i => i["reference"]).Distinct()
            .Where(path => Sibling(path) is null)
            .ToDictionary(path => path, path => (MetadataReference)MetadataReference.CreateFromFile(path));
        Dictionary<string, Project> projects = [];
        // A project references all that those below it do, and them.
        foreach ((string name, ILookup<string, string> input) in inputs.OrderBy(i => i.Value["reference"].Count(path => Sibling(path) is not null)))
        {
            projects.Add(name, Compile(name, input, path => Sibling(path) is { } sibling ? projects[sibling].Compilation.ToMetadataReference() : packages[path]));
        }

        return [.. projects.Values];
    }

    public static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, Options, path);

    public static SourceFile FileOf(string project, SyntaxTree tree)
    {
        string folder = Path.GetRelativePath($"src/{project}", Path.GetDirectoryName(tree.FilePath)!).Replace('\\', '/');

        // What projects share stands beside them, and is a room in each.
        return new(project, folder == "." ? "" : folder.StartsWith("../", StringComparison.Ordinal) ? folder[3..] : folder, tree.FilePath, tree);
    }

    private static Project Compile(string name, ILookup<string, string> input, Func<string, MetadataReference> reference)
    {
        SyntaxTree[] trees = [.. input["source"].AsParallel().AsOrdered().Select(path => Parse(File.ReadAllText(path), Path.GetRelativePath(RepositoryFolder, path).Replace('\\', '/')))];
        // Without warnings about null the compiler is done in half the time.
        CSharpCompilationOptions options = new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Annotations);
        CSharpCompilation compilation = CSharpCompilation.Create(input["assembly"].Single(), trees, input["reference"].Select(reference), options);

        IEnumerable<ISourceGenerator> generators = input["analyzer"]
            .Select(path => new AnalyzerFileReference(path, Loader.Instance))
            .SelectMany(analyzers => analyzers.GetGenerators(LanguageNames.CSharp));
        CSharpGeneratorDriver.Create(generators, parseOptions: Options).RunGeneratorsAndUpdateCompilation(compilation, out Compilation whole, out _);

        return new(name, (CSharpCompilation)whole, [.. trees.Where(t => !t.FilePath.StartsWith($"src/{name}/obj/", StringComparison.Ordinal)).Select(t => FileOf(name, t))]);
    }

    private static string FindRepository()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Sortition.Core.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public static readonly Loader Instance = new();

        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
