using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Sortition.Architecture.Tests;

/// <summary>A rule that is broken in a file.</summary>
public sealed record Breach(string Rule, string File, int Line, string What)
{
    public override string ToString() => $"{File}({Line}): {Rule}: {What}";
}

/// <summary>The laws of the house. Each gives the places where it is broken.</summary>
public static class Rules
{
    public const int LongestLine = 160;
    public const int MostWords = 2;
    public const int LongestMethod = 60;
    public const int LongestType = 400;

    /// <summary>Sources compile: whoever asks for the symbols of others overlooks some.</summary>
    public static IEnumerable<Breach> Compiles(House house) =>
        from project in house.Projects
        from fault in project.Compilation.GetDiagnostics()
        where fault.Severity == DiagnosticSeverity.Error
        select Broken("compiles", fault.Location, fault.ToString());

    /// <summary>Rooms of a project do not name each other in a circle.</summary>
    public static IEnumerable<Breach> NoCircle(House house)
    {
        Naming[] namings = [.. house.Namings().Where(n => n.From.Project == n.Project && n.From.Room != n.Room)];
        ILookup<string, string> targets = namings.ToLookup(n => n.From.Place, n => n.Place);
        return namings.Where(n => Reaches(targets, n.Place, n.From.Place)).Select(n => Broken("no circle", n, "and arrows lead back from there"));
    }

    /// <summary>Rooms and projects name only those they may.</summary>
    public static IEnumerable<Breach> Arrows(House house) =>
        from naming in house.Namings()
        where naming.From.Project == naming.Project ? !Plan.Rooms[naming.Project].Allow(naming.From.Room, naming.Room)
            : house.Projects.Any(p => p.Name == naming.Project) && (!Plan.Projects.Allow(naming.From.Project, naming.Project) || IsWithin(naming.Place, Plan.Inner))
        select Broken("arrows", naming, "and may not");

    /// <summary>Every room is in the plan.</summary>
    public static IEnumerable<Breach> Rooms(House house) =>
        from file in house.Files
        where !Plan.Rooms.TryGetValue(file.Project, out Arrows? rooms) || !rooms.Names.Contains(file.Room)
        select new Breach("rooms", file.Path, 1, $"{file.Place} is not in the plan");

    /// <summary>Internals are open to tests and benchmarks alone.</summary>
    public static IEnumerable<Breach> Internals(House house) =>
        from project in house.Projects
        from attribute in project.Compilation.Assembly.GetAttributes()
        where attribute.AttributeClass?.Name == "InternalsVisibleToAttribute"
        let friend = (string)attribute.ConstructorArguments[0].Value!
        where !friend.EndsWith(".Tests", StringComparison.Ordinal) && friend != "Sortition.Benchmarks"
        select Broken("internals", attribute.ApplicationSyntaxReference!.GetSyntax().GetLocation(), $"{project.Name} opens its internals to {friend}");

    /// <summary>Packages are named in the rooms that are there for them.</summary>
    /// <remarks>Pages that Razor has made of a project have no file of their own; they are of that project's assembly.</remarks>
    public static IEnumerable<Breach> Packages(House house) =>
        from naming in house.Namings()
        where house.Projects.All(p => p.Name != naming.Project && p.Compilation.AssemblyName != naming.Project) && !IsFramework(naming.Project)
        where !Plan.Packages.TryGetValue(PackageOf(naming.Project), out string[]? rooms) || !IsWithin(naming.From.Place, rooms)
        select Broken("packages", naming, "and may not");

    /// <summary>A namespace is that of its folder.</summary>
    public static IEnumerable<Breach> Namespaces(House house) =>
        from file in house.Files
        from member in file.Tree.GetCompilationUnitRoot().Members
        let space = (member as BaseNamespaceDeclarationSyntax)?.Name.ToString()
        let project = file.Path.StartsWith($"src/{file.Project}/", StringComparison.Ordinal) ? file.Project : "Sortition"
        let folder = file.Room.Length == 0 ? project : $"{project}.{file.Room.Replace('/', '.')}"
        where space != folder && !(space == file.Project && AreAtTheFront(member))
        select Broken("namespaces", member.GetLocation(), $"{space ?? "no namespace"} instead of {folder}");

    /// <summary>An objective's name stands in its own file and in the texts; everything else asks the objective. The registry builds them and needs no names.</summary>
    public static IEnumerable<Breach> ObjectiveNames(House house) =>
        from file in house.Files
        where !IsWithin(file.Place, Plan.Texts) && !Plan.Texts.Contains(file.Path)
        from token in NamedObjectives(file)
        where file.Path != Plan.FileOf(token.ValueText)
        select Broken("objective names", token.GetLocation(), $"\"{token.ValueText}\" belongs to {Plan.FileOf(token.ValueText)}");

    /// <summary>A line fits on a screen.</summary>
    public static IEnumerable<Breach> Lines(House house) =>
        from file in house.Files
        from line in file.Tree.GetText().Lines
        where line.Span.Length > LongestLine
        select new Breach("lines", file.Path, line.LineNumber + 1, $"{line.Span.Length} characters");

