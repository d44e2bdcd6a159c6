using System.Globalization;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files;

namespace Sortition.Benchmarks;

/// <summary>A problem to measure on.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Source">What <see cref="Parse"/> makes it of: a folder, <c>Alternate(n,k)</c> or <c>Scaled(folder,copies,factor)</c>.</param>
/// <param name="Load">Reads or makes the problem.</param>
internal sealed record Instance(string Name, string Source, Func<SelectionProblem> Load)
{
    private const string Quotas = "categories.csv";
    private const string People = "respondents.csv";
    private const string ScaledStart = "Scaled(";

    /// <summary>The instances that are built with the program.</summary>
    public static string OwnFolder { get; } = Path.Combine(AppContext.BaseDirectory, "instances");

    /// <summary>547 volunteers, 36 seats.</summary>
    public static string Albertslund { get; } = Path.Combine(OwnFolder, "albertslund_36");

    /// <summary>The instances of a folder, by name, then the synthetic ones.</summary>
    public static IReadOnlyList<Instance> AllIn(string folder) =>
    [
        .. Directory.EnumerateDirectories(folder).Where(IsInstance).Order(StringComparer.Ordinal).Select(Parse),
        Parse("Alternate(200,20)"),
        Parse("Alternate(2000,200)"),
    ];

    /// <exception cref="FormatException">It is none of these.</exception>
    public static Instance Parse(string source)
    {
        if (source.Split('(', ',', ')') is ["Alternate", string n, string k, ""])
        {
            return new Instance(source, source, () => Alternate(Number(n), Number(k)));
        }

        if (source.StartsWith(ScaledStart, StringComparison.Ordinal) && source.EndsWith(')'))
        {
            // The last two commas: there may be others in the name of the folder.
            string inner = source[ScaledStart.Length..^1];
            int second = inner.LastIndexOf(',');
            int first = second > 0 ? inner.LastIndexOf(',', second - 1) : -1;
            if (first < 0)
            {
                throw new FormatException($"{source} is not Scaled(FOLDER,COPIES,FACTOR).");
            }

            Instance original = Parse(inner[..first]);
            (int copies, int factor) = (Number(inner[(first + 1)..second]), Number(inner[(second + 1)..]));
            return new Instance($"Scaled({original.Name},{copies},{factor})", source, () => Scaled(original.Load(), copies, factor));
        }

        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(source));
        int end = name.LastIndexOf('_');
        int panelSize = Number(name[(end + 1)..]);
        return new Instance(end < 0 ? name : name[..end], source, () => ProblemFiles.Load(Files(source, panelSize)).Problem);
    }

    public static ProblemFilesOptions Files(string folder, int panelSize) =>
        new() { Quotas = Path.Combine(folder, Quotas), People = Path.Combine(folder, People), PanelSize = panelSize };

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : throw new FormatException($"'{text}' is not a whole number.");

    private static bool IsInstance(string folder)
    {
        string name = Path.GetFileName(folder);
        return name.LastIndexOf('_') is > 0 and int end
            && int.TryParse(name.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && File.Exists(Path.Combine(folder, Quotas))
            && File.Exists(Path.Combine(folder, People));
    }

    /// <summary>
    /// The family on which a lottery that only balances groups does worst (Flanigan, Gölz, Gupta, Hennig, Procaccia, Fair algorithms for selecting citizens' assemblies,
    /// Nature 2021): one conservative woman, n/2 − 1 liberal women, n/2 conservative men. Maximin gives everybody k/n.
    /// </summary>
    private static SelectionProblem Alternate(int n, int k)
    {
        SelectionProblemBuilder builder = new(k);
        foreach ((string feature, string value) in new[] { ("gender", "f"), ("gender", "m"), ("leaning", "c"), ("leaning", "l") })
        {
            builder.Quota(feature, value, (k / 2) - 1, k);
        }

        return builder
            .People(Enumerable.Range(0, n), new PersonReader<int>
            {
                Id = i => i.ToString(CultureInfo.InvariantCulture),
                Value = (i, feature) => feature == "gender" ? (i < n / 2 ? "f" : "m") : (i == 0 || i >= n / 2 ? "c" : "l"),
            })
            .Build();
    }

    /// <summary>A large pool: the same people several times over, under new ids, with the panel size and the quotas multiplied. The copies are made one at a time, as they are read.</summary>
    private static SelectionProblem Scaled(SelectionProblem original, int copies, int factor)
    {
        SelectionProblemBuilder builder = new(original.PanelSize * factor);
        Dictionary<string, int> indexOf = new(StringComparer.Ordinal);
        foreach (Feature feature in original.Features)
        {
            indexOf.Add(feature.Name, indexOf.Count);
            builder.Feature(feature.Name, feature.Values);
        }

        foreach (Quota quota in original.Quotas)
        {
            builder.Quota(new QuotaInput { Condition = quota.Condition, Min = quota.Min * factor, Max = quota.Max * factor });
        }

        return builder
            .People(Enumerable.Range(0, copies).SelectMany(copy => original.People, (copy, person) => (Copy: copy, Person: person)), new PersonReader<(int Copy, Person Person)>
            {
                Id = row => string.Create(CultureInfo.InvariantCulture, $"{row.Person.Id}/{row.Copy}"),
                Value = (row, feature) => row.Person.Values[indexOf[feature]],
                Status = row => row.Person.Status,
            })
            .Build();
    }
}
