using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Dialects;

namespace Sortition.Cli.Options;

/// <summary>Who of a panel stays and who does not, as lists say it or a column of the people file; null where an option is not given.</summary>
/// <param name="Panel">The whole panel.</param>
/// <param name="Confirmed">The members who stay.</param>
/// <param name="Declined">Those who do not.</param>
/// <param name="AnswerColumn">The heading of a column that says it instead.</param>
internal sealed record RoundLists(
    IReadOnlyList<ListedId>? Panel, IReadOnlyList<ListedId>? Confirmed, IReadOnlyList<ListedId>? Declined, string? AnswerColumn)
{
    /// <summary>Whether whoever left and is no longer in the people file is still counted among the panel, as the lists say it.</summary>
    public bool KeepsGone { get; init; }

    /// <summary>Those who stay.</summary>
    public IReadOnlyList<string> Staying(LoadedProblem input) => AnswerColumn is not null
        ? Answered(input, Answer.Yes, Answer.Invited)
        : Ids(Confirmed) ?? [.. Ids(Panel)!.Except(Leaving(input), StringComparer.Ordinal)];

    /// <summary>Those who do not, or are not to be asked.</summary>
    public IReadOnlyList<string> Leaving(LoadedProblem input) => AnswerColumn is not null ? Answered(input, Answer.No) : Ids(Declined) ?? [];

    /// <summary>Checks that everybody listed is still the person with that id in the people file.</summary>
    /// <exception cref="MalformedInputException">Somebody is not, or it cannot be known.</exception>
    public static void CheckPeople(Terminal terminal, LoadedProblem input, IEnumerable<ListedId> listed)
    {
        ILookup<bool, Fault> found = input.FindOthers([.. listed]).ToLookup(fault => fault.Code.IsWarning);
        if (found[false].Any())
        {
            throw new MalformedInputException([.. found[false]], found[false].Count());
        }

        foreach (Fault warning in found[true])
        {
            terminal.Warn("tool/warning", ("text", terminal.Texts.Describe(warning)));
        }
    }

    /// <summary>Checks the same of these lists, and that whoever is said to have declined is on the panel, where that is given.</summary>
    /// <exception cref="MalformedInputException">Somebody is another person.</exception>
    /// <exception cref="UsageException">Somebody who declined is not on the panel.</exception>
    public void Check(Terminal terminal, LoadedProblem input, bool looksAhead)
    {
        CheckPeople(terminal, input, [.. Panel ?? [], .. Confirmed ?? [], .. Declined ?? []]);
        string[] strangers = Panel is null || looksAhead ? [] : [.. (Ids(Declined) ?? []).Except(Ids(Panel)!, StringComparer.Ordinal)];

        // An id that is nobody's is told as that, with all other such ids; as where the panel is the name of a file that is not there.
        bool areKnown = strangers.Concat(Panel is null ? [] : Staying(input)).All(id => input.Problem.IndexOf(id) >= 0);
        if (strangers.Length > 0 && areKnown)
        {
            throw new UsageException("usage/declined-not-on-panel", ("ids", strangers));
        }

        string[] gone = [.. Leaving(input).Where(id => !IsKnown(input, id))];
        if (gone.Length > 0)
        {
            terminal.Warn("round/gone", ("count", gone.Length), ("ids", gone));
        }
    }

    /// <summary>
    /// Whether somebody who left is still in the people file. Whoever is not may have been erased; but an id that is on no list but that of those who left
    /// may be a slip of the pen, which is a fault.
    /// </summary>
    public bool IsKnown(LoadedProblem input, string id) =>
        input.Problem.IndexOf(id) >= 0
        || (AnswerColumn is null
            && Ids(Panel)?.Contains(id, StringComparer.Ordinal) != true
            && !input.LeftOut.Contains(NameComparer.IdKey(id), StringComparer.Ordinal));

    private static IReadOnlyList<string>? Ids(IReadOnlyList<ListedId>? listed) => listed is null ? null : [.. listed.Select(l => l.Id)];

    private static string[] Answered(LoadedProblem input, params Answer[] answers) =>
        [.. input.Answers.Where(a => answers.Contains(a.Answer)).Select(a => a.Id)];
}
