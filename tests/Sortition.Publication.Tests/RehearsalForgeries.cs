using Sortition.Publication.Format;

namespace Sortition.Publication.Tests;

/// <summary>Forgeries that pass a rehearsal off as a draw, or a draw as a rehearsal.</summary>
internal static class RehearsalForgeries
{
    private const string Group = "a rehearsal passed off as a draw, or a draw as a rehearsal: the mark taken out of a file, put into one, or another in its place";

    private static readonly string[] s_documents = ["publication.json", "private.json", "draw.json", "urn.json", "annulment-1.json"];
    private static readonly string[] s_tables = ["people.csv", "ballots.csv"];

    public static IEnumerable<Forgery> All() => [.. Taken(), .. Put(), .. Others(), .. Records()];

    private static IEnumerable<Forgery> Taken()
    {
        foreach (string file in s_documents)
        {
            yield return In("taken out of a document", file, "(\n) \"mark\": \"REHEARSAL\",\n", "") with { OfRehearsal = true };
        }

        foreach (string file in s_tables)
        {
            yield return In("taken out of a table", file, "(),REHEARSAL", "", all: true) with { OfRehearsal = true };
            yield return In("taken out of the headings", file, "(),REHEARSAL", "") with { OfRehearsal = true };
            yield return In("taken out of a row", file, "(\n[^\n]*),REHEARSAL", "") with { OfRehearsal = true };
        }
    }

    private static IEnumerable<Forgery> Put()
    {
        foreach (string file in s_documents)
        {
            yield return In("put into a document", file, "(\"format\": \"[^\"]+\",)", "$1\n \"mark\": \"REHEARSAL\",");
        }

        foreach (string file in s_tables)
        {
            yield return In("put into a table", file, "()(?=\n)", ",REHEARSAL", all: true);
        }
    }

    private static IEnumerable<Forgery> Others()
    {
        foreach (string mark in (string[])["\"Rehearsal\"", "\"\"", "\"REHEARSAL \"", "null", "true", "[\"REHEARSAL\"]"])
        {
            yield return In($"another in its place: {mark}", "publication.json", "(\"mark\": )\"REHEARSAL\"", mark) with { OfRehearsal = true };
        }

        yield return In("in another place of a document", "publication.json", "() \"mark\": \"REHEARSAL\",\n( \"tickets\": \"[a-z]+\",\n)", "$2 \"mark\": \"REHEARSAL\",\n") with { OfRehearsal = true };
        yield return In("twice in a table", "ballots.csv", "(),REHEARSAL", ",REHEARSAL,REHEARSAL", all: true) with { OfRehearsal = true };
        yield return In("another in a table", "ballots.csv", "(),REHEARSAL", ",rehearsal", all: true) with { OfRehearsal = true };
    }

    /// <summary>The record of the draw of a rehearsal, whose root is then said to be that of the other.</summary>
    private static IEnumerable<Forgery> Records() =>
    [
        new(Group, "the draw of a rehearsal, beside the real lottery", "the draw of a rehearsal, beside the real lottery", (folder, form) =>
        {
            PublishedLottery rehearsed = Example.Of(form, DrawMethod.Text, isRehearsal: true);
            using TemporaryFolder other = new();
            rehearsed.Write(other.Path);
            Example.Draw(rehearsed, other.Path);
            File.Copy(other["draw.json"], folder["draw.json"], overwrite: true);
            return true;
        }) { Drawn = DrawMethod.Text },
    ];

    private static Forgery In(string what, string file, string pattern, string replacement, bool all = false) =>
        new(Group, "the mark of a rehearsal " + what, $"the mark of a rehearsal {what}: {file}", Forgery.Text(file, pattern, replacement, all))
        {
            Drawn = file is "urn.json" ? DrawMethod.Both : file is "draw.json" or "annulment-1.json" ? DrawMethod.Text : null,
            IsAnnulled = file is "annulment-1.json",
        };
}
