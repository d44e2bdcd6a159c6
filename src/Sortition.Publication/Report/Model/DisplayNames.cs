using Sortition.Core.Problems;

namespace Sortition.Publication.Report.Model;

/// <summary>Shows features and values under names that citizens understand, where the tables have others.</summary>
/// <param name="names">What each is shown as.</param>
internal sealed class DisplayNames(IReadOnlyDictionary<string, string> names)
{
    private const string And = " & ";

    private readonly Dictionary<string, string> _names = new(names, NameComparer.Instance);

    /// <summary>The report with all names as they are to be shown.</summary>
    public ReportContent In(ReportContent report) => report with
    {
        Features = [.. report.Features.Select(f => f with { Name = Of(f.Name), Groups = [.. f.Groups.Select(g => g with { Name = Of(g.Name) })] })],
        Mirror = report.Mirror is { } mirror ? [.. mirror.Select(In)] : null,
        QuotaChanges = report.QuotaChanges is { } changes
            ? changes with { Changes = [.. changes.Changes.Select(c => c with { Feature = Of(c.Feature), Group = Of(c.Group) })] }
            : null,
        DropOuts = report.DropOuts is { } ahead ? ahead with { Obstacles = [.. ahead.Obstacles.Select(In)] } : null,
    };

    private ReportMirrorFeature In(ReportMirrorFeature feature) => feature with
    {
        Name = Of(feature.Name),
        Groups = [.. feature.Groups.Select(g => g with { Name = Of(g.Name) })],
        Sources = [.. feature.Sources.Select(s => s with { Groups = [.. s.Groups.Select(Of)] })],
        Comments = [.. feature.Comments.Select(c => c with { Groups = [.. c.Groups.Select(Of)] })],
    };

    private ReportObstacle In(ReportObstacle obstacle) => obstacle with
    {
        Feature = obstacle.Feature is null ? null : Of(obstacle.Feature),
        Group = obstacle.Group is null ? null : Of(obstacle.Group),
    };

    /// <summary>A name, or several that are joined.</summary>
    private string Of(string name) => _names.TryGetValue(name, out string? shown) ? shown
        : string.Join(And, name.Split(And).Select(part => _names.GetValueOrDefault(part, part)));
}
