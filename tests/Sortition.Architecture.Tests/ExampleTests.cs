using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Sortition.Architecture.Tests;

/// <summary>The examples in the documentation of public members are code that compiles.</summary>
public sealed partial class ExampleTests
{
    private const int LeastExamples = 20;

    // What examples take for given, as fields that their own variables may hide.
    private const string Given = """
        static SelectionProblem problem = null!;
        static SelectionProblemBuilder builder = null!;
        static PanelLottery lottery = null!;
        static Panel panel = null!;
        static PanelTable ballots = null!;
        static List<Volunteer> volunteers = [];
        static string seed = "", announced = "";
        static Stream upload = Stream.Null;
        static CancellationToken cancellationToken;
        static App app = new();
        static Store store = new();
        sealed record Volunteer(string Id, string Gender, string Age, string Address, bool HasWithdrawn);
        sealed class HttpRequest { public Stream Body = Stream.Null; }
        sealed class App { public void MapPost(string path, Func<HttpRequest, CancellationToken, Task> handler) { } }
        sealed class Store { public Task SaveAsync(string text, CancellationToken token) => Task.CompletedTask; }
        """;

    private static readonly string[] Packages = ["Sortition.Core", "Sortition.Files", "Sortition.Publication", "Sortition.Studies"];

    [Fact]
    public void Examples_compile()
    {
        House house = House.AsBuilt;
        MetadataReference[] references =
        [
            .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Where(path => !Path.GetFileName(path).StartsWith("Sortition.", StringComparison.OrdinalIgnoreCase))
                .Select(path => MetadataReference.CreateFromFile(path)),
            .. house.Projects.Where(p => Packages.Contains(p.Name)).Select(p => p.Compilation.ToMetadataReference()),
        ];
        string[] namespaces = [.. house.Projects.Where(p => Packages.Contains(p.Name)).SelectMany(p => PublicNamespaces(p.Compilation)).Distinct().Order(StringComparer.Ordinal)];
        (string Place, string Code)[] examples = [.. house.Files.Where(f => Packages.Contains(f.Project)).SelectMany(f => ExamplesOf(f.Path, f.Tree.ToString()))];
        Assert.True(examples.Length >= LeastExamples, $"There are {examples.Length} examples.");
        Assert.Equal("", string.Join('\n', examples.SelectMany(e => Errors(e.Place, e.Code, namespaces, references))));
    }

    private static IEnumerable<(string Place, string Code)> ExamplesOf(string path, string text)
    {
        foreach (Match example in Example().Matches(text))
        {
            string comment = string.Join('\n', example.Value.Split('\n').Select(line => CommentMark().Replace(line, "")));
            int number = text.AsSpan(0, example.Index).Count('\n') + 1;
            yield return ($"{path}, line {number}", string.Join('\n', Code().Matches(comment).Select(code => WebUtility.HtmlDecode(code.Groups[1].Value))));
        }
    }

    private static IEnumerable<string> Errors(string place, string code, IEnumerable<string> namespaces, IEnumerable<MetadataReference> references)
    {
        // Using directives go to the top, and classes, which stand at the end as in a file of statements, out of the method.
        string[] lines = code.Split('\n');
        int firstType = Array.FindIndex(lines, line => TypeDeclaration().IsMatch(line));
        int end = firstType < 0 ? lines.Length : firstType;
        StringBuilder text = new("using System; using System.Collections.Generic; using System.IO; using System.Linq; using System.Threading; using System.Threading.Tasks;\n");
        text.AppendJoin('\n', namespaces.Select(n => $"using {n};")).AppendLine();
        text.AppendJoin('\n', lines.Where(line => UsingDirective().IsMatch(line))).AppendLine();
        text.AppendLine("static class TheExample {").AppendLine(Given).AppendLine("static async Task Run() {\nawait Task.CompletedTask;");
        text.AppendJoin('\n', lines.Take(end).Where(line => !UsingDirective().IsMatch(line))).AppendLine("\n}");
        text.AppendJoin('\n', lines.Skip(end)).AppendLine("\n}");
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Example", [CSharpSyntaxTree.ParseText(text.ToString())], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        return compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => $"{place}: {d.GetMessage(CultureInfo.InvariantCulture)}");
    }

    private static IEnumerable<string> PublicNamespaces(Compilation compilation)
    {
        Stack<INamespaceSymbol> open = new([compilation.Assembly.GlobalNamespace]);
        while (open.TryPop(out INamespaceSymbol? space))
        {
            foreach (INamespaceSymbol inner in space.GetNamespaceMembers())
            {
                open.Push(inner);
            }

            if (!space.IsGlobalNamespace && space.GetTypeMembers().Any(t => t.DeclaredAccessibility == Accessibility.Public))
            {
                yield return space.ToDisplayString();
            }
        }
    }

    [GeneratedRegex("<example>.*?</example>", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("<code>\n(.*?)</code>", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("^ */// ?")]
    private static partial Regex CommentMark();

    [GeneratedRegex(@"^(internal |public )?sealed class ")]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"^using [\w. =]+;")]
    private static partial Regex UsingDirective();
}
