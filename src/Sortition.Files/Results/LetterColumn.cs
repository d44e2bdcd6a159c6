using Sortition.Core;
using Sortition.Core.Alternates;
using Sortition.Core.Replacements;

namespace Sortition.Files.Results;

/// <summary>A column of a table for letters that does not come from the table of people, such as everybody's number.</summary>
public sealed class LetterColumn
{
    private const string Selected = "selected";
    private const string Stays = "stays";
    private const string Declined = "declined";
    private const string Alternate = "alternate";

    /// <summary>A column.</summary>
    /// <param name="heading">Its heading.</param>
    /// <param name="cells">What stands there for each person, in the order of the problem.</param>
    public LetterColumn(string heading, IReadOnlyList<string> cells)
    {
        ArgumentException.ThrowIfNullOrEmpty(heading);
        ArgumentNullException.ThrowIfNull(cells);
        Heading = heading;
        Cells = cells;
    }

    /// <summary>Its heading.</summary>
    public string Heading { get; }

    /// <summary>What stands there for each person, in the order of the problem.</summary>
    public IReadOnlyList<string> Cells { get; }

    /// <summary>What has become of everybody in a draw, by which letters differ.</summary>
    internal static LetterColumn OutcomesOf(Panel panel)
    {
        HashSet<int> members = [.. panel.Members];
        return Of(panel.Problem, i => members.Contains(i) ? Selected : null);
    }

    /// <summary>What has become of everybody in a replacement round.</summary>
    internal static LetterColumn OutcomesOf(ReplacementRound round, Panel replacements)
    {
        HashSet<int> stay = [.. round.Confirmed];
        HashSet<int> declined = [.. round.Declined];
        HashSet<int> panel = [.. round.Complete(replacements).Members];
        return Of(round.Original, i => stay.Contains(i) ? Stays : panel.Contains(i) ? Selected : declined.Contains(i) ? Declined : null);
    }

    /// <summary>What has become of everybody when alternates were chosen.</summary>
    internal static LetterColumn OutcomesOf(AlternateSet alternates, IReadOnlyList<string> declined)
    {
        HashSet<int> members = [.. alternates.Panel.Members];
        HashSet<int> ready = [.. alternates.People];
        HashSet<int> gone = [.. declined.Select(alternates.Panel.Problem.IndexOf)];
        return Of(alternates.Panel.Problem, i => members.Contains(i) ? Selected : ready.Contains(i) ? Alternate : gone.Contains(i) ? Declined : null);
    }

    /// <summary>What has become of everybody when alternates stepped in.</summary>
    internal static LetterColumn OutcomesOf(SelectionProblem problem, Substitution substitution)
    {
        HashSet<int> members = [.. substitution.Members];
        HashSet<int> ready = [.. substitution.StandingBy];
        HashSet<int> stepIn = [.. substitution.Seats.Select(seat => seat.Replacement).OfType<int>()];
        HashSet<int> gone = [.. substitution.Seats.Select(seat => seat.DropOut), .. substitution.NotToBeHad];
        return Of(
            problem,
            i => stepIn.Contains(i) ? "steps in" : members.Contains(i) ? Stays : ready.Contains(i) ? Alternate : gone.Contains(i) ? Declined : null);
    }

    private static LetterColumn Of(SelectionProblem problem, Func<int, string?> outcome) => new(
        "outcome",
        [.. problem.People.Select((person, i) => outcome(i) ?? (person.Status == PersonStatus.MustBeOut ? "not in the draw" : "not selected"))]);
}
