using System.Globalization;
using System.Text;
using Sortition.Core;
using Sortition.Core.Problems;

namespace Sortition.Files.Tests;

/// <summary>Small problems in nine languages, and the tables that pose them, to be written in many ways.</summary>
internal sealed class TableVariants(int seed)
{
    private static readonly (string Name, string Feature, string Value, string Min, string Max, string Count, string Percent, string[] Gender, string[] Ages)[] Languages =
    [
        ("en", "category", "feature", "min", "max", "count", "percent", ["gender", "female", "male"], ["age", "16-24", "25-64", "65+"]),
        ("da", "Kategori", "Gruppe", "Mindst", "H\u00f8jst", "Antal", "Procent", ["k\u00f8n", "Kvinder", "M\u00e6nd"], ["alder", "16-24 \u00e5r", "25-64 \u00e5r", "65+ \u00e5r"]),
        ("sv", "Egenskap", "V\u00e4rde", "Minst", "H\u00f6gst", "Antal", "Procent", ["k\u00f6n", "Kvinnor", "M\u00e4n"], ["\u00e5lder", "16-24 \u00e5r", "25-64 \u00e5r", "65+ \u00e5r"]),
        ("no", "Kategori", "Verdi", "Min", "Maks", "Antall", "Prosent", ["kj\u00f8nn", "Kvinner", "Menn"], ["alder", "16-24 \u00e5r", "25-64 \u00e5r", "65+ \u00e5r"]),
        ("de", "Merkmal", "Auspr\u00e4gung", "Mindestens", "H\u00f6chstens", "Anzahl", "Prozent", ["Geschlecht", "weiblich", "m\u00e4nnlich"], ["Alter", "16-24", "25-64", "\u00fcber 64"]),
        ("fr", "Crit\u00e8re", "Groupe", "Minimum", "Maximum", "Effectif", "Pourcentage", ["sexe", "femme", "homme"], ["\u00e2ge", "16-24 ans", "25-64 ans", "65+ ans"]),
        ("nl", "Kenmerk", "Waarde", "Minimum", "Maximum", "Aantal", "Percentage", ["geslacht", "vrouw", "man"], ["leeftijd", "16-24", "25-64", "65+"]),
        ("es", "Categor\u00eda", "Valor", "M\u00ednimo", "M\u00e1ximo", "N\u00famero", "Porcentaje", ["sexo", "mujer", "hombre"], ["edad", "16-24 a\u00f1os", "25-64 a\u00f1os", "65+ a\u00f1os"]),
        ("hu", "Jellemz\u0151", "\u00c9rt\u00e9k", "Legal\u00e1bb", "Legfeljebb", "L\u00e9tsz\u00e1m", "Sz\u00e1zal\u00e9k", ["nem", "n\u0151", "f\u00e9rfi"], ["\u00e9letkor", "16-24 \u00e9v", "25-64 \u00e9v", "65+ \u00e9v"]),
    ];

    private readonly Random _random = new(seed);

    public bool IsWorkbook { get; } = seed % 2 == 1;

    public int Language { get; } = seed % Languages.Length;

    public string Percent => Languages[Language].Percent;

    public string CountHeading => Languages[Language].Count;

    public int Below(int most) => _random.Next(most);

    public T OneOf<T>(params IReadOnlyList<T> some) => some[_random.Next(some.Count)];

    /// <summary>The quotas, with their headings.</summary>
    public List<string[]> Quotas()
    {
        (_, string feature, string value, string min, string max, _, _, string[] gender, string[] ages) = Languages[Language];
        return
        [
            [feature, value, min, max],
            [gender[0], gender[1], "1", "4"],
            [gender[0], gender[2], "1", "4"],
            .. ages.Skip(1).Select(a => (string[])[ages[0], a, "0", "4"]),
        ];
    }

    /// <summary>Twelve people, with their headings.</summary>
    public List<string[]> People()
    {
        (_, _, _, _, _, _, _, string[] gender, string[] ages) = Languages[Language];
        return
        [
            ["id", "note", gender[0], ages[0], "street", "zip"],
            .. Enumerable.Range(0, 12).Select(i => (string[])
            [
                FormattableString.Invariant($"P-{i:00}"), OneOf("", "x y", "a;b", "1,5", "\u00e6"), gender[1 + (i % 2)], ages[1 + (i % 3)],
                FormattableString.Invariant($"Road {i / 2}"), "02620",
            ]),
        ];
    }

    /// <summary>A population by feature, with five numbers.</summary>
    public List<string[]> Population(bool percent, IReadOnlyList<string> numbers)
    {
        (_, string feature, string value, _, _, string count, string percentage, string[] gender, string[] ages) = Languages[Language];
        return
        [
            [feature, value, percent ? percentage : count],
            .. gender.Skip(1).Select((g, i) => (string[])[gender[0], g, numbers[i]]),
            .. ages.Skip(1).Select((a, i) => (string[])[ages[0], a, numbers[2 + i]]),
        ];
    }

    public static byte[] Csv(IEnumerable<string[]> rows, char separator, Encoding? encoding = null, string newLine = "\n") =>
        (encoding ?? new UTF8Encoding(false)).GetBytes(string.Concat(rows.Select(row => string.Join(separator, row.Select(c =>
            c.IndexOfAny(['"', '\r', '\n', separator]) < 0 ? c : $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + newLine)));

    /// <summary>Quotas and features of a problem, by keys.</summary>
    public static string Sketch(SelectionProblem problem) =>
        string.Join('\n', problem.Quotas.Select(q => string.Create(CultureInfo.InvariantCulture, $"{Key(q.FeatureLabel)}|{Key(q.ValueLabel)}|{q.Min}|{q.Max}")).Order(StringComparer.Ordinal))
        + "\n\n" + string.Join('\n', problem.People.Select(p => $"{NameComparer.IdKey(p.Id)}|{string.Join('|', p.Values.Select(Key))}").Order(StringComparer.Ordinal));

    /// <summary>The same, of the tables as they are meant.</summary>
    public static string Sketch(List<string[]> quotas, List<string[]> people)
    {
        string[] features = [.. quotas.Skip(1).Select(q => q[0]).Distinct(NameComparer.Instance)];
        int[] columns = [.. features.Select(f => Array.FindIndex(people[0], h => NameComparer.Instance.Equals(h, f)))];
        return string.Join('\n', quotas.Skip(1).Select(q => $"{Key(q[0])}|{Key(q[1])}|{q[2]}|{q[3]}").Order(StringComparer.Ordinal))
            + "\n\n" + string.Join('\n', people.Skip(1).Select(p => $"{NameComparer.IdKey(p[0])}|{string.Join('|', columns.Select(c => Key(p[c])))}").Order(StringComparer.Ordinal));
    }

    private static string Key(string name) => NameComparer.Key(name);
}
