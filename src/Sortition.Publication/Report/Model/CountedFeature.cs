using Sortition.Core.Problems;

namespace Sortition.Publication.Report.Model;

/// <summary>What a report tells of the groups of a feature, and what the people of each group share.</summary>
/// <param name="Report">What is told.</param>
/// <param name="Conditions">One for each group.</param>
internal sealed record CountedFeature(ReportFeature Report, IReadOnlyList<IReadOnlyList<FeatureValue>> Conditions);
