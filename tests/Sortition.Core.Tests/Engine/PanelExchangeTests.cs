using Sortition.Core.Algorithms;
using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Relaxation;
using Sortition.Core.Engine.Search;
using Sortition.Core.Problems;
using Sortition.Core.Tests.Certificates;
using Sortition.Core.Tests.Objectives;
using Xunit;

namespace Sortition.Core.Tests.Engine;

/// <summary>Groups of types that rows count alike, and the panels that exchanging them makes.</summary>
public class PanelExchangeTests
{
    [Fact]
    public void Groups_are_alike_just_where_their_numbers_are()
    {
        RandomSource random = RandomSource.Seeded("alike groups");
        for (int pool = 0; pool < 200; pool++)
        {
            int kinds = 2 + (int)random.NextBelow(7);
            ulong[] keys = [.. Enumerable.Range(0, kinds).Select(_ => (ulong)random.NextBelow(12))];
            int[] people = [.. Enumerable.Range(0, kinds).Select(_ => 1 + (int)random.NextBelow(3))];
            for (int size = 1; size <= AlikeGroups.MaxSize; size++)
            {
                IEnumerable<int[]> groups = [[]];
                for (int m = 0; m < size; m++)
                {
                    groups = [.. from g in groups from k in Enumerable.Range(0, kinds) where (g.Length == 0 || k >= g[^1]) && g.Count(x => x == k) < people[k] select (int[])[.. g, k]];
                }

                string[] expected = [.. groups.GroupBy(g => g.Aggregate(0UL, (sum, k) => sum + keys[k])).Where(c => c.Count() > 1).Select(Text).Order(StringComparer.Ordinal)];
                AlikeGroups alike = new(size, people, keys);
                string[] found =
                [
                    .. Enumerable.Range(0, alike.Starts.Length - 1).Select(c => Text(Enumerable.Range(alike.Starts[c], alike.Starts[c + 1] - alike.Starts[c]).Select(g => alike.Members(g).ToArray())))
                ];
                Assert.Equal(expected, found.Order(StringComparer.Ordinal));
            }
        }

        static string Text(IEnumerable<int[]> groups) => string.Join(' ', groups.Select(g => string.Join('+', g.Order())).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_panel_stays_on_the_face_and_all_together_come_nearer_to_the_seats_wanted()
    {
        int pools = 0;
        int nearer = 0;
        int changed = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            if (FaceOf(ManyKinds.Problem(seed, people: 60, features: 4, panelSize: 12)) is not { } face)
            {
                continue;
            }

            pools++;
            PanelExchange exchange = new(face, 200);
            List<int[]> found = [];
            new Herding(face.Search, face.Expected).Find(8, 1, () => { }, found.Add, default);
            found.ForEach(panel => exchange.Add(panel, 20));
            AssertOnFace(face, exchange, found.Count * 20);
            long[] counts = [.. exchange.Counts];
            exchange.Mix(exchange.Count, default);
            Assert.Equal(counts, exchange.Counts);
            AssertOnFace(face, exchange, found.Count * 20);
            changed += Different(exchange) > found.Count ? 1 : 0;

            double before = Missing(face, exchange);
            exchange.Run(default);
            AssertOnFace(face, exchange, found.Count * 20);
            Assert.True(Missing(face, exchange) <= before * (1 + 1e-9));
            nearer += Missing(face, exchange) < before / 2 ? 1 : 0;
        }

        Assert.True(pools >= 40 && changed >= pools / 2 && nearer >= pools / 3, $"{pools} pools, {changed} changed, {nearer} nearer");
    }

    [Fact]
    public void Many_kinds_of_people_are_mixed_by_exchange_and_the_lottery_is_proven()
    {
        SelectionProblem problem = ManyKinds.Problem(1, people: 480, features: 7, panelSize: 40);
        Assert.True(problem.Types.Count > 350);
        PanelLottery[] lotteries = [.. ((ILotteryAlgorithm[])[new Leximin(), new Nash()]).Select(a => Assert.IsType<SolveResult.Solved>(a.Solve(problem)).Lottery)];
        Assert.All(lotteries, lottery =>
        {
            Assert.Equal(CertificateStatus.ProvenOptimal, lottery.Certificate.Status);
            ExactCheck.Run(lottery);
            CertificateAssert.Confirmed(lottery);
        });
    }

    private static Face? FaceOf(SelectionProblem problem)
    {
        QuotaPolytope polytope = QuotaPolytope.Of(problem);
        PoolSurvey survey = new(polytope);
        if (!survey.Run(null, default))
        {
            return null;
        }

        double[] people = Array.ConvertAll(polytope.Upper, u => (double)u);
        return new Face(polytope, RelaxedLeximin.Solve(polytope, survey.Covered, people, people, default).Target);
    }

    private static void AssertOnFace(Face face, PanelExchange exchange, int count)
    {
        int[][] panels = exchange.ToPanels();
        Assert.Equal(count, panels.Length);
        Assert.Equal(exchange.Counts, Enumerable.Range(0, face.Polytope.TypeCount).Select(t => panels.Sum(panel => (long)panel[t])));
        foreach (int[] panel in panels)
        {
            Assert.True(face.Polytope.Contains(panel));
            for (int r = 0; r < face.Polytope.Rows.Count; r++)
            {
                (int min, int max) = face.BoundsOf(r);
                Assert.InRange(face.Polytope.Rows[r].Sum(panel), min, max);
            }

            for (int h = 0; h < face.Polytope.HouseholdRows.Count; h++)
            {
                (int min, int max) = face.BoundsOfHousehold(h);
                Assert.InRange(face.Polytope.HouseholdRows[h].Sum(panel), min, max);
            }

            Assert.All(Enumerable.Range(0, panel.Length).Where(t => !face.TypeHasRoom(t)), t => Assert.Equal(face.Expected[t], panel[t]));
        }
    }

    private static double Missing(Face face, PanelExchange exchange) => Enumerable.Range(0, face.Polytope.TypeCount).Where(face.TypeHasRoom).Sum(t =>
    {
        double y = face.Expected[t];
        double excess = exchange.Counts[t] - (exchange.Count * y);
        return excess * excess / (y * (1 - (y / face.Polytope.Upper[t])));
    });

    private static int Different(PanelExchange exchange) => exchange.ToPanels().Select(panel => string.Join(' ', panel)).Distinct(StringComparer.Ordinal).Count();
}

/// <summary>Pools in which nearly everybody is of a kind of their own: quotas as the pool has them, one seat up or down.</summary>
internal static class ManyKinds
{
    public static SelectionProblem Problem(int seed, int people, int features, int panelSize)
    {
        RandomSource random = RandomSource.Seeded(FormattableString.Invariant($"many kinds {seed}"));
        int[] values = [.. Enumerable.Range(0, features).Select(_ => 2 + (int)random.NextBelow(3))];
        int[][] vectors = [.. Enumerable.Range(0, people).Select(_ => Array.ConvertAll(values, n => (int)Math.Min(random.NextBelow(n), random.NextBelow(n + 1))))];
        bool hasHouseholds = random.NextBelow(2) == 0;
        SelectionProblemBuilder builder = new(panelSize);
        if (hasHouseholds)
        {
            builder.HouseholdLimit(1);
        }

        for (int f = 0; f < features; f++)
        {
            for (int v = 0; v < values[f]; v++)
            {
                double share = panelSize * vectors.Count(x => x[f] == v) / (double)people;
                builder.Quota($"f{f}", $"v{v}", (int)Math.Floor(share), (int)Math.Ceiling(share));
            }
        }

        builder.People(Enumerable.Range(0, people), new PersonReader<int>
        {
            Id = i => FormattableString.Invariant($"p{i:D4}"),
            Value = (i, feature) => FormattableString.Invariant($"v{vectors[i][feature[1] - '0']}"),
            Household = hasHouseholds ? i => i % 3 == 0 ? null : FormattableString.Invariant($"h{i / 3}") : null,
        });
        return builder.Build();
    }
}
