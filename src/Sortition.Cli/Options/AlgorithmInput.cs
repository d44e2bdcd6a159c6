using System.CommandLine;
using System.Globalization;
using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Core.Algorithms;

namespace Sortition.Cli.Options;

/// <summary>The options that say how a lottery is computed, which several commands share.</summary>
internal sealed class AlgorithmInput
{
    public const string GreedyName = "greedy";

    private const int MaxThreads = 1024;

    private static readonly string[] s_names = [.. LotteryAlgorithms.All.Select(a => a.Name)];

    private static readonly (double Min, double Max) s_range = new Goldilocks().Objective.ParameterRange!.Value;

    private readonly Option<string> _algorithm;
    private readonly Option<Gamma?> _gamma = new("--gamma")
    {
        HelpName = "G",
        Description = "For goldilocks: how much a low chance counts against a high one. A number; or extremes, to weigh them by the best of each that is "
            + "possible; or quotas, "
            + "to weigh them by how far the quotas are from the pool. [default: 1]",
        CustomParser = argument =>
        {
            string text = argument.Tokens[^1].Value;
            if (string.Equals(text, Gamma.Extremes.Name, StringComparison.Ordinal))
            {
                return Gamma.Extremes;
            }

            if (string.Equals(text, Gamma.Quotas.Name, StringComparison.Ordinal))
            {
                return Gamma.Quotas;
            }

            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && s_range.Min <= number && number <= s_range.Max)
            {
                return new Gamma(number);
            }

            argument.AddError(
                $"--gamma: \"{text}\" is neither a number from 0.000001 to 1000000, written like 0.5, nor {Gamma.Extremes.Name} nor {Gamma.Quotas.Name}.");
            return null;
        },
    };

    private readonly Option<string?> _entitlementColumn = new("--entitlement-column")
    {
        HelpName = "COLUMN",
        Description = "For weighted-leximin: the heading of the column that says what each person is entitled to, in numbers above 0 like 0.5.",
    };

    private readonly Option<int?> _threads = Numbers.Whole(
        "--threads", "N", "The most processors that compute at the same time. The result does not depend on it. [default: 2]", 1, MaxThreads);

    private readonly Option<double?> _timeLimit = TimeLimit();

    /// <param name="withGreedy">Whether the command can do without a lottery.</param>
    public AlgorithmInput(bool withGreedy)
    {
        _algorithm = new Option<string>("--algorithm", "-a")
        {
            HelpName = "NAME",
            Description = string.Join(". ", LotteryAlgorithms.All.Select(a => $"{a.Name}: {ObjectiveText.For(a.Name).Choice}")) + "."
                + (withGreedy ? $" {GreedyName}: the older method, which draws one panel and knows no chances." : ""),
            DefaultValueFactory = _ => s_names[0],
        };
        _algorithm.AcceptOnlyFromAmong(withGreedy ? [.. s_names, GreedyName] : s_names);
    }

    /// <summary>When to stop a search.</summary>
    public static Option<double?> TimeLimit() => Numbers.Real(
        "--time-limit",
        "SECONDS",
        "Stop after so many seconds with the best that was found by then. Without it the work goes on until it is done.",
        0.001,
        1e7);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_algorithm, _gamma, _entitlementColumn, _threads, _timeLimit])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The computation that is asked for; null for greedy, which computes no lottery.</summary>
    /// <exception cref="UsageException">An option does not go with the algorithm.</exception>
    public LotteryComputation? Choose(ParseResult line, out string? entitlementColumn)
    {
        string name = line.GetValue(_algorithm)!;
        Gamma? gamma = line.GetValue(_gamma);
        entitlementColumn = line.GetValue(_entitlementColumn);
        int? threads = line.GetValue(_threads);
        double? limit = line.GetValue(_timeLimit);
        ILotteryAlgorithm? algorithm = LotteryAlgorithms.Find(name);
        if (gamma is not null && algorithm is not Goldilocks)
        {
            throw new UsageException($"--gamma is for --algorithm {new Goldilocks().Objective.Name} only; {name} has no such choice. Leave it out.");
        }

        string weighted = new WeightedLeximin().Objective.Name;
        if (entitlementColumn is not null && algorithm is not WeightedLeximin)
        {
            throw new UsageException($"--entitlement-column is for --algorithm {weighted} only; {name} treats all alike. Leave it out.");
        }

        if (algorithm is WeightedLeximin && entitlementColumn is null)
        {
            throw new UsageException(
                $"--algorithm {weighted} needs --entitlement-column: the heading of the column that says what each person is entitled to.");
        }

        if (algorithm is not null)
        {
            return new LotteryComputation(algorithm, gamma ?? new Gamma(1), limit is double seconds ? TimeSpan.FromSeconds(seconds) : null, threads);
        }

        return limit is null && threads is null
            ? null
            : throw new UsageException(
                "--time-limit and --threads are about computing a lottery, and greedy computes none: it draws one panel. Leave them out.");
    }
}

/// <summary>What a low chance counts against a high one: a number, or a rule by which it is found.</summary>
/// <param name="Number">The number; null for a rule.</param>
/// <param name="Name">The name of the rule; null for a number.</param>
internal sealed record Gamma(double? Number, string? Name = null)
{
    public static Gamma Extremes { get; } = new(null, "extremes");

    public static Gamma Quotas { get; } = new(null, "quotas");
}
