using Sortition.Core;

namespace Sortition.Publication.Checks;

/// <summary>A sentence that can be told in any language.</summary>
/// <param name="texts">The language.</param>
internal delegate string Sentence(TextRenderer texts);

/// <summary>Makes sentences of texts and what stands in their places.</summary>
internal static class Sentences
{
    /// <summary>No sentence.</summary>
    public static readonly Sentence None = _ => "";

    /// <summary>A text with its places filled; what is a sentence itself is told in the same language.</summary>
    public static Sentence Of(string key, params (string Name, object? Value)[] values) =>
        texts => texts.Render(key, [.. values.Select(v => (v.Name, v.Value is Sentence inner ? inner(texts) : v.Value))]);

    /// <summary>A number in a format.</summary>
    public static Sentence Number(double number, string format) => texts => number.ToString(format, texts.Numbers);

    /// <summary>A fault.</summary>
    public static Sentence Of(Fault fault) => texts => texts.Describe(fault);

    /// <summary>Sentences after each other.</summary>
    public static Sentence And(this Sentence first, Sentence second) => texts => first(texts) + second(texts);
}
