using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Sortition.Architecture.Tests;

/// <summary>A file names a type, or a member of one: of a room of a project, or of an assembly from elsewhere, whose room is "". One of each room and file stands for all.</summary>
public sealed record Naming(SourceFile From, int Line, string Project, string Room, string Symbol)
{
    /// <summary>Project and room, as messages name them.</summary>
    public string Place => Room.Length == 0 ? Project : $"{Project}/{Room}";

    /// <summary>What <paramref name="file"/> names, except in its comments.</summary>
    public static IReadOnlyList<Naming> In(SourceFile file, CSharpCompilation compilation, Func<SyntaxTree, SourceFile?> fileOf)
    {
        SemanticModel model = compilation.GetSemanticModel(file.Tree);
        Dictionary<(string Project, string Room), Naming> namings = [];
        foreach (SyntaxNode node in file.Tree.GetRoot().DescendantNodes())
        {
            foreach (INamedTypeSymbol type in Named(model, node).Select(Owner).OfType<INamedTypeSymbol>())
            {
                SourceFile? declaration = type.DeclaringSyntaxReferences.Select(r => fileOf(r.SyntaxTree)).FirstOrDefault(f => f is not null);
                (string Project, string Room) place = declaration is null ? (type.ContainingAssembly?.Name ?? "", "") : (declaration.Project, declaration.Room);
                namings.TryAdd(place, new(file, node.GetLocation().GetLineSpan().StartLinePosition.Line + 1, place.Project, place.Room, type.Name));
            }
        }

        return [.. namings.Values];
    }

    // Not names alone: new(), indexers, operators, base(...) and conversions use a member without its name.
    private static ISymbol?[] Named(SemanticModel model, SyntaxNode node) => node switch
    {
        ExpressionSyntax expression => [Meant(model.GetSymbolInfo(expression)), model.GetConversion(expression).MethodSymbol],
        ConstructorInitializerSyntax initializer => [Meant(model.GetSymbolInfo(initializer))],
        _ => [],
    };

    // Also what the compiler finds but does not let through: internals of another project.
    private static ISymbol? Meant(SymbolInfo info) => info.Symbol ?? info.CandidateSymbols.FirstOrDefault();

    // The outermost type around the symbol; none for local names, namespaces and what the language itself has.
    private static INamedTypeSymbol? Owner(ISymbol? symbol)
    {
        INamedTypeSymbol? type = symbol switch
        {
            INamedTypeSymbol named => named,
            IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.BuiltinOperator or MethodKind.AnonymousFunction } => null,
            IMethodSymbol method => (method.ReducedFrom ?? method).ContainingType,
            IFieldSymbol or IPropertySymbol or IEventSymbol => symbol.ContainingType,
            _ => null,
        };
        while (type?.ContainingType is { } outer)
        {
            type = outer;
        }

        return type?.OriginalDefinition;
    }
}
