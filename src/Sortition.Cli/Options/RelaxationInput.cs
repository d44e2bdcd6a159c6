using System.CommandLine;
using System.Globalization;
using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Core.Feasibility;
using Sortition.Core.Problems;

namespace Sortition.Cli.Options;

/// <summary>The options that say which quotas may give, and what to do with the ways out.</summary>
internal sealed class RelaxationInput
{
    private const int MostAlternatives = 20;
    private const int DefaultAlternatives = 3;

    private readonly Option<int?> _alternatives = Numbers.Whole("--alternatives", "N", 1, MostAlternatives);

    private readonly Option<string?> _keep = new("--keep") { HelpName = "FEATURE[=VALUE],…" };

    private readonly Option<string?> _priority = new("--priority") { HelpName = "FEATURE[=VALUE]=NUMBER,…" };

    private readonly Option<int?> _apply = Numbers.Whole("--apply", "N", 1, MostAlternatives);
    private readonly Option<string?> _output = new("--output", "-o") { HelpName = StandardStreams.File };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_alternatives, _keep, _priority, _apply, _output])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Which way out to write, and where; null if none.</summary>
    /// <exception cref="UsageException">The options do not go together.</exception>
    public (int Number, string Path)? Apply(ParseResult line)
    {
        int? number = line.GetValue(_apply);
        string? path = line.GetValue(_output);
        if (number is null != path is null)
        {
            throw new UsageException("usage/apply-and-output");
        }

        if (path is not null)
        {
            OutputFolder.CheckFile(path);
        }

        return number is int n ? (n, path!) : null;
    }

    /// <exception cref="UsageException">An option names no quota, or no number.</exception>
    public RelaxationOptions Options(ParseResult line, SelectionProblem problem)
    {
        HashSet<Quota> kept = [.. ProblemInput.SplitList(line.GetValue(_keep)).SelectMany(text => Named(problem, text, "--keep"))];
        Dictionary<Quota, decimal> priorities = [];
        foreach (string text in ProblemInput.SplitList(line.GetValue(_priority)))
        {
            int equals = text.LastIndexOf('=');
            if (equals < 0
                || !decimal.TryParse(text[(equals + 1)..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
                || number is < 0.001m or > 1000)
            {
                throw new UsageException("usage/priority", ("text", text));
            }

            foreach (Quota quota in Named(problem, text[..equals], "--priority"))
            {
                priorities[quota] = number;
            }
        }

        return new RelaxationOptions
        {
            MaxAlternatives = Math.Max(line.GetValue(_alternatives) ?? DefaultAlternatives, line.GetValue(_apply) ?? 1),
            Priority = q => priorities.GetValueOrDefault(q, 1),
            IsKept = kept.Contains,
        };
    }

    private static Quota[] Named(SelectionProblem problem, string text, string option)
    {
        string name = text.Trim();
        Quota[] quotas = [.. problem.Quotas.Where(q => Is(q.FeatureLabel) || Is($"{q.FeatureLabel}={q.ValueLabel}"))];
        return quotas.Length > 0
            ? quotas
            : throw new UsageException(
                "usage/no-such-quota",
                ("option", option),
                ("text", name),
                ("allowed", problem.Quotas.Select(q => q.FeatureLabel).Distinct(StringComparer.Ordinal)));

        bool Is(string label) => NameComparer.Instance.Equals(label, name);
    }
}
