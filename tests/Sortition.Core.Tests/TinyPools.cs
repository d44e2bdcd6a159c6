using Sortition.Core.Problems;

namespace Sortition.Core.Tests;

/// <summary>Problems small enough to list every panel, made from a number, and the list of their panels straight from the definition.</summary>
internal static class TinyPools
{
    /// <summary>The problem of a seed. Equal seeds give equal problems; about three in four are feasible.</summary>
    public static SelectionProblem Problem(int seed) => TinyPool.Of(seed).Build();

    /// <summary>A builder with the panel size, quotas, features and household limit of a problem, and nobody yet.</summary>
    public static SelectionProblemBuilder WithRulesOf(SelectionProblem problem)
    {
        SelectionProblemBuilder builder = new(problem.PanelSize);
        foreach (Quota quota in problem.Quotas)
        {
            builder.Quota(new QuotaInput { Condition = quota.Condition, Min = quota.Min, Max = quota.Max });
        }

        foreach (Feature feature in problem.Features)
        {
            builder.Feature(feature.Name, [.. feature.Values]);
        }

        if (problem.HouseholdLimit is int limit)
        {
            builder.HouseholdLimit(limit);
        }

        return builder;
    }

    /// <summary>
    /// Every panel, as ascending indices of people, in lexicographic order: every set of k people is tried against every rule. Uses nothing but
    /// <see cref="SelectionProblem.PanelSize"/>, <see cref="SelectionProblem.People"/>, <see cref="SelectionProblem.Quotas"/>, <see cref="SelectionProblem.Features"/> and
    /// <see cref="SelectionProblem.HouseholdLimit"/>.
    /// </summary>
    public static List<int[]> AllPanels(SelectionProblem problem)
    {
        List<int[]> panels = [];
        int[] chosen = new int[problem.PanelSize];
        if (problem.PanelSize <= problem.People.Count)
        {
            Extend(0, 0);
        }

        return panels;

        void Extend(int filled, int next)
        {
            if (filled == chosen.Length)
            {
                if (IsPanel(problem, chosen))
                {
                    panels.Add([.. chosen]);
                }

                return;
            }

            for (int i = next; i < problem.People.Count; i++)
            {
                chosen[filled] = i;
                Extend(filled + 1, i + 1);
            }
        }
    }

    /// <summary>Whether people are a panel, by the definition: k different people, every status, every quota, every household.</summary>
    public static bool IsPanel(SelectionProblem problem, IReadOnlyList<int> members)
    {
        if (members.Count != problem.PanelSize || members.Distinct().Count() != members.Count)
        {
            return false;
        }

        for (int i = 0; i < problem.People.Count; i++)
        {
            PersonStatus status = problem.People[i].Status;
            bool isIn = members.Contains(i);
            if ((status == PersonStatus.MustBeIn && !isIn) || (status == PersonStatus.MustBeOut && isIn))
            {
                return false;
            }
        }

        foreach (Quota quota in problem.Quotas)
        {
            int matching = members.Count(i => quota.Condition.All(term => ValueOf(problem, i, term.Feature) == term.Value));
            if (matching < quota.Min || matching > quota.Max)
            {
                return false;
            }
        }

        return problem.HouseholdLimit is not int limit
            || members.Where(i => problem.People[i].Household is not null).GroupBy(i => problem.People[i].Household).All(g => g.Count() <= limit);
    }

    private static string ValueOf(SelectionProblem problem, int person, string feature)
    {
        int index = problem.Features.ToList().FindIndex(f => f.Name == feature);
        return problem.People[person].Values[index];
    }
}

/// <summary>One row of a pool as given.</summary>
internal sealed record TinyRow(string Id, string? Household, IReadOnlyDictionary<string, string> Values, double Entitlement = 1);

/// <summary>A tiny problem before it is built, so that tests can permute or change its parts.</summary>
internal sealed record TinyPool
{
    public required int PanelSize { get; init; }

    public required IReadOnlyList<TinyRow> Rows { get; init; }

    public required IReadOnlyList<QuotaInput> Quotas { get; init; }

    public required IReadOnlyList<(string Feature, IReadOnlyList<string> Values)> Declared { get; init; }

