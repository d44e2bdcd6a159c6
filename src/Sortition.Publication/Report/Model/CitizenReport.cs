using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;

namespace Sortition.Publication.Report.Model;

/// <summary>What citizens are told about a lottery: counts and chances, never who.</summary>
/// <remarks>
/// Everything in it may be published: it holds no id and nothing about a single person, and it leaves out the chances of small groups
/// (<see cref="CitizenReportOptions.SmallestGroup"/>). <c>HtmlReport</c> and <c>SvgCharts</c> show it. Immutable and safe to read from any thread.
/// </remarks>
public sealed class CitizenReport
{
    internal CitizenReport(ReportContent content) => Content = content;

    internal ReportContent Content { get; }

    /// <summary>Counts what a report tells of a panel that was drawn at once, without ballots.</summary>
    /// <param name="selection">The record of the selection.</param>
    /// <param name="options">What it does not tell; nothing about ballots or a public draw.</param>
    /// <returns>The report.</returns>
    /// <exception cref="ArgumentException">An option is about ballots, or does not fit the selection.</exception>
    public static CitizenReport Create(RecordedSelection selection, CitizenReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(selection);
        ArgumentNullException.ThrowIfNull(options);
        return new CitizenReport(SelectionCounts.Count(selection, options));
    }

    /// <summary>Counts what a report tells.</summary>
    /// <param name="lottery">The lottery as computed.</param>
    /// <param name="ballots">The lottery rounded to ballots (<see cref="BallotRounding"/>), from which the panel is drawn: rows of weight 1.</param>
    /// <param name="options">What the two do not tell.</param>
    /// <param name="cancellationToken">Stops the counting, which takes long with alternates only.</param>
    /// <returns>The report.</returns>
    /// <exception cref="ArgumentException">
    /// The ballots belong to another problem, are no ballots (a row's weight is not 1), or an option does not fit them: a round that is not theirs, a look
    /// ahead or alternates of another panel than the one drawn, a wished quota on what the lottery does not know, a population without the lottery's features
    /// or without some value of one, figures of mixing of another number of ballots.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static CitizenReport Create(PanelLottery lottery, PanelTable ballots, CitizenReportOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lottery);
        ArgumentNullException.ThrowIfNull(ballots);
        ArgumentNullException.ThrowIfNull(options);
        return new CitizenReport(ReportCounts.Count(lottery, ballots, options, cancellationToken));
    }
}
