using System.CommandLine;
using System.Globalization;

namespace Sortition.Cli;

/// <summary>The options that say how a lottery is computed, which several commands share.</summary>
internal sealed class AlgorithmInput
{
    public const string GreedyName = "greedy";

    private const string Default = "leximin";
    private const string Weighted = "weighted-leximin";
    private const string Goldilocks = "goldilocks";
    private const double LeastGamma = 1e-6;
    private const double GreatestGamma = 1e6;
    private const int MaxThreads = 1024;

    private static readonly string[] LotteryNames = [Default, "maximin", "nash", "minimax", Goldilocks, Weighted];

    private readonly Option<string> _algorithm;
    private readonly Option<Gamma?> _gamma = new("--gamma")
    {
        HelpName = "G",
        Description = "For goldilocks: how much a low chance counts against a high one. A number; or extremes, to weigh them by the best of each that is possible; or quotas, "
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

            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number is >= LeastGamma and <= GreatestGamma)
            {
                return new Gamma(number);
            }

            argument.AddError($"--gamma: \"{text}\" is neither a number from 0.000001 to 1000000, written like 0.5, nor {Gamma.Extremes.Name} nor {Gamma.Quotas.Name}.");
            return null;
        },
    };

    private readonly Option<string?> _entitlementColumn = new("--entitlement-column")
    {
        HelpName = "COLUMN",
        Description = "For weighted-leximin: the heading of the column that says what each person is entitled to, in numbers above 0 like 0.5.",
    };

    private readonly Option<int?> _threads = Numbers.Whole("--threads", "N", "The most processors that compute at the same time. The result does not depend on it. [default: 2]", 1, MaxThreads);

    private readonly Option<double?> _timeLimit = Numbers.Real(
        "--time-limit", "SECONDS", "Stop after so many seconds with the best that was found by then. Without it the work goes on until it is done.", 0.001, 1e7);

    /// <param name="withGreedy">Whether the command can do without a lottery.</param>
    public AlgorithmInput(bool withGreedy)
    {
        _algorithm = new Option<string>("--algorithm", "-a")
        {
            HelpName = "NAME",
            Description = "leximin: the person worst off has the highest chance possible, then the next worst off, and so on. maximin: only the first of these. "
                + "nash: the highest geometric mean of chances. minimax: the highest chance is as low as possible, and some may have none. goldilocks: neither too low nor too high. "
                + "weighted-leximin: leximin by what each is entitled to."
                + (withGreedy ? " greedy: the older method, which draws one panel and knows no chances." : ""),
            DefaultValueFactory = _ => Default,
        };
        _algorithm.AcceptOnlyFromAmong(withGreedy ? [.. LotteryNames, GreedyName] : LotteryNames);
    }

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
        bool isWeighted = string.Equals(name, Weighted, StringComparison.Ordinal);
        if (gamma is not null && !string.Equals(name, Goldilocks, StringComparison.Ordinal))
        {
            throw new UsageException($"--gamma is for --algorithm {Goldilocks} only; {name} has no such choice. Leave it out.");
        }

        if (entitlementColumn is not null && !isWeighted)
        {
            throw new UsageException($"--entitlement-column is for --algorithm {Weighted} only; {name} treats all alike. Leave it out.");
        }

        if (isWeighted && entitlementColumn is null)
        {
            throw new UsageException($"--algorithm {Weighted} needs --entitlement-column: the heading of the column that says what each person is entitled to.");
        }

        if (!string.Equals(name, GreedyName, StringComparison.Ordinal))
        {
            return new LotteryComputation(name, gamma ?? new Gamma(1), limit is double seconds ? TimeSpan.FromSeconds(seconds) : null, threads);
        }

        return limit is null && threads is null
            ? null
            : throw new UsageException("--time-limit and --threads are about computing a lottery, and greedy computes none: it draws one panel. Leave them out.");
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
