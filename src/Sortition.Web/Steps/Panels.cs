using Sortition.Core;
using Sortition.Files;
using Sortition.Files.Dialects;
using Sortition.Files.Storage;
using Sortition.Web.Projects;

namespace Sortition.Web.Steps;

/// <summary>What has been drawn, read off the files.</summary>
internal static class Panels
{
    /// <summary>How a pool that a mapping made is called where a file would be.</summary>
    public const string PoolName = "pool.csv";

    private const string Selected = "selected.csv";

    /// <summary>Whether a panel has been drawn.</summary>
    public static bool IsDrawn(Project project) => project.Has(Project.Result) || project.Has(Project.Panel);

    /// <summary>Whether a draw has begun: from then on what it rests on does not change.</summary>
    public static bool IsBegun(Project project) => project.Has(Project.Result) || project.Has(Project.Lottery);

    /// <summary>The folder with the files of the panel.</summary>
    public static string FolderOf(Project project) => project.Has(Project.Panel) ? Project.Panel : Project.Result;

    /// <summary>Who is on the panel.</summary>
    /// <exception cref="MalformedInputException">The file of those selected cannot be read, or is of other people.</exception>
    public static Panel Read(Project project, SelectionProblem problem, CancellationToken cancellationToken)
    {
        // Whether it is a rehearsal is said on the page.
        FileSource selected = FileSource.At(project.PathOf($"{FolderOf(project)}/{Selected}")).With(new ReadingOptions { AcceptsRehearsal = true });
        IReadOnlyList<ListedId> ids = PeopleFiles.LoadIds(selected, cancellationToken: cancellationToken);
        return Panel.Create(problem, ids.Select(id => id.Id));
    }
}
