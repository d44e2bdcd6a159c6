using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Xunit;
using Xunit.Abstractions;

namespace Sortition.Architecture.Tests;

/// <summary>How large the house is; eng/figures.sh shows it.</summary>
public sealed class FiguresTests(ITestOutputHelper output)
{
    [Fact]
    public void Figures_of_the_source()
    {
        House house = House.AsBuilt;
        (int Lines, string Name)[] files = [.. house.Files.Select(f => (Rules.CodeLines(f.Tree, new TextSpan(0, f.Tree.Length)), f.Path))];
        (int Lines, string Name)[] methods =
        [
            .. from file in house.Files
               from method in file.Tree.GetRoot().DescendantNodes().OfType<BaseMethodDeclarationSyntax>()
               select (Rules.CodeLines(file.Tree, method.Span), $"{Rules.NameOf(method)} in {file.Path}"),
        ];
        string[] naming = [.. house.Files.Where(f => Rules.NamedObjectives(f).Any()).Select(f => f.Path)];
        Show("code lines", $"{files.Sum(f => f.Lines)} in {files.Length} files, without blanks, comments and braces");
        foreach (Project project in house.Projects)
        {
            Show("code lines", $"{files.Where(f => f.Name.StartsWith($"src/{project.Name}/", StringComparison.Ordinal)).Sum(f => f.Lines)} in {project.Name}");
        }

        Show("files that name an objective", $"{naming.Length}: {string.Join(", ", naming)}");
        Show("arrows in a circle", $"{Rules.NoCircle(house).Count()}");
        Show("longest file", $"{files.Max().Lines} in {files.Max().Name}");
        Show("longest method", $"{methods.Max().Lines}: {methods.Max().Name}");
        Assert.NotEmpty(methods);
    }

    private void Show(string figure, string value) => output.WriteLine($"figure {figure}: {value}");
}
