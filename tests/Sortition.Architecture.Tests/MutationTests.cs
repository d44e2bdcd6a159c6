using Xunit;

namespace Sortition.Architecture.Tests;

/// <summary>Each law turns red where a file breaks it, and says which file and what is wrong.</summary>
public sealed class MutationTests
{
    private const string Upstairs = "src/Sortition.Core/Lotteries/Upstairs.cs";
    private const string Planted = "src/Sortition.Core/Problems/Planted.cs";

    private static readonly House Prepared = House.AsBuilt.With(Upstairs, """
        namespace Sortition.Core.Lotteries;
        internal class Upstairs
        {
            public const int Number = 1;
            public static readonly List<Upstairs> All = [];
            public int this[int index] => index;
            public static int operator +(Upstairs left, int right) => right;
            public static implicit operator Upstairs(int number) => All[number];
        }
        internal sealed class UpstairsAttribute : System.Attribute;
        internal static class UpstairsExtensions
        {
            public static int Twice(this int number) => 2 * number;
        }
        """);

    [Theory]
    [InlineData("Upstairs? Named;")]
    [InlineData("List<Upstairs[]> Named = [];")]
    [InlineData("void Named(Func<int, Upstairs> argument) { }")]
    [InlineData("object Named(object o) => o is Upstairs;")]
    [InlineData("object Named() { object Local() => typeof(Upstairs); return Local(); }")]
    [InlineData("string Named() => nameof(Upstairs);")]
    [InlineData("void Named<T>() where T : Upstairs { }")]
    [InlineData("class Inner : Upstairs;")]
    [InlineData("[Upstairs] int Named;")]
    [InlineData("int Named => Upstairs.Number;")]
    [InlineData("int Named => 1.Twice();")]
    [InlineData("int Named => Sortition.Core.Lotteries.UpstairsExtensions.Twice(1);")]
    public void Whoever_points_back_is_found(string member)
    {
        House house = Prepared.With(Planted, $$"""
            using Sortition.Core.Lotteries;
            namespace Sortition.Core.Problems;
            internal class Planted { {{member}} }
            """);
        AssertFound(Rules.Arrows(house), $"{Planted}(3): arrows: Sortition.Core/Problems names Upstairs", " of Sortition.Core/Lotteries, and may not");
        AssertFound(Rules.NoCircle(house), $"{Planted}(3): no circle: Sortition.Core/Problems names Upstairs", " of Sortition.Core/Lotteries, and arrows lead back from there");
    }

    // What a file of another room hands on is used without its name.
    [Theory]
    [InlineData("Downstairs.Value[0]")]
    [InlineData("Downstairs.Value + 1")]
    [InlineData("Downstairs.Take(1)")]
    [InlineData("Downstairs.Take(Number)")]
    public void So_is_whoever_uses_a_member_that_has_no_name(string expression)
    {
        const string Downstairs = "src/Sortition.Core/Problems/Downstairs.cs";
        House house = Prepared.With(Downstairs, """
            using Sortition.Core.Lotteries;
            namespace Sortition.Core.Problems;
            internal static class Downstairs
            {
                public static Upstairs Value => Upstairs.All[0];
                public static int Take(Upstairs value) => value[0];
            }
            """);
        AssertFound(Rules.Arrows(house.With(Planted, $$"""
            namespace Sortition.Core.Problems;
            internal static class Planted
            {
                private const int Number = 1;
                public static int Named => {{expression}};
            }
            """)), $"{Planted}(5): arrows: Sortition.Core/Problems names Upstairs of Sortition.Core/Lotteries");
    }

    [Theory]
    [InlineData("/// <see cref=\"Upstairs\"/>")]
    [InlineData("// Upstairs.Number")]
    [InlineData("private string Upstairs => \"Sortition.Core.Lotteries.Upstairs\";")]
    [InlineData("private void Named(int Upstairs) => System.Math.Abs(Upstairs);")]
    public void Comments_and_like_names_are_no_arrows(string member) =>
        Assert.DoesNotContain(Rules.Arrows(Prepared.With(Planted, $$"""
            namespace Sortition.Core.Problems;
            internal class Planted
            {
                {{member}}
            }
            """)), breach => breach.File == Planted);

    [Fact]
    public void A_project_does_not_name_the_inner_rooms_of_another() =>
        AssertFound(Rules.Arrows(House.AsBuilt.With("src/Sortition.Files/Planted.cs", """
            namespace Sortition.Files;
            internal sealed class Planted { Sortition.Core.Engine.Search.Face? Named; }
            """)), "src/Sortition.Files/Planted.cs(2): arrows: Sortition.Files names Face of Sortition.Core/Engine/Search, and may not");

    [Fact]
    public void A_room_must_be_in_the_plan() =>
        AssertFound(Rules.Rooms(House.AsBuilt.With("src/Sortition.Core/Cellar/Planted.cs", "namespace Sortition.Core.Cellar;")),
            "src/Sortition.Core/Cellar/Planted.cs(1): rooms: Sortition.Core/Cellar is not in the plan");

    [Fact]
    public void Internals_are_not_opened_to_a_shipped_project() =>
        AssertFound(Rules.Internals(House.AsBuilt.With(Planted, "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Sortition.Publication\")]")),
            $"{Planted}(1): internals: Sortition.Core opens its internals to Sortition.Publication");

