using Sortition.Files;
using Sortition.Files.Dialects;

namespace Sortition.Testing;

/// <summary>Loads instances that come with the project as the command does, by <see cref="ProblemFiles"/>.</summary>
internal static class InstanceFiles
{
    public static ProblemFilesOptions Options(string instance, int panelSize) => new()
    {
        Quotas = TestFiles.PathOf(instance, "categories.csv"),
        People = TestFiles.PathOf(instance, "respondents.csv"),
        PanelSize = panelSize,
    };

    public static LoadedProblem Load(string instance, int panelSize) => ProblemFiles.Load(Options(instance, panelSize));
}
