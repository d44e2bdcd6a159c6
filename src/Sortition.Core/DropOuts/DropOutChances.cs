using Sortition.Core.Problems;

namespace Sortition.Core.DropOuts;

/// <summary>How likely everybody in a pool is to drop out of a panel once drawn, independently of one another.</summary>
/// <remarks>
/// Drop-out chances are a judgement about people who have not been drawn yet: a guess, or an estimate from past assemblies (<see cref="DropOutModel"/>).
/// Nothing about the lottery depends on them. Immutable and safe to read from any thread.
/// </remarks>
public sealed class DropOutChances
{
    internal DropOutChances(SelectionProblem problem, double[] chances)
    {
        Problem = problem;
        Chances = chances;
    }

    /// <summary>The problem whose pool this is about.</summary>
    public SelectionProblem Problem { get; }

    /// <summary>
    /// Entry i: the drop-out chance of person i of <see cref="SelectionProblem.People"/>, from 0 (certain to stay) to 1 (certain to drop out), both included.
    /// </summary>
    public IReadOnlyList<double> Chances { get; }

    /// <summary>Everybody is as likely to drop out as everybody else.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="chance">The drop-out chance, 0..1.</param>
    /// <returns>The chances.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The chance is no number from 0 to 1.</exception>
    public static DropOutChances Equal(SelectionProblem problem, double chance)
    {
        ArgumentNullException.ThrowIfNull(problem);
        CheckChance(chance, nameof(chance));
        return new DropOutChances(problem, All(problem, chance));
    }

    /// <summary>Chances are known person by person.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="people">The people whose chances are known. Somebody may be named twice with the same chance.</param>
    /// <param name="otherwise">The drop-out chance of everybody else, 0..1.</param>
    /// <returns>The chances.</returns>
    /// <exception cref="MalformedInputException">
    /// Somebody is not in the pool or is named with two chances, or a chance is no number from 0 to 1; the exception lists all such faults.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="otherwise"/> is no number from 0 to 1.</exception>
    public static DropOutChances ByPerson(SelectionProblem problem, IEnumerable<PersonDropOut> people, double otherwise)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(people);
        CheckChance(otherwise, nameof(otherwise));
        FaultList faults = new();
        double[] chances = All(problem, otherwise);
        Dictionary<int, (double Chance, FaultLocation Location)> named = [];
        int ordinal = 0;
        foreach (PersonDropOut person in people)
        {
            FaultLocation location = person.Location ?? new FaultLocation("drop-out chances", ordinal + 1);
            ordinal++;
            string id = person.Id.Trim();
            CheckChance(person.Chance, location, id, faults);
            int i = problem.IndexOf(id);
            if (i < 0)
            {
                FaultLocation place = location.In(null);
                faults.Add(id.Length == 0 ? new Fault(CoreFaults.NobodyNamed, place) : new Fault(CoreFaults.UnknownPerson, place, id));
            }
            else if (!named.TryAdd(i, (person.Chance, location)) && !named[i].Chance.Equals(person.Chance))
            {
                FaultLocation earlier = named[i].Location.In(null);
                faults.Add(CoreFaults.ConflictingChances, location.In(null), id, earlier);
            }
            else
            {
                chances[i] = person.Chance;
            }
        }

        faults.ThrowIfAny();
        return new DropOutChances(problem, chances);
    }

    /// <summary>Chances are known for groups of people.</summary>
    /// <remarks>
    /// A group stands for a reason to drop out that its people have, and reasons are independent: somebody in several groups stays only if none of them makes
    /// the person drop out. So the chance to stay is the product of the groups' chances to stay, as in <see cref="DropOutModel"/>.
    /// </remarks>
    /// <param name="problem">The problem.</param>
    /// <param name="groups">The groups, each once. One that nobody in the pool is in does not matter.</param>
    /// <param name="otherwise">The drop-out chance of people who are in no group, 0..1.</param>
    /// <returns>The chances.</returns>
    /// <exception cref="MalformedInputException">
    /// A group names no value or one that the problem does not know, or a feature twice, or stands twice, or its chance is no number from 0 to 1; the exception
    /// lists all such faults.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="otherwise"/> is no number from 0 to 1.</exception>
    public static DropOutChances ByGroup(SelectionProblem problem, IEnumerable<GroupDropOut> groups, double otherwise)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(groups);
        CheckChance(otherwise, nameof(otherwise));
        FaultList faults = new();
        GroupReader reader = new(problem, faults);
        List<((int Feature, string Value)[] Condition, double Chance)> read = [];
        foreach (GroupDropOut group in groups)
        {
            FaultLocation location = group.Location ?? new FaultLocation("drop-out chances", reader.Count + 1);
            CheckChance(group.Chance, location, GroupReader.Subject(group.Condition), faults);
            if (reader.Read(group.Condition, location.In(null)) is (int, string)[] condition)
            {
                read.Add((condition, group.Chance));
            }
        }

        faults.ThrowIfAny();

        // People share few combinations of values, and what they have in common is looked at once.
        Dictionary<ValueVector, double> known = new(ReferenceEqualityComparer.Instance);
        double[] chances = new double[problem.People.Count];
        for (int i = 0; i < chances.Length; i++)
        {
            ValueVector vector = problem.People[i].Vector;
            if (!known.TryGetValue(vector, out chances[i]))
            {
                known.Add(vector, chances[i] = ChanceOf(vector));
            }
        }

        return new DropOutChances(problem, chances);

        double ChanceOf(ValueVector vector)
        {
            // 1 − (1 − a)(1 − b), written so that the chance of a single group is exactly what was given.
            double? chance = null;
            foreach (((int Feature, string Value)[] condition, double own) in read)
            {
                if (Array.TrueForAll(condition, t => string.Equals(vector.Values[t.Feature], t.Value, StringComparison.Ordinal)))
                {
                    chance = chance is double before ? before + (own * (1 - before)) : own;
                }
            }

            return chance ?? otherwise;
        }
    }

    private static double[] All(SelectionProblem problem, double chance)
    {
        double[] chances = new double[problem.People.Count];
        Array.Fill(chances, chance);
        return chances;
    }

    private static void CheckChance(double chance, string name)
    {
        if (chance is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(name, chance, "A drop-out chance is a number from 0 to 1.");
        }
    }

    private static void CheckChance(double chance, FaultLocation location, string subject, FaultList faults)
    {
        if (chance is not (>= 0 and <= 1))
        {
            faults.Add(CoreFaults.ChanceOutOfRange, location, subject, chance);
        }
    }
}
