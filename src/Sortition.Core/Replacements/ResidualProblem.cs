using Sortition.Core.Problems;

namespace Sortition.Core.Replacements;

/// <summary>Makes the problem of the open seats: what is left of panel size, quotas, pool and households once some members are sure.</summary>
internal static class ResidualProblem
{
    private const string HouseholdFeature = "lives with a survivor";
    private const string NoSurvivor = "no";

    /// <param name="problem">The original problem.</param>
    /// <param name="confirmed">Who stays; fewer than the panel has seats, and within every maximum.</param>
    /// <param name="declined">Who is not to be drawn.</param>
    public static SelectionProblem Of(SelectionProblem problem, int[] confirmed, int[] declined)
    {
        Dictionary<int, int> seatsLeft = Households.SeatsLeft(problem, confirmed);
        HashSet<int> gone = [.. confirmed, .. declined];
        Person[] pool =
        [
            .. Enumerable.Range(0, problem.People.Count).Where(i => !gone.Contains(i)).Select(i => problem.People[i]).Where(p => SeatsFor(p) is null or > 0),
        ];

        // One limit holds for all households. Where less is left of it for some, and not enough for everybody there, a quota on the household says the same.
        int[] partlyUsed =
        [
            .. pool
                .Where(p => p.Status != PersonStatus.MustBeOut && SeatsFor(p) is not null)
                .GroupBy(p => p.Household!.Value)
                .Where(g => g.Count() > seatsLeft[g.Key])
                .Select(g => g.Key),
        ];
        List<Feature> features = [.. problem.Features];
        List<Quota> quotas = [.. problem.Quotas.Select(q => Less(q, confirmed.Count(i => problem.Matches(problem.People[i], q))))];
        string[] names = [.. partlyUsed.Select((_, j) => FormattableString.Invariant($"household {j + 1}")), NoSurvivor];
        if (partlyUsed.Length > 0)
        {
            string feature = FreeName(problem);
            features.Add(new Feature(feature, names));
            quotas.AddRange(partlyUsed.Select((household, j) => new Quota([new FeatureValue(feature, names[j])], 0, seatsLeft[household], null, null)));
        }

        return new SelectionProblem(problem.PanelSize - confirmed.Length, features, quotas, People(pool, partlyUsed, names), problem.HouseholdLimit, []);

        int? SeatsFor(Person person) => person.Household is int household && seatsLeft.TryGetValue(household, out int left) ? left : null;
    }

    private static Quota Less(Quota quota, int seats) => new(
        quota.Condition, Math.Max(0, quota.Min - seats), quota.Max - seats, quota.MinFlex is int low ? Math.Max(0, low - seats) : null, quota.MaxFlex - seats);

    private static string FreeName(SelectionProblem problem)
    {
        string name = HouseholdFeature;
        while (problem.Features.Any(f => NameComparer.Instance.Equals(f.Name, name)))
        {
            name += "'";
        }

        return name;
    }

    /// <summary>
    /// The people of the pool as they stand in the new problem: households numbered by their first member, as everywhere, and a value of the new feature if
    /// there is one.
    /// </summary>
    private static Person[] People(Person[] pool, int[] partlyUsed, string[] names)
    {
        Dictionary<int, int> households = [];
        Dictionary<(ValueVector, int), ValueVector> vectors = [];
        return [.. pool.Select(p => new Person(p.Id, VectorOf(p), HouseholdOf(p), p.Status, p.Entitlement))];

        int? HouseholdOf(Person person)
        {
            if (person.Household is not int old)
            {
                return null;
            }

            households.TryAdd(old, households.Count);
            return households[old];
        }

        ValueVector VectorOf(Person person)
        {
            if (partlyUsed.Length == 0)
            {
                return person.Vector;
            }

            int value = person.Household is int household && Array.IndexOf(partlyUsed, household) is >= 0 and int found ? found : partlyUsed.Length;
            if (!vectors.TryGetValue((person.Vector, value), out ValueVector? vector))
            {
                vector = new ValueVector([.. person.Vector.Indices, value], [.. person.Vector.Values, names[value]]);
                vectors.Add((person.Vector, value), vector);
            }

            return vector;
        }
    }
}
