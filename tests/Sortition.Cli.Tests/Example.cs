namespace Sortition.Cli.Tests;

/// <summary>Inputs the tests share.</summary>
internal static class Example
{
    public const string SmallQuotas = """
        category,feature,min,max
        gender,female,1,2
        gender,male,1,2
        age,young,1,3
        age,old,0,2

        """;

    public const string SmallPeople = """
        id,gender,age,note
        p1,female,young,a
        p2,female,old,b
        p3,female,old,c
        p4,male,young,d
        p5,male,old,e
        p6,male,young,f

        """;

    public static string[] Albertslund { get; } = Instance("albertslund", 36);

    /// <summary>The options that name the files of an instance and its panel size.</summary>
    public static string[] Instance(string name, int size) =>
        ["--quotas", TestFiles.PathOf(name, "categories.csv"), "--people", TestFiles.PathOf(name, "respondents.csv"), "--size", size.ToString(System.Globalization.CultureInfo.InvariantCulture)];

    /// <summary>Puts the files of Albertslund into a folder, which is made if it does not exist.</summary>
    public static void CopyAlbertslund(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string name in new[] { "categories.csv", "respondents.csv" })
        {
            File.Copy(TestFiles.PathOf("albertslund", name), Path.Combine(folder, name));
        }
    }

    /// <summary>Writes the files of a pool whose quotas leave so few panels that no prices of constraints, but only a search of all panels, prove a lottery the best; five seats.</summary>
    public static string[] ManyExactQuotas(TemporaryFolder folder) =>
    [
        "--quotas", folder.Write("quotas.csv", "feature,value,min,max\nw,yes,3,3\nw,no,0,5\nx,yes,3,3\nx,no,0,5\ny,yes,3,3\ny,no,0,5\nz,yes,3,3\nz,no,0,5\n"),
        "--people", folder.Write("people.csv", "id,w,x,y,z\np1,no,yes,yes,yes\np2,yes,yes,no,no\np3,no,no,yes,no\np4,yes,no,no,yes\np5,yes,yes,yes,yes\np6,no,yes,no,yes\np7,yes,no,yes,yes\np8,yes,yes,yes,no\n"),
        "--size", "5",
    ];

    /// <summary>Announces that the number of a ballot will be called out.</summary>
    public static string[] CalledOut { get; } = ["--randomness", "the evening", "--form", "number"];

    /// <summary>Announces that a text will decide; <see cref="Text"/> is one.</summary>
    public static string[] Announced { get; } = ["--randomness", "the evening", "--form", "numbers 7 1 36 distinct sorted"];

    /// <summary>A text of the form announced.</summary>
    public const string Text = "3 7 11 19 24 30 36";

    /// <summary>Writes the small files and gives the options that name them, for a panel of three.</summary>
    public static string[] Small(TemporaryFolder folder, string? quotas = null, string? people = null) =>
        ["--quotas", folder.Write("quotas.csv", quotas ?? SmallQuotas), "--people", folder.Write("people.csv", people ?? SmallPeople), "--size", "3"];
}
