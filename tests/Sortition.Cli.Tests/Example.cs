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
        ["--quotas", File(name, "categories.csv"), "--people", File(name, "respondents.csv"), "--size", size.ToString(System.Globalization.CultureInfo.InvariantCulture)];

    /// <summary>Puts the files of Albertslund into a folder, which is made if it does not exist.</summary>
    public static void CopyAlbertslund(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string name in new[] { "categories.csv", "respondents.csv" })
        {
            System.IO.File.Copy(File("albertslund", name), Path.Combine(folder, name));
        }
    }

    public static string File(string instance, string name) => Path.Combine(AppContext.BaseDirectory, "data", instance, name);

    /// <summary>Writes the files of a pool whose quotas leave so few panels that no prices of constraints, but only a search of all panels, prove a lottery the best; four seats.</summary>
    public static string[] ManyExactQuotas(Folder folder) =>
    [
        "--quotas", folder.Write("quotas.csv", "feature,value,min,max\nx,a,1,4\nx,b,2,2\nx,c,0,1\ny,d,3,3\ny,e,0,2\ny,f,0,1\nz,g,2,2\nz,h,2,2\n"),
        "--people", folder.Write("people.csv", "id,x,y,z\np1,b,d,g\np2,c,d,h\np3,a,d,g\np4,a,f,h\np5,a,e,h\np6,a,e,h\np7,b,e,g\np8,b,d,h\n"),
        "--size", "4",
    ];

    /// <summary>Writes the small files and gives the options that name them, for a panel of three.</summary>
    public static string[] Small(Folder folder, string? quotas = null, string? people = null) =>
        ["--quotas", folder.Write("quotas.csv", quotas ?? SmallQuotas), "--people", folder.Write("people.csv", people ?? SmallPeople), "--size", "3"];
}
