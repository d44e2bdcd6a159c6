using Sortition.Core;
using Sortition.Core.Alternates;
using Sortition.Core.DropOuts;

namespace Sortition.Publication.Report.Model;

/// <summary>Counts how well alternates do, without saying who they are.</summary>
internal static class AlternatesCounts
{
    /// <summary>How many cases are drawn where there are too many to count all.</summary>
    public const int Drawn = 10_000;

    /// <param name="alternates">The alternates.</param>
    /// <param name="chance">The chance with which every member drops out, 0..1.</param>
    /// <param name="root">The root hash, from which cases are drawn so that anybody can draw the same ones; null where it is not known yet.</param>
    /// <param name="cancellationToken">Stops the counting.</param>
    public static ReportAlternates Of(AlternateSet alternates, double chance, string? root, CancellationToken cancellationToken)
    {
        Panel panel = alternates.Panel;
        DropOutChances chances = DropOutChances.Equal(panel.Problem, chance);
        DropOutSample sample = panel.Members.Count <= DropOutSample.MaxEnumerableMembers
            ? DropOutSample.All(panel, chances)
            : DropOutSample.Draw(panel, chances, Drawn, RandomSource.Seeded("alternates " + root));
        return new ReportAlternates
        {
            Alternates = alternates.People.Count,
            Members = panel.Members.Count,
            ReplaceableMembers = panel.Ids.Count(id => IsReplaced(alternates, id, cancellationToken)),
            DropOutChance = chance,
            KeptShare = alternates.Assess(sample, cancellationToken).KeptShare,
            FilledShare = Math.Min(1, sample.Scenarios.Where(s => s.DropOuts.Count <= alternates.People.Count).Sum(s => s.Share)),
            Cases = sample.Scenarios.Count,
            IsExact = sample.IsComplete,
        };
    }

    private static bool IsReplaced(AlternateSet alternates, string id, CancellationToken cancellationToken)
    {
        // Where there is nothing to choose, the substitution itself has no occasion to look.
        cancellationToken.ThrowIfCancellationRequested();
        Substitution substitution = alternates.Substitute([id], cancellationToken);
        return substitution.Breaches.Count == 0 && substitution.Seats.All(s => s.Replacement is not null);
    }
}
