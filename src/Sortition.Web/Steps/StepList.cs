using Sortition.Files.Dialects;
using Sortition.Web.Pages;
using Sortition.Web.Projects;

namespace Sortition.Web.Steps;

/// <summary>Which steps can be gone to, read off the files.</summary>
internal static class StepList
{
    /// <summary>All steps in their order.</summary>
    public static IReadOnlyList<StepState> Of(Project project, CancellationToken cancellationToken)
    {
        LoadedProblem? loaded = project.ReadPool(cancellationToken).Loaded;
        bool hasChances = loaded is not null && project.ReadChances(loaded, cancellationToken) is not null;
        bool isDrawn = Panels.IsDrawn(project);
        return
        [
            new(Step.Files, IsOpen: true, loaded is not null),
            new(Step.Targets, loaded is not null, hasChances || isDrawn),
            new(Step.Chances, loaded is not null, hasChances),
            new(Step.Draw, hasChances || Panels.IsBegun(project), isDrawn),
            new(Step.Panel, isDrawn, IsDone: false),
        ];
    }
}