    [Theory]
    [InlineData("Google.OrTools.Sat.CpModel", "Google.OrTools")]
    [InlineData("MathNet.Numerics.LinearAlgebra.Matrix<double>", "MathNet.Numerics")]
    public void A_package_has_its_rooms(string type, string package) =>
        AssertFound(Rules.Packages(House.AsBuilt.With(Planted, $$"""
            namespace Sortition.Core.Problems;
            internal sealed class Planted { {{type}}? Named; }
            """)), $"{Planted}(2): packages: Sortition.Core/Problems names ", $" of {package}, and may not");

    [Theory]
    [InlineData("namespace Sortition.Core.Targets; class Planted;", "Sortition.Core.Targets instead of Sortition.Core.Problems")]
    [InlineData("namespace Sortition.Core; class Planted;", "Sortition.Core instead of Sortition.Core.Problems")]
    [InlineData("class Planted;", "no namespace instead of Sortition.Core.Problems")]
    public void A_namespace_is_its_folder(string text, string message) =>
        AssertFound(Rules.Namespaces(House.AsBuilt.With(Planted, text)), $"{Planted}(1): namespaces: {message}");

    [Theory]
    [InlineData("string Named => \"nash\";", "nash")]
    [InlineData("bool Named(string name) => name is \"maximin\" or \"weighted-leximin\";", "weighted-leximin")]
    [InlineData("string Named => \"\"\"minimax\"\"\";", "minimax")]
    public void An_objective_is_named_in_its_own_file(string member, string name) =>
        AssertFound(Rules.ObjectiveNames(House.AsBuilt.With(Planted, $$"""
            namespace Sortition.Core.Problems;
            internal sealed class Planted { {{member}} }
            """)), $"{Planted}(2): objective names: \"{name}\" belongs to src/Sortition.Core/Algorithms/");

    [Theory]
    [InlineData("string Named => \"Nobody was drawn.\";", "\"Nobody was drawn.\" belongs to the texts")]
    [InlineData("string Named => $\"{1} ballots were {2} made\";", "\"… ballots were … made\" belongs to the texts")]
    public void A_sentence_belongs_to_the_texts(string member, string message) =>
        AssertFound(Rules.Sentences(House.AsBuilt.With("src/Sortition.Cli/Texts/Planted.cs", $$"""
            namespace Sortition.Cli.Texts;
            internal sealed class Planted { {{member}} }
            """)), $"src/Sortition.Cli/Texts/Planted.cs(2): sentences: {message}");

    [Fact]
    public void A_key_is_that_of_a_text() =>
        AssertFound(Rules.Keys(House.AsBuilt.With("src/Sortition.Cli/Texts/Planted.cs", """
            namespace Sortition.Cli.Texts;
            internal sealed class Planted { string Named => "usage/nobody-says-this"; }
            """)), "src/Sortition.Cli/Texts/Planted.cs(2): keys: there is no text \"usage/nobody-says-this\"");

    [Fact]
    public void A_long_line_is_found() =>
        AssertFound(Rules.Lines(House.AsBuilt.With(Planted, "// short\n// " + new string('x', 158))), $"{Planted}(2): lines: 161 characters");

    [Theory]
    [InlineData(59, "", false)]
    [InlineData(60, "", true)]
    [InlineData(60, "// One table, row by row.", false)]
    [InlineData(60, "/// <summary>Not a reason.</summary>", true)]
    public void A_long_method_needs_a_reason(int statements, string above, bool wrong)
    {
        string text = $$"""
            namespace Sortition.Core.Problems;
            internal static class Planted
            {
                {{above}}
                public static void Run()
                {
            {{string.Concat(Enumerable.Repeat("\n        // A comment.\n        Run();", statements))}}
                }
            }
            """;
        Breach[] found = [.. Rules.Lengths(House.AsBuilt.With(Planted, text)).Where(b => b.File == Planted)];
        Assert.Equal(wrong ? [$"{Planted}(5): lengths: Run has 61 lines of code, and no comment above says why"] : [], found.Select(b => b.ToString()));
    }

    [Theory]
    [InlineData(399, "", false)]
    [InlineData(400, "", true)]
    [InlineData(400, "// A table.", false)]
    public void So_does_a_long_type(int members, string above, bool wrong)
    {
        string text = $$"""
            namespace Sortition.Core.Problems;
            {{above}}
            internal static class Planted
            {
            {{string.Concat(Enumerable.Range(0, members).Select(i => $"\n    public const int N{i} = {i};"))}}
            }
            """;
        Breach[] found = [.. Rules.Lengths(House.AsBuilt.With(Planted, text)).Where(b => b.File == Planted)];
        Assert.Equal(wrong ? [$"{Planted}(3): lengths: Planted has 401 lines of code, and no comment above says why"] : [], found.Select(b => b.ToString()));
    }

    [Fact]
    public void Sources_must_compile() =>
        AssertFound(Rules.Compiles(House.AsBuilt.With(Planted, "namespace Sortition.Core.Problems;\ninternal class Planted : Nobody;")), $"{Planted}(2): compiles: ", "'Nobody'");

    private static void AssertFound(IEnumerable<Breach> breaches, params string[] parts) =>
        Assert.Contains(breaches, breach => parts.All(part => breach.ToString().Contains(part, StringComparison.Ordinal)));
}
