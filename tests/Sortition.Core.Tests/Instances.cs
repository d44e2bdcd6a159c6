using Sortition.Core.Problems;
using Xunit;

namespace Sortition.Core.Tests;

/// <summary>The instances that come with the project, and the family whose answer is known.</summary>
internal static class Instances
{
    /// <summary>Name, panel size and the published lowest chance of maximin, to 6 digits.</summary>
    public static TheoryData<string, int, double> All => new()
    {
        { "albertslund", 36, 0.021583 },
        { "mass_like_24", 24, 0.250000 },
        { "sf_c_like_44", 44, 0.080460 },
        { "hd_like_30", 30, 0.083333 },
        { "sf_b_like_20", 20, 0.044776 },
        { "sf_a_like_35", 35, 0.057631 },
        { "obf_like_30", 30, 0.035294 },
        { "sf_d_like_40", 40, 0.047619 },
        { "cca_like_75", 75, 0.040000 },
        { "nexus_like_170", 170, 0.395833 },
        { "sf_e_like_110", 110, 0.035971 },
    };

    /// <summary>
    /// The instances on which every objective takes a few seconds at most; all of them where the environment variable <c>SORTITION_INSTANCES</c> is set to <c>all</c>.
    /// </summary>
    public static TheoryData<string, int, double> Quick
    {
        get
        {
            bool isAll = Environment.GetEnvironmentVariable("SORTITION_INSTANCES") == "all";
            TheoryData<string, int, double> quick = [];
            foreach (object[] row in All)
            {
                if (isAll || (string)row[0] is not ("obf_like_30" or "sf_e_like_110"))
                {
                    quick.Add((string)row[0], (int)row[1], (double)row[2]);
                }
            }

            return quick;
        }
    }

    public static SelectionProblem Load(string folder, int panelSize, Action<SelectionProblemBuilder>? more = null)
    {
        SelectionProblemBuilder builder = new(panelSize);
        foreach (string[] row in Csv.Read(TestFiles.PathOf(folder, "categories.csv")).Skip(1))
        {
            builder.Quota(row[0], row[1], Number(row[2]), Number(row[3]));
        }

        string[][] people = Csv.Read(TestFiles.PathOf(folder, "respondents.csv"));
        string[] header = people[0];
        int household = Array.IndexOf(header, "husstand");
        int entitlement = Array.IndexOf(header, "entitlement");
        builder.People(people.Skip(1), new PersonReader<string[]>
        {
            Id = row => row[0],
            Value = (row, feature) => row[Array.IndexOf(header, feature)],
            Household = household < 0 ? null : row => row[household],
            Entitlement = entitlement < 0 ? null : row => double.Parse(row[entitlement], System.Globalization.CultureInfo.InvariantCulture),
        });
        more?.Invoke(builder);
        return builder.Build();
    }

    /// <summary>Alternate(n, k): every lottery objective gives k/n to all (Flanigan et al., Nature 2021, supplementary information).</summary>
    public static SelectionProblem Alternate(int n, int k)
    {
        SelectionProblemBuilder builder = new(k);
        foreach ((string feature, string value) in new[] { ("gender", "f"), ("gender", "m"), ("leaning", "c"), ("leaning", "l") })
        {
            builder.Quota(feature, value, k / 2 - 1, k);
        }

        return builder.People(Enumerable.Range(0, n), new PersonReader<int>
        {
            Id = i => FormattableString.Invariant($"p{i}"),
            Value = (i, feature) => feature == "gender" ? (i < n / 2 ? "f" : "m") : (i == 0 || i >= n / 2 ? "c" : "l"),
        }).Build();
    }

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
