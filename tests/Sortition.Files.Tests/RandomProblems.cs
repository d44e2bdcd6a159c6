using FsCheck;
using FsCheck.Fluent;
using Sortition.Core;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;

namespace Sortition.Files.Tests;

/// <summary>Problems and lotteries of all kinds, with names that are hard to write down.</summary>
public static class RandomProblems
{
    private static readonly string[] Nasty =
        ["a", "æ & ø", "\"quoted\"", "back\\slash", "tab\tinside", "line\nbreak", "日本", "😀", "İ", "<b>", "{}", "null", "1", "-0", "e\u0301", "\u0001", "zero\u200Bwidth", "'", "&", ","];

    public static Arbitrary<SelectionProblem> Problems() => Arb.From(
        from size in Gen.Choose(1, 5)
        from limit in Gen.Choose(-2, 3)
        from featureCount in Gen.Choose(0, 3)
        from names in Gen.ArrayOf(Gen.Elements(Nasty), featureCount)
        from valueNames in Gen.ArrayOf(Gen.ArrayOf(Gen.Elements(Nasty), 3), featureCount)
        from bounds in Gen.ArrayOf(Gen.ArrayOf(Gen.Choose(-1, 6), 4), featureCount * 4)
        from people in Gen.ArrayOf(Gen.ArrayOf(Gen.Choose(0, 11), featureCount + 2), 7)
        from count in Gen.Choose(0, 7)
        select Make(size, limit, names, valueNames, bounds, people[..count]));

    public static Arbitrary<PanelLottery> Lotteries() => Arb.From(
        from counts in Gen.ArrayOf(Gen.Choose(0, 3), 4)
        from size in Gen.Choose(1, 6)
        from weight in Gen.Choose(1, int.MaxValue)
        from shift in Gen.Choose(0, 30)
        from status in Gen.Elements(CertificateStatus.ProvenOptimal, CertificateStatus.NotProven)
        from value in Gen.Choose(1, int.MaxValue)
        select Make([counts[0] + 1, .. counts[1..]], size, (long)weight << shift, status, value / (double)int.MaxValue));

    private static SelectionProblem Make(int size, int limit, string[] names, string[][] valueNames, int[][] bounds, int[][] people)
    {
        SelectionProblemBuilder builder = new(size);
        if (limit > 0)
        {
            builder.HouseholdLimit(limit);
        }

        for (int f = 0; f < names.Length; f++)
        {

            // The builder asks for features by their names as they are shown.
            string name = NameComparer.Clean(FormattableString.Invariant($"{names[f]}{f}"));
            string[] values = [.. valueNames[f].Select((v, i) => FormattableString.Invariant($"{v}{i}"))];
            (names[f], valueNames[f]) = (name, values);
            builder.Feature(name, values);
            for (int v = 0; v < values.Length; v++)
            {
                AddQuota([new FeatureValue(name, values[v])], bounds[4 * f + v]);
            }

            if (f > 0)
            {
                AddQuota([new FeatureValue(name, values[0]), new FeatureValue(names[0], valueNames[0][1])], bounds[4 * f + 3]);
            }
        }

        builder.People(
            people.Select((numbers, i) => (numbers, i)),
            new PersonReader<(int[] Numbers, int Index)>
            {
                Id = p => FormattableString.Invariant($"{Nasty[p.Numbers[^1]]}{p.Index}"),
                Value = (p, feature) => valueNames[Array.IndexOf(names, feature)][p.Numbers[Array.IndexOf(names, feature)] % 3],
                Household = p => p.Numbers[^1] % 4 is > 0 and int household ? Nasty[household] : null,
                Status = p => (PersonStatus)(p.Numbers[^2] % 3),
            });
        return builder.Build();

        void AddQuota(FeatureValue[] condition, int[] b)
        {
            // A bound below 0 stands for none.
            if (b[0] >= 0)
            {
                int max = b[0] + Math.Max(b[1], 0);
                builder.Quota(new QuotaInput { Condition = condition, Min = b[0], Max = max, MinFlex = b[2] < 0 ? null : Math.Min(b[2], b[0]), MaxFlex = b[3] < 0 ? null : max + b[3] });
            }
        }
    }

    /// <summary>One feature, so that types are its values in ordinal order; one panel takes the first people, one the last.</summary>
    private static PanelLottery Make(int[] counts, int size, long weight, CertificateStatus status, double value)
    {
        int[] present = [.. counts.Where(c => c > 0)];
        int k = Math.Min(size, present.Sum());
        SelectionProblemBuilder builder = new(k);
        for (int v = 0; v < counts.Length; v++)
        {
            builder.Quota("f", Name(v), 0, k);
        }

        SelectionProblem problem = builder.People(
            counts.SelectMany((count, v) => Enumerable.Range(0, count).Select(i => (v, i))),
            new PersonReader<(int Value, int Index)> { Id = p => FormattableString.Invariant($"{Nasty[p.Index]}{p.Value}"), Value = (p, _) => Name(p.Value) }).Build();
        return PanelLottery.Create(
            problem,
            [(Take(Enumerable.Range(0, present.Length)), weight), (Take(Enumerable.Range(0, present.Length).Reverse()), PanelLottery.WeightTotal - weight)],
            [new UnselectablePerson(0, [new Constraint(ConstraintKind.QuotaMaximum, problem.Quotas[^1]), new Constraint(ConstraintKind.PanelSize)]), new UnselectablePerson(problem.People.Count - 1, [])],
            new Certificate(
                objective: LotteryAlgorithms.FindObjective("maximin", null),
                status: status,
                value: value / 2,
                bound: value,
                claims: status == CertificateStatus.NotProven ? [] :
                [
                    new WeightClaim(
                        weights: [.. present.Select(c => weight + c)],
                        capWeights: weight % 2 == 0 ? [] : [.. present.Select(c => (long)c)],
                        limit: weight % 3 == 0 ? weight : -weight,
                        prices: [new ConstraintPrice(new Constraint(ConstraintKind.HouseholdLimit), 1, 0), new ConstraintPrice(new Constraint(ConstraintKind.QuotaMinimum, problem.Quotas[^1]), -weight)],
                        value: value / 3,
                        bound: value,
                        confirmedBy: "a solver"),
                ]));

        static string Name(int v) => ((char)('a' + v)).ToString();

        List<TypeSeats> Take(IEnumerable<int> types)
        {
            int left = k;
            List<TypeSeats> seats = [];
            foreach (int t in types)
            {
                int taken = Math.Min(left, present[t]);
                left -= taken;
                if (taken > 0)
                {
                    seats.Add(new TypeSeats(t, taken));
                }
            }

            return seats;
        }
    }
}
