using System.CommandLine;
using System.Globalization;
using Sortition.Cli.Texts;
using Sortition.Core;
using Sortition.Core.Algorithms;
using Sortition.Core.Sampling;

namespace Sortition.Cli.Options;

/// <summary>The options that say how a lottery is computed, which several commands share.</summary>
internal sealed class AlgorithmInput
{
    private const int ThreadsAtMost = 1024;

    private static readonly string[] s_names = [.. LotteryAlgorithms.All.Select(a => a.Name)];

    private static readonly IPanelAlgorithm[] s_withoutLottery = [new Greedy(), new UniformPanels()];

    private static readonly (double Min, double Max) s_range = new Goldilocks().Objective.ParameterRange!.Value;

    private readonly Option<string> _algorithm;
    private readonly Option<Gamma?> _gamma = new("--gamma")
    {
        HelpName = "G",
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

            argument.AddError(Language.Of(argument).Text(
                "usage/gamma", ("text", text), ("extremes", Gamma.Extremes.Name), ("quotas", Gamma.Quotas.Name)));
            return null;
        },
    };

    private readonly Option<string?> _entitlementColumn = new("--entitlement-column") { HelpName = "COLUMN" };

    private readonly Option<int?> _threads = Threads();

    private readonly Option<double?> _timeLimit = TimeLimit();

    /// <param name="withoutLottery">Whether the command can do without a lottery.</param>
    public AlgorithmInput(bool withoutLottery)
    {
        _algorithm = new Option<string>("--algorithm", "-a")
        {
            HelpName = "NAME",
            DefaultValueFactory = _ => s_names[0],
        };
        _algorithm.AcceptOnlyFromAmong(withoutLottery ? [.. s_names, .. s_withoutLottery.Select(a => a.Name)] : s_names);
    }

    /// <summary>How many processors to use.</summary>
    public static Option<int?> Threads() => Numbers.Whole("--threads", "N", 1, ThreadsAtMost);

    /// <summary>When to stop a search.</summary>
    public static Option<double?> TimeLimit() => Numbers.Real("--time-limit", "SECONDS", 0.001, 1e7);

    /// <summary>The most threads that compute at the same time.</summary>
    public int MaxThreads(ParseResult line) => line.GetValue(_threads) ?? new SolveOptions().MaxThreads;

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_algorithm, _gamma, _entitlementColumn, _threads, _timeLimit])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The algorithm that is asked for, if it is one that draws panels without a lottery.</summary>
    public IPanelAlgorithm? WithoutLottery(ParseResult line) =>
        Array.Find(s_withoutLottery, a => string.Equals(a.Name, line.GetValue(_algorithm), StringComparison.Ordinal));

    /// <summary>The computation that is asked for; null for an algorithm that computes no lottery.</summary>
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
            throw new UsageException("usage/gamma-for-goldilocks", ("only", new Goldilocks().Objective.Name), ("algorithm", name));
        }

        string weighted = new WeightedLeximin().Objective.Name;
        if (entitlementColumn is not null && algorithm is not WeightedLeximin)
        {
            throw new UsageException("usage/entitlements-for-weighted", ("weighted", weighted), ("algorithm", name));
        }

        if (algorithm is WeightedLeximin && entitlementColumn is null)
        {
            throw new UsageException("usage/entitlements-needed", ("weighted", weighted));
        }

        if (algorithm is not null)
        {
            return new LotteryComputation(algorithm, gamma ?? new Gamma(1), limit is double seconds ? TimeSpan.FromSeconds(seconds) : null, threads);
        }

        if (limit is not null || (threads is not null && !PanelAlgorithmText.UsesThreads(WithoutLottery(line)!)))
        {
            throw new UsageException("usage/no-lottery-to-limit", ("algorithm", name));
        }

        return null;
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
