using System.CommandLine;
using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Dialects;

namespace Sortition.Cli.Options;

/// <summary>
/// Several lists of ids, of which everybody must be in the pool; the faults of all, and of other input that is loaded with them, are told at once.
/// </summary>
internal sealed class FoundIds(ParseResult line, Terminal terminal, LoadedProblem loaded, FaultList faults)
{
    private readonly List<ListedId> _listed = [];

    /// <summary>The ids of an option; none where it is not given.</summary>
    /// <param name="option">The option.</param>
    /// <param name="listed">What it lists.</param>
    /// <param name="areOut">Whether they are people who are out, who may have been erased: these are left out.</param>
    public IReadOnlyList<string> Of(Option<string?> option, IReadOnlyList<ListedId>? listed, bool areOut = false)
    {
        listed ??= [];
        _listed.AddRange(listed);
        string[] ids =
        [
            .. listed.Select(l => l.Id).Where(id => !areOut || !loaded.LeftOut.Contains(NameComparer.IdKey(id), StringComparer.Ordinal)),
        ];
        string source = StandardStreams.CanRead(line.GetValue(option)) ? StandardStreams.Source(line.GetValue(option)!).Name : option.Name.TrimStart('-');
        foreach (string id in ids.Where(id => loaded.Problem.IndexOf(id) < 0).Distinct(StringComparer.Ordinal))
        {
            faults.Add(CoreFaults.UnknownPerson, new FaultLocation(source), id);
        }

        return ids;
    }

    /// <summary>Loads something else; null where it has faults.</summary>
    public T? Try<T>(Func<T?> load)
        where T : class => faults.Try(load);

    /// <exception cref="MalformedInputException">There were faults, or somebody is another person by now.</exception>
    public void ThrowIfAny()
    {
        faults.ThrowIfAny();
        RoundLists.CheckPeople(terminal, loaded, _listed);
    }
}