    /// <summary>What rooms say that speak to people stands in texts, for every language: no sentence is left in their code.</summary>
    public static IEnumerable<Breach> Sentences(House house) =>
        from file in house.Files
        where IsWithin(file.Place, Plan.Speaking)
        from node in file.Tree.GetRoot().DescendantNodes()
        let text = node switch
        {
            LiteralExpressionSyntax literal => literal.Token.Value as string,
            InterpolatedStringExpressionSyntax pieces => string.Concat(pieces.Contents.Select(p => p is InterpolatedStringTextSyntax piece ? piece.TextToken.ValueText : "…")),
            _ => null,
        }
        where text?.Split(' ').Count(word => word.Count(char.IsLetter) > 1) > MostWords
        select Broken("sentences", node.GetLocation(), $"\"{text}\" belongs to the texts");

    /// <summary>A key of a text that stands in the code of a room that speaks is that of a text.</summary>
    public static IEnumerable<Breach> Keys(House house) =>
        from file in house.Files
        where IsWithin(file.Place, Plan.Speaking)
        from node in file.Tree.GetRoot().DescendantNodes().OfType<LiteralExpressionSyntax>()
        where node.Token.Value is string key && IsKey(key) && !Plan.Keys.Contains(key)
        select Broken("keys", node.GetLocation(), $"there is no text \"{node.Token.ValueText}\"");

    /// <summary>What is long says why, in a comment above it.</summary>
    public static IEnumerable<Breach> Lengths(House house) =>
        from file in house.Files
        from node in file.Tree.GetRoot().DescendantNodes().OfType<MemberDeclarationSyntax>()
        let longest = node switch { BaseTypeDeclarationSyntax => LongestType, BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax => LongestMethod, _ => int.MaxValue }
        where longest < int.MaxValue
        let lines = CodeLines(file.Tree, node.Span)
        where lines > longest && !node.GetLeadingTrivia().Any(IsReason)
        select Broken("lengths", node.GetLocation(), $"{NameOf(node)} has {lines} lines of code, and no comment above says why");

    /// <summary>Lines of code from <paramref name="span"/>: without blanks, comments and braces that stand alone.</summary>
    public static int CodeLines(SyntaxTree tree, TextSpan span)
    {
        TextLineCollection lines = tree.GetText().Lines;
        return lines.Skip(lines.IndexOf(span.Start)).Take(lines.IndexOf(span.End) - lines.IndexOf(span.Start) + 1).Count(line => IsCode(line.ToString().AsSpan().Trim()));
    }

    // A comment, not the documentation.
    private static bool IsReason(SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) && !trivia.ToString().StartsWith("///", StringComparison.Ordinal);

    /// <summary>The strings of a file that are the name of an objective.</summary>
    internal static IEnumerable<SyntaxToken> NamedObjectives(SourceFile file) =>
        file.Tree.GetRoot().DescendantTokens().Where(token => token.Value is string text && token.RawKind != (int)SyntaxKind.IdentifierToken && Plan.Objectives.Contains(text));

    internal static string NameOf(MemberDeclarationSyntax node) => node switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        MethodDeclarationSyntax method => method.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        _ => "This member",
    };

    private static bool IsCode(ReadOnlySpan<char> line) =>
        line.Length > 0 && !line.StartsWith("//") && !(line[0] is '{' or '}' && line[1..].TrimStart(')') is "" or ";");

    private static bool AreAtTheFront(MemberDeclarationSyntax space) =>
        ((BaseNamespaceDeclarationSyntax)space).Members is var members
            && members.Any(IsAtTheFront)
            && members.All(m => IsAtTheFront(m) || (m is BaseTypeDeclarationSyntax type && !type.Modifiers.Any(SyntaxKind.PublicKeyword)));

    private static bool IsAtTheFront(MemberDeclarationSyntax member) => member is BaseTypeDeclarationSyntax type && Plan.AtTheFront.Contains(type.Identifier.Text);

    private static bool Reaches(ILookup<string, string> targets, string from, string to)
    {
        HashSet<string> seen = [from];
        Stack<string> open = new(seen);
        while (open.TryPop(out string? room))
        {
            foreach (string target in targets[room].Where(seen.Add))
            {
                open.Push(target);
            }
        }

        return seen.Contains(to);
    }

    /// <summary>Whether a string has the form of a key: words with a slash between them.</summary>
    private static bool IsKey(string text) =>
        text.Contains('/') && text[0] != '/' && text[^1] != '/' && text.All(c => char.IsAsciiLetterLower(c) || c is '/' or '-');

    private static bool IsWithin(string place, IEnumerable<string> places) =>
        places.Any(p => place == p || place.StartsWith(p + "/", StringComparison.Ordinal));

    // The web framework comes in many assemblies, which are one to whoever may name it.
    private static string PackageOf(string assembly) =>
        assembly.Split('.') is ["Microsoft", "AspNetCore" or "Extensions", ..] parts && parts.Length > 2 ? $"{parts[0]}.{parts[1]}" : assembly;

    private static bool IsFramework(string assembly) =>
        assembly is "" or "System" or "Microsoft.Win32.Primitives" || (assembly.StartsWith("System.", StringComparison.Ordinal) && !Plan.Packages.ContainsKey(assembly));

    private static Breach Broken(string rule, Naming naming, string why) =>
        new(rule, naming.From.Path, naming.Line, $"{naming.From.Place} names {naming.Symbol} of {naming.Place}, {why}");

    private static Breach Broken(string rule, Location location, string what) =>
        new(rule, location.SourceTree?.FilePath ?? "", location.GetLineSpan().StartLinePosition.Line + 1, what);
}
