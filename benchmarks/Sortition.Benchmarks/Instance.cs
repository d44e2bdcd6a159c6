using System.Globalization;
using Sortition.Core.Problems;
using Sortition.Files;

namespace Sortition.Benchmarks;

/// <summary>A problem to measure on.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Source">What <see cref="Parse"/> makes it of: a folder, or <c>Alternate(n,k)</c>.</param>
/// <param name="Load">Reads or makes the problem.</param>
internal sealed record Instance(string Name, string Source, Func<SelectionProblem> Load)
{
    private const string Quotas = "categories.csv";
    private const string People = "respondents.csv";

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

    public static Instance Parse(string source)
    {
        if (source.Split('(', ',', ')') is ["Alternate", string n, string k, ""])
        {
            return new Instance(source, source, () => Alternate(Number(n), Number(k)));
        }

        string name = Path.GetFileName(source);
        int panelSize = Number(name[(name.LastIndexOf('_') + 1)..]);
        return new Instance(name[..name.LastIndexOf('_')], source, () => ProblemFiles.Load(Files(source, panelSize)).Problem);
    }

    public static ProblemFilesOptions Files(string folder, int panelSize) =>
        new() { QuotasPath = Path.Combine(folder, Quotas), PeoplePath = Path.Combine(folder, People), PanelSize = panelSize };

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

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
}
