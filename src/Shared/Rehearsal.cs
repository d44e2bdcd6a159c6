namespace Sortition.Shared;

/// <summary>What is made in a rehearsal says so, wherever it goes: in a last column of every table, in a member of every document, on every page.</summary>
internal static class Rehearsal
{
    /// <summary>The heading of the column, and each of its cells; the value of the member; the word on pages. It is the same in all languages.</summary>
    public const string Mark = "REHEARSAL";

    /// <summary>The name of the member of a document.</summary>
    public const string Member = "mark";

    /// <summary>A seed of its own, so that nobody sees beforehand what the same seed will draw; the seed of a rehearsal is its own already.</summary>
    public static string SeedOf(string seed) => seed.StartsWith(Mark + " ", StringComparison.Ordinal) ? seed : $"{Mark} {seed}";

    /// <summary>Whether a table with these headings was written in a rehearsal.</summary>
    public static bool IsMarked(IEnumerable<string> headings) => headings.Contains(Mark, StringComparer.Ordinal);
}
