using Sortition.Web.Hosting;
using Sortition.Web.Projects;

namespace Sortition.Web.Steps;

/// <summary>What all requests of one run share.</summary>
internal sealed class Desk
{
    public required Session Session { get; init; }

    public required Guard Guard { get; init; }

    public required Shelf Shelf { get; init; }

    public required Workbench Queue { get; init; }

    public required IdleWatch Idle { get; init; }

    /// <summary>The language that was chosen last.</summary>
    public required Language Language { get; set; }

    /// <summary>Shows a folder to whoever sits before the computer.</summary>
    public required Func<string, bool> ShowFolder { get; init; }

    /// <summary>Ends the program.</summary>
    public required Action End { get; init; }

    /// <summary>The address of the program below its origin.</summary>
    public string Root => "/" + Session.Segment;
}
