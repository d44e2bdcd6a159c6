using System.Text;
using Sortition.Core;
using Sortition.Files.Dialects;
using Xunit;

namespace Sortition.Files.Tests;

/// <summary>Loads problems from texts.</summary>
internal static class Loading
{
    public const string Quotas = "category,feature,min,max\ngender,female,1,1\ngender,male,1,1\n";
    public const string People = "id,gender,street\np1,female,Elm 1\np2,male,Elm 2\np3,female,Elm 3\np4,male,Elm 3\n";

    public static LoadedProblem Load(string quotas, string people, Func<DraftOptions, DraftOptions>? change = null) =>
        Load(Encoding.UTF8.GetBytes(quotas), Encoding.UTF8.GetBytes(people), change);

    public static LoadedProblem Load(byte[] quotas, byte[] people, Func<DraftOptions, DraftOptions>? change = null)
    {
        using TemporaryFolder folder = new();
        DraftOptions options = new(folder.Write("quotas.csv", quotas), folder.Write("people.csv", people), 2);
        return ProblemFiles.Load(change is null ? options : change(options));
    }

    public static IReadOnlyList<Fault> Faults(string quotas, string people, Func<DraftOptions, DraftOptions>? change = null) =>
        Assert.Throws<MalformedInputException>(() => Load(quotas, people, change)).Faults;

    public static Fault OnlyFault(string quotas, string people, Func<DraftOptions, DraftOptions>? change = null) =>
        Assert.Single(Faults(quotas, people, change));

    /// <summary>A problem in one line: quotas, then people with their values, household and status.</summary>
    public static string Sketch(SelectionProblem problem) =>
        string.Join("; ", problem.Quotas.Select(q => q.ToString()))
        + " | "
        + string.Join("; ", problem.People.Select(p => $"{p.Id} {string.Join('/', p.Values)}"));
}
