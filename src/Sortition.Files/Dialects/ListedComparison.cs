using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Shared;

namespace Sortition.Files.Dialects;

/// <summary>Whether those on a list are still the people with their ids in the table that it was made from.</summary>
internal static class ListedComparison
{
    public static IReadOnlyList<Fault> Run(SelectionProblem problem, PeopleRows people, IReadOnlyList<ListedId> listed)
    {
        Dictionary<int, int> rowOf = [];
        for (int row = people.Rows.Count - 1; row >= 0; row--)
        {
            rowOf[people.PersonOf(row)] = row;
        }

        FaultList faults = new();
        HashSet<string> compared = new(StringComparer.Ordinal);
        foreach (IGrouping<string, ListedId> list in listed.GroupBy(l => l.Location.Source, StringComparer.Ordinal))
        {
            List<(ListedId Listed, List<string> Columns, bool IsOther)> differing = [];
            foreach (ListedId one in list)
            {
                if (problem.IndexOf(one.Id) is not (>= 0 and int person) || one.Header is null)
                {
                    continue;
                }

                (List<string> columns, int same) = Differences(people, people.Rows[rowOf[person]], one);
                if (columns.Count + same > 0)
                {
                    compared.Add(one.Id);
                }

                if (columns.Count > 0)
                {
                    differing.Add((one, columns, !people.HasIds || columns.Count > same));
                }
            }

            Tell(FileFaults.OtherPeople, differing.Where(d => d.IsOther));
            Tell(FileFaults.PeopleChanged, differing.Where(d => !d.IsOther));

            void Tell(FaultCode code, IEnumerable<(ListedId Listed, List<string> Columns, bool IsOther)> whom)
            {
                (ListedId Listed, List<string> Columns, bool IsOther)[] all = [.. whom];
                if (all.Length > 0)
                {
                    string[] columns = [.. all.SelectMany(d => d.Columns).Distinct(NameComparer.Instance)];
                    faults.Add(code, all[0].Listed.Location, all.Length, PeopleFile.Listed([.. all.Select(d => d.Listed.Id)]), columns, people.Name);
                }
            }
        }

        string[] alone = [.. listed.Select(l => l.Id).Distinct(StringComparer.Ordinal).Where(id => problem.IndexOf(id) >= 0 && !compared.Contains(id))];
        if (!people.HasIds && alone.Length > 0)
        {
            ListedId first = listed.First(l => string.Equals(l.Id, alone[0], StringComparison.Ordinal));
            faults.Add(FileFaults.RowNumbersAlone, first.Location, PeopleFile.Listed(alone));
        }

        return [.. faults.Faults, .. faults.Warnings];
    }

    /// <summary>The columns in which a person's row is not what the list says, and in how many it is; empty cells on both sides say nothing.</summary>
    private static (List<string> Columns, int Same) Differences(PeopleRows people, IReadOnlyList<string> row, ListedId listed)
    {
        List<string> columns = [];
        int same = 0;
        for (int c = 0; c < people.Header.Count; c++)
        {
            int place = listed.Header!.Find(people.Header[c]);
            if (place < 0)
            {
                continue;
            }

            string here = c < row.Count ? row[c] : "";
            string there = place < listed.Cells.Count ? listed.Cells[place] : "";
            bool isId = string.Equals(NameComparer.IdKey(here), NameComparer.IdKey(listed.Id), StringComparison.Ordinal) && people.HasIds;
            if (isId || (NameComparer.IsBlank(here) && NameComparer.IsBlank(there)))
            {
                continue;
            }

            if (NameComparer.Instance.Equals(here, there) || NameComparer.Instance.Equals(here, FormulaGuard.Restore(there)))
            {
                same++;
            }
            else
            {
                columns.Add(people.Header[c]);
            }
        }

        return (columns, same);
    }
}
