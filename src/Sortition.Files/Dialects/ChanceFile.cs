using Sortition.Core;
using Sortition.Core.DropOuts;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Files.Tables.Model;
using Sortition.Shared;

namespace Sortition.Files.Dialects;

/// <summary>Reads the rows of a table of drop-out chances, by person or by group.</summary>
internal sealed class ChanceFile(TableReader table, ChanceDialect dialect, SelectionProblem problem, FaultList faults)
{
    /// <summary>Reads all rows and makes the chances of them.</summary>
    /// <exception cref="MalformedInputException">People or groups are faulty; faults of the chances themselves are reported.</exception>
    public DropOutChances Read(double otherwise, CancellationToken cancellationToken) =>
        dialect.Id >= 0
            ? DropOutChances.ByPerson(problem, People(cancellationToken), otherwise)
            : DropOutChances.ByGroup(problem, Groups(cancellationToken), otherwise);

    private IEnumerable<PersonDropOut> People(CancellationToken cancellationToken) => Rows(cancellationToken).Select(location =>
    {
        string id = table.Cell(dialect.Id).Trim();
        return new PersonDropOut { Id = id, Chance = Chance(location, id), Location = location };
    });

    private IEnumerable<GroupDropOut> Groups(CancellationToken cancellationToken)
    {
        foreach (FaultLocation location in Rows(cancellationToken))
        {
            if (Condition(location) is FeatureValue[] condition)
            {
                yield return new GroupDropOut { Condition = condition, Chance = Chance(location, Subject(condition)), Location = location };
            }
        }
    }

    /// <summary>The places of the chances of sound rows, each while its row is the one last read.</summary>
    private IEnumerable<FaultLocation> Rows(CancellationToken cancellationToken)
    {
        while (table.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (table.CheckFieldCount(dialect.NeededFields))
            {
                yield return new FaultLocation(table.Name, table.Line, dialect.ChanceHeading);
            }
        }
    }

    private static string Subject(FeatureValue[] condition) => string.Join(" & ", condition.Select(t => t.ToString()));

    /// <summary>One feature and its value; or, where the text is split by &amp; and no feature has it for its name, several at once.</summary>
    private FeatureValue[]? Condition(FaultLocation location)
    {
        string features = table.Cell(dialect.Pair.Feature).Trim();
        string values = table.Cell(dialect.Pair.Value).Trim();
        string[] names = Combination.Names(features, name => problem.Features.Any(f => NameComparer.Instance.Equals(f.Name, NameComparer.Clean(name))));
        if (Combination.Pair(names, values) is FeatureValue[] condition)
        {
            return condition;
        }

        faults.Add(Combination.Uneven(new FaultLocation(location.Source, location.Line, table.Header.Name(dialect.Pair.Value)), features, names, values));
        _ = Chance(location, $"{features} = {values}");
        return null;
    }

    /// <summary>The chance; where it is faulty, 0, so that the rest of the row is still checked.</summary>
    private double Chance(FaultLocation location, string subject)
    {
        string text = table.Cell(dialect.Chance).Trim();
        bool isNumber = ShareText.TryRead(WrittenNumber.WithPoint(text), out decimal number, out bool hasSign);
        if (isNumber && number >= 0 && number <= (hasSign ? 100 : 1))
        {
            return (double)(hasSign ? number / 100 : number);
        }

        faults.Add(text.Length == 0
            ? new Fault(FileFaults.MissingChance, location, subject)
            : new Fault(isNumber ? FileFaults.ChanceOutOfRange : FileFaults.NotAChance, location, subject, text));
        return 0;
    }
}