    public required int? HouseholdLimit { get; init; }

    public required IReadOnlyList<string> MustBeIn { get; init; }

    public required IReadOnlyList<string> MustBeOut { get; init; }

    /// <summary>
    /// The pool of a seed: 1..9 people, 1..4 seats, 1..3 features with 1..3 values. Most quotas are drawn around a set of people that obeys the other rules, so that there is a
    /// panel; some are drawn blindly. Some values have no quota or no people; some pools have intersectional quotas, households (some unknown), people who must be in or out, or
    /// different entitlements.
    /// </summary>
    public static TinyPool Of(int seed)
    {
        RandomSource random = RandomSource.Seeded(FormattableString.Invariant($"tiny pool {seed}"));
        bool blind = Chance(random, 20);
        int n = blind ? Between(random, 1, 9) : Between(random, 2, 9);
        int k = blind ? Between(random, 1, 4) : Between(random, 1, Math.Min(4, n));
        int? limit = Chance(random, 45) ? Between(random, 1, 2) : null;
        string[][] values = [.. Enumerable.Range(0, Between(random, 1, 3)).Select(f => Names($"f{f}", Between(random, 1, 3)))];

        // Some pools are skewed to few kinds of people, so that types and household classes get several members.
        bool plain = Chance(random, 40);
        TinyRow[] rows = new TinyRow[n];
        for (int i = 0; i < n; i++)
        {
            int copied = i > 0 && plain && Chance(random, 60) ? Between(random, 0, i - 1) : -1;
            Dictionary<string, string> own = [];
            for (int f = 0; f < values.Length; f++)
            {
                own.Add(Feature(f), copied >= 0 ? rows[copied].Values[Feature(f)] : values[f][Between(random, 0, values[f].Length - 1)]);
            }

            string? household = limit is null && !Chance(random, 20) ? null
                : Chance(random, 25) ? (Chance(random, 50) ? null : "  ")
                : FormattableString.Invariant($"house {Between(random, 1, Math.Max(1, n / 2))}");
            rows[i] = new TinyRow(FormattableString.Invariant($"p{i + 1}"), household, own);
        }

        List<TinyRow> witness = Witness(random, rows, k, limit);
        bool statuses = Chance(random, 30);
        List<string> mustBeIn = [];
        List<string> mustBeOut = [];
        foreach (TinyRow row in rows)
        {
            if (statuses && Chance(random, 20))
            {
                bool isIn = blind ? Chance(random, 50) : witness.Contains(row);
                (isIn ? mustBeIn : mustBeOut).Add(row.Id);
            }
        }

        List<QuotaInput> quotas = [];
        List<(string, IReadOnlyList<string>)> declared = [];
        for (int f = 0; f < values.Length; f++)
        {
            string feature = Feature(f);
            string[] all = Chance(random, 15) ? [.. values[f], $"f{f}-nobody"] : values[f];
            bool missing = Chance(random, 20);
            List<string> free = [];
            foreach (string value in all)
            {
                if (missing && Chance(random, 50))
                {
                    free.Add(value);
                }
                else
                {
                    quotas.Add(Quota(random, blind, k, witness, new FeatureValue(feature, value)));
                }
            }

            if (free.Count > 0)
            {
                declared.Add((feature, free));
            }
        }

        if (values.Length > 1 && Chance(random, 25))
        {
            int first = Between(random, 0, values.Length - 2);
            FeatureValue[] condition = [.. new[] { first, first + 1 }.Select(f => new FeatureValue(Feature(f), values[f][Between(random, 0, values[f].Length - 1)]))];
            quotas.Add(Quota(random, blind, k, witness, condition));
        }

        TinyRow[] shuffled = Shuffled(random, rows);
        if (Chance(random, 25))
        {
            shuffled = [.. shuffled.Select(r => Chance(random, 50) ? r with { Entitlement = Between(random, 1, 12) / 4.0 } : r)];
        }

        return new TinyPool
        {
            PanelSize = k,
            Rows = shuffled,
            Quotas = quotas,
            Declared = declared,
            HouseholdLimit = limit,
            MustBeIn = mustBeIn,
            MustBeOut = mustBeOut,
        };
    }

