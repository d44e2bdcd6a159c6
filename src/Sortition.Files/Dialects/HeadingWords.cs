using System.Collections.Frozen;
using Sortition.Core.Problems;
using Sortition.Files.Tables.Model;

namespace Sortition.Files.Dialects;

/// <summary>
/// What columns and rows are called in English, Danish, Swedish, Norwegian, German, French, Dutch, Spanish and Hungarian, compared as names are, with
/// <c>_</c> and <c>-</c> as spaces.
/// </summary>
internal static class HeadingWords
{
    /// <summary>The name of a feature.</summary>
    public static FrozenSet<string> Feature { get; } = Of(
        "feature", "featurename", "feature name", "characteristic", "criterion", "variable", "attribute", "dimension", "question",
        "egenskab", "kendetegn", "kriterium", "kriterie", "variabel", "spørgsmål", "egenskap", "kännetecken", "kjennetegn", "spörsmål", "fråga", "spørsmål",
        "merkmal", "eigenschaft", "frage", "caractéristique", "caracteristique", "critère", "critere", "kenmerk", "eigenschap", "criterium", "variabele",
        "vraag", "característica", "caracteristica", "criterio", "pregunta", "jellemző", "jellemzo", "ismérv", "szempont", "változó", "tulajdonság", "kérdés");

    /// <summary>The name of a feature where another column holds its values, or of a value where another column holds the feature.</summary>
    public static FrozenSet<string> Category { get; } = Of(
        "category", "kategori", "kategorie", "catégorie", "categorie", "categoría", "categoria", "kategória", "kategoria");

    /// <summary>The value of a feature.</summary>
    public static FrozenSet<string> Value { get; } = Of(
        "value", "valuename", "value name", "group", "answer", "gruppe", "værdi", "svar", "grupp", "värde", "verdi", "wert", "ausprägung", "antwort",
        "groupe", "valeur", "modalité", "modalite", "réponse", "groep", "waarde", "antwoord", "grupo", "valor", "respuesta", "csoport", "érték", "ertek",
        "válasz");

    /// <summary>The value of a feature beside a category.</summary>
    public static FrozenSet<string> Name { get; } = Of("name", "navn", "namn", "nom", "naam", "nombre", "név", "bezeichnung");

    public static FrozenSet<string> Min { get; } = Of(
        "min", "minquota", "min quota", "minimum", "least", "at least", "mindst", "minst", "lägst", "mindestens", "minimal", "au moins", "minstens", "mínimo",
        "minimo", "al menos", "legalább", "legalabb");

    public static FrozenSet<string> Max { get; } = Of(
        "max", "maxquota", "max quota", "maximum", "most", "at most", "maks", "maksimum", "højst", "højest", "högst", "høyst", "höchstens", "maximal",
        "au plus", "hoogstens", "máximo", "maximo", "como máximo", "legfeljebb");

    public static FrozenSet<string> Count { get; } = Of(
        "count", "population", "number", "people", "persons", "antal", "antal personer", "personer", "befolkning", "folketal", "indbyggere", "folkmängd",
        "invånare", "antall", "folkemengde", "innbyggere", "anzahl", "bevölkerung", "einwohner", "personen", "nombre", "effectif", "effectifs", "habitants",
        "personnes", "aantal", "bevolking", "inwoners", "número", "numero", "cantidad", "población", "poblacion", "habitantes", "personas", "szám", "létszám",
        "letszam", "fő", "népesség", "lakosság", "db");

    public static FrozenSet<string> Percent { get; } = Of(
        "percent", "percentage", "per cent", "pct", "%", "procent", "procentandel", "procentdel", "prosent", "prosentandel", "prozent", "prozentanteil",
        "pourcentage", "pour cent", "porcentaje", "por ciento", "százalék", "szazalek");

    /// <summary>Parts of the whole, of 1 or of 100.</summary>
    public static FrozenSet<string> Share { get; } = Of(
        "share", "population share", "proportion", "fraction", "andel", "anteil", "part", "aandeel", "proporción", "proporcion", "arány", "arany", "részarány");

    /// <summary>Where a number comes from.</summary>
    public static FrozenSet<string> Source { get; } = Of(
        "source", "sources", "url", "link", "kilde", "kilder", "källa", "quelle", "bron", "fuente", "forrás", "source url");

    /// <summary>What somebody remarks.</summary>
    public static FrozenSet<string> Comment { get; } = Of(
        "comment", "comments", "note", "notes", "remark", "remarks", "kommentar", "kommentarer", "bemærkning", "bemærkninger", "anmärkning", "merknad",
        "bemerkung", "anmerkung", "commentaire", "remarque", "opmerking", "toelichting", "comentario", "observaciones", "nota", "megjegyzés");

    /// <summary>A row that adds up others.</summary>
    public static FrozenSet<string> Total { get; } = Of(
        "total", "totals", "sum", "all", "grand total", "altogether", "overall", "i alt", "ialt", "alle", "sum total", "summa", "totalt", "sammanlagt",
        "gesamt", "insgesamt", "summe", "ensemble", "somme", "totaal", "som", "suma", "en total", "összesen", "osszesen", "mindösszesen", "együtt",
        "hele befolkningen", "subtotal");

    private static readonly string[] RemarkBeginnings =
        ["source", "sources", "note", "notes", "nb", "n.b", "kilde", "kilder", "källa", "quelle", "anm", "bemærk", "bemærkning", "bron", "fuente", "forrás",
         "remarque", "hinweis", "obs", "updated", "opdateret", "udtræk", "extract", "nota", "megjegyzés", "anmerkung", "merknad", "toelichting", "stand"];

    /// <summary>Whether a cell is one of some words.</summary>
    public static bool Is(FrozenSet<string> words, string cell) => words.Contains(Normal(cell));

    /// <summary>The columns of which the heading is one of some words, from the left.</summary>
    public static int[] Columns(TableHeader header, FrozenSet<string> words) =>
        [.. Enumerable.Range(0, header.Headings.Length).Where(c => words.Contains(Normal(header.Headings[c])))];

    /// <summary>Whether a text begins as remarks below tables do: <c>Source: …</c>, <c>* …</c>.</summary>
    public static bool BeginsRemark(string text)
    {
        string clean = NameComparer.Clean(text);
        return clean.Length > 0 && (clean[0] is '*' or '©' or '¹'
            || Array.Exists(RemarkBeginnings, word => clean.Length > word.Length + 1
                && NameComparer.Instance.Equals(clean[..word.Length], word)
                && (clean[word.Length] is ':' or '.' or ';' || clean.AsSpan(word.Length).StartsWith(" ") && clean.Contains(':', StringComparison.Ordinal))));
    }

    private static FrozenSet<string> Of(params IEnumerable<string> words) => words.Select(Normal).ToFrozenSet(StringComparer.Ordinal);

    private static string Normal(string text) =>
        NameComparer.Key(NameComparer.Key(text).Replace('_', ' ').Replace('-', ' ').TrimEnd('.', ':'));
}
