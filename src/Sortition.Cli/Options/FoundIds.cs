using System.CommandLine;
using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Core.Problems;

namespace Sortition.Cli.Options;

/// <summary>
/// Several lists of ids, of which everybody must be in the pool; the faults of all, and of other input that is loaded with them, are told at once.
/// </summary>
internal sealed class FoundIds(ParseResult line, ProblemInput input, SelectionProblem problem)
{
    private readonly FaultList _faults = new();

    /// <summary>The ids of an option; none where it is not given.</summary>
    public IReadOnlyList<string> Of(Option<string?> option, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> ids = _faults.Try(() => input.Ids(line, option, cancellationToken)) ?? [];
        string source = StandardStreams.CanRead(line.GetValue(option)) ? StandardStreams.Source(line.GetValue(option)!).Name : option.Name.TrimStart('-');
        foreach (string id in ids.Where(id => problem.IndexOf(id) < 0).Distinct(StringComparer.Ordinal))
        {
            _faults.Add(CoreFaults.UnknownPerson, new FaultLocation(source), id);
        }

        return ids;
    }

    /// <summary>Loads something else; null where it has faults.</summary>
    public T? Try<T>(Func<T?> load)
        where T : class => _faults.Try(load);

    /// <exception cref="MalformedInputException">There were faults.</exception>
    public void ThrowIfAny() => _faults.ThrowIfAny();
}