    public SelectionProblem Build()
    {
        SelectionProblemBuilder builder = new(PanelSize);
        foreach ((string feature, IReadOnlyList<string> values) in Declared)
        {
            builder.Feature(feature, values);
        }

        foreach (QuotaInput quota in Quotas)
        {
            builder.Quota(quota);
        }

        if (HouseholdLimit is int limit)
        {
            builder.HouseholdLimit(limit);
        }

        builder.People(Rows, new PersonReader<TinyRow>
        {
            Id = r => r.Id,
            Household = r => r.Household,
            Value = (r, feature) => r.Values.GetValueOrDefault(feature),
            Entitlement = r => r.Entitlement,
        });
        foreach (string id in MustBeIn)
        {
            builder.MustBeIn(id);
        }

        foreach (string id in MustBeOut)
        {
            builder.MustBeOut(id);
        }

        return builder.Build();
    }

    /// <summary>Another name, which sorts in another order.</summary>
    public static string NewName(string name) => FormattableString.Invariant($"{(char)('z' - (name[^1] % 17))}{(char)('a' + (name.Length % 26))} {name}");

    /// <summary>The same pool with other names for everything, and everything in another order.</summary>
    public TinyPool Renamed(int seed)
    {
        RandomSource random = RandomSource.Seeded(FormattableString.Invariant($"order {seed}"));
        TinyRow[] rows = [.. Rows.Select(r => new TinyRow(
            NewName(r.Id),
            string.IsNullOrWhiteSpace(r.Household) ? r.Household : NewName(r.Household),
            r.Values.ToDictionary(v => NewName(v.Key), v => NewName(v.Value)),
            r.Entitlement))];
        QuotaInput[] quotas = [.. Quotas.Select(q => q.Change(condition: [.. q.Condition.Reverse().Select(c => new FeatureValue(NewName(c.Feature), NewName(c.Value)))]))];
        return this with
        {
            Rows = Shuffled(random, rows),
            Quotas = Shuffled(random, quotas),
            Declared = [.. Declared.Select(d => (NewName(d.Feature), (IReadOnlyList<string>)[.. d.Values.Reverse().Select(NewName)])).Reverse()],
            MustBeIn = [.. MustBeIn.Select(NewName).Reverse()],
            MustBeOut = [.. MustBeOut.Select(NewName).Reverse()],
        };
    }

    private static string Feature(int f) => FormattableString.Invariant($"f{f}");

    private static string[] Names(string feature, int count) => [.. Enumerable.Range(0, count).Select(v => FormattableString.Invariant($"{feature}-v{v}"))];

    private static int Between(RandomSource random, int low, int high) => low + (int)random.NextBelow(high - low + 1);

    private static bool Chance(RandomSource random, int percent) => random.NextBelow(100) < percent;

    private static T[] Shuffled<T>(RandomSource random, T[] rows)
    {
        int[] order = [.. Enumerable.Range(0, rows.Length)];
        random.Shuffle(order, order.Length);
        return [.. order.Select(i => rows[i])];
    }

    /// <summary>Up to k random people within the household limit.</summary>
    private static List<TinyRow> Witness(RandomSource random, TinyRow[] rows, int k, int? limit)
    {
        List<TinyRow> witness = [];
        foreach (TinyRow row in Shuffled(random, rows))
        {
            bool fits = limit is null || string.IsNullOrWhiteSpace(row.Household) || witness.Count(w => w.Household == row.Household) < limit;
            if (witness.Count < k && fits)
            {
                witness.Add(row);
            }
        }

        return witness;
    }

    private static QuotaInput Quota(RandomSource random, bool blind, int k, List<TinyRow> witness, params FeatureValue[] condition)
    {
        int have = blind ? Between(random, 0, k) : witness.Count(w => condition.All(term => w.Values[term.Feature] == term.Value));
        int slack = Chance(random, 30) ? 0 : 1;
        int min = Math.Max(0, have - (slack * Between(random, 0, 2)));
        int max = have + (slack * Between(random, 0, 2));
        return new QuotaInput { Condition = condition, Min = min, Max = max };
    }
}
