using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Files.Tables.Model;

namespace Sortition.Files.Dialects;

/// <summary>Which columns of a table of drop-out chances mean what: an id and a chance, or a feature, its value and a chance.</summary>
internal sealed class ChanceDialect
{
    private static readonly string[] ChanceHeadings =
        ["chance", "drop-out chance", "drop_out_chance", "dropout chance", "dropout_chance", "probability", "sandsynlighed"];

    private ChanceDialect(TableHeader header, int chance, int id, (int Feature, int Value) pair)
    {
        Chance = chance;
        ChanceHeading = header.Name(chance);
        Id = id;
        Pair = pair;
    }

    public int Chance { get; }

    public string ChanceHeading { get; }

    /// <summary>The column of ids; -1 in a table of groups.</summary>
    public int Id { get; }

    /// <summary>The columns of a feature's name and its value, in a table of groups.</summary>
    public (int Feature, int Value) Pair { get; }

    /// <summary>The least number of fields that holds the columns every row needs.</summary>
    public int NeededFields => 1 + Math.Max(Chance, Id >= 0 ? Id : Math.Max(Pair.Feature, Pair.Value));

    /// <summary>Whether headings are meant to be those of chances.</summary>
    public static bool IsLikely(TableHeader header) => FindChance(header) >= 0;

    /// <summary>Finds the columns, or reports what is missing and returns null.</summary>
    public static ChanceDialect? Of(TableHeader header, string? idColumn, FaultList faults)
    {
        int chance = FindChance(header);
        int id = PeopleFile.FindIds(header, idColumn);
        (int Feature, int Value) pair = QuotaDialect.FindPair(header);
        if (chance < 0)
        {
            faults.Add(FileFaults.MissingColumnOfSeveral, header.At(null), header.Names(), ChanceHeadings);
        }

        if (id < 0 && pair.Feature < 0)
        {
            faults.Add(FileFaults.MissingPeopleOrGroups, header.At(null), header.Names(), idColumn?.Trim());
        }

        if (chance < 0 || (id < 0 && pair.Feature < 0))
        {
            header.ReportTitle(faults);
        }

        header.ReportRepeated(new[] { chance }.Concat(id >= 0 ? [id] : [pair.Feature, pair.Value]).Where(c => c >= 0), faults);
        return chance < 0 || (id < 0 && pair.Feature < 0) ? null : new ChanceDialect(header, chance, id, pair);
    }

    private static int FindChance(TableHeader header) => header.FindAny(ChanceHeadings);
}
