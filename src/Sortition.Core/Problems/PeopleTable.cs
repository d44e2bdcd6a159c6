namespace Sortition.Core.Problems;

/// <summary>The people of a problem while it is built: reads rows from any number of sources, merges repeated ones, collects faults.</summary>
internal sealed class PeopleTable(FeatureTable features, FaultList faults)
{
    private const int LargestPlausibleHousehold = 10;

    private readonly List<Entry> _entries = [];
    private readonly IdIndex _indexOfId = new();
    private readonly HashSet<string> _faultyIds = new(StringComparer.Ordinal);
    private readonly Dictionary<int[], int[]> _vectors = new(new VectorComparer());

    public void Read<T>(IEnumerable<T> rows, PersonReader<T> reader)
    {
        int featureCount = features.Count;
        int[] buffer = new int[featureCount];
        bool[] present = new bool[featureCount];
        FaultList[] absent = [.. features.Entries.Select(_ => new FaultList())];
        UnknownValueList[] unknown = [.. features.Entries.Select(_ => new UnknownValueList())];
        Dictionary<int, T> firstRows = [];
        int ordinal = 0;
        if (rows.TryGetNonEnumeratedCount(out int count))
        {
            // Growing tables of a million entries step by step would leave as much garbage again.
            _entries.EnsureCapacity(_entries.Count + count);
            _indexOfId.EnsureCapacity(_entries.Count + count);
            firstRows.EnsureCapacity(reader.SameRow is null ? 0 : count);
        }

        foreach (T row in rows)
        {
            ordinal++;
            if (row is null)
            {
                faults.Add(CoreFaults.MissingRow, new FaultLocation(reader.Source, ordinal));
                continue;
            }

            int line = reader.Line?.Invoke(row) ?? ordinal;
            string id = NameComparer.Clean(reader.Id(row));
            if (id.Length == 0)
            {
                faults.Add(CoreFaults.MissingId, new FaultLocation(reader.Source, line, reader.IdColumn));
            }

            bool complete = ReadValues(row, reader, line, id, buffer, present, absent, unknown);
            double entitlement = reader.Entitlement?.Invoke(row) ?? 1;
            if (!(entitlement >= (double)Person.MinEntitlement && entitlement <= (double)Person.MaxEntitlement))
            {
                FaultLocation place = new(reader.Source, line, reader.EntitlementColumn);
                faults.Add(CoreFaults.EntitlementOutOfRange, place, id, entitlement, Person.MinEntitlement, Person.MaxEntitlement);
                complete = false;
            }

            if (id.Length == 0)
            {
                continue;
            }

            if (!complete)
            {
                _faultyIds.Add(NameComparer.Key(id));
                continue;
            }

            string? household = reader.Household is null ? null : HouseholdKey.Create(reader.Household(row));
            Entry entry = new(id, VectorOf(buffer), household, reader.Status?.Invoke(row) ?? PersonStatus.Free, entitlement, reader.Source, line);
            int earlier = _indexOfId.FindSame(id);
            if (earlier < 0)
            {
                _indexOfId.Add(id, _entries.Count);
                if (reader.SameRow is not null)
                {
                    firstRows.Add(_entries.Count, row);
                }

                _entries.Add(entry);
                continue;
            }

            bool same = _entries[earlier].HasSameContent(entry)
                && (reader.SameRow is null || (firstRows.TryGetValue(earlier, out T? first) && reader.SameRow(first, row)));
            FaultLocation location = new(reader.Source, line, reader.IdColumn);
            faults.Add(
                same ? CoreFaults.DuplicateMerged : CoreFaults.ConflictingDuplicate,
                location,
                id,
                new FaultLocation(_entries[earlier].Source, _entries[earlier].Line));
        }

        for (int f = 0; f < featureCount; f++)
        {
            unknown[f].Report(features.Entries[f].Values, reader.Suggest, faults);
        }

        if (ordinal > 0)
        {
            ReportAbsent(reader, present, absent);
        }
    }

    public void SetStatuses(IEnumerable<(string Id, PersonStatus Status, FaultLocation Location)> statuses)
    {
        foreach ((string id, PersonStatus status, FaultLocation location) in statuses)
        {
            int index = _indexOfId.Find(id);
            if (index < 0)
            {
                // Somebody whose own row is faulty is in the pool; that row's fault is the one to mend.
                if (!_faultyIds.Contains(NameComparer.Key(id)))
                {
                    faults.Add(CoreFaults.UnknownPerson, location, id);
                }

                continue;
            }

            Entry entry = _entries[index];
            if (entry.Status != PersonStatus.Free && entry.Status != status)
            {
                faults.Add(CoreFaults.ContradictoryStatus, location, id);
            }

            _entries[index] = entry with { Status = status };
        }
    }

    /// <summary>The people in the ordinal order of their ids; households numbered by their first member in that order.</summary>
    public Person[] ToPeople(bool warnOfHouseholds)
    {
        Entry[] sorted = [.. _entries];
        Array.Sort(sorted, (a, b) => string.CompareOrdinal(a.Id, b.Id));
        Dictionary<string, int> households = new(StringComparer.Ordinal);
        List<int> sizes = [];
        Person[] people = new Person[sorted.Length];
        Dictionary<int[], ValueVector> vectors = Settle();
        for (int i = 0; i < sorted.Length; i++)
        {
            Entry entry = sorted[i];
            int? household = null;
            if (entry.Household is string key)
            {
                if (!households.TryGetValue(key, out int number))
                {
                    number = households.Count;
                    households.Add(key, number);
                    sizes.Add(0);
                }

                household = number;
                if (++sizes[number] == LargestPlausibleHousehold + 1 && warnOfHouseholds)
                {
                    faults.Add(CoreFaults.LargeHousehold, new FaultLocation(entry.Source, entry.Line), entry.Id, LargestPlausibleHousehold);
                }
            }

            people[i] = new Person(entry.Id, vectors[entry.Vector], household, entry.Status, entry.Entitlement);
        }

        if (warnOfHouseholds && sorted.Count(e => e.Household is null) is > 0 and int count)
        {
            faults.Add(CoreFaults.UnknownHouseholds, new FaultLocation(sorted[0].Source), count, sorted.Length);
        }

        return people;
    }

    private bool ReadValues<T>(T row, PersonReader<T> reader, int line, string id, int[] buffer, bool[] present, FaultList[] absent, UnknownValueList[] unknown)
    {
        bool complete = true;
        for (int f = 0; f < buffer.Length; f++)
        {
            FeatureTable.Entry feature = features.Entries[f];
            string? written = reader.Value(row, feature.Name);
            present[f] |= written is not null;
            int value = written is null ? -1 : feature.Find(written);
            buffer[f] = value;
            if (value >= 0)
            {
                continue;
            }

            complete = false;
            FaultLocation location = new(reader.Source, line, reader.Column?.Invoke(feature.Name) ?? feature.Name);
            IReadOnlyList<string>? allowed = feature.IsClosed ? feature.Values : null;
            if (written is null)
            {
                absent[f].Add(CoreFaults.MissingValue, location, id, allowed);
            }
            else if (NameComparer.IsBlank(written))
            {
                faults.Add(CoreFaults.MissingValue, location, id, allowed);
            }
            else
            {
                unknown[f].Add(location, id, written);
            }
        }

        return complete;
    }

    /// <summary>An entry nobody has is one fault of the source, not one of every row.</summary>
    private void ReportAbsent<T>(PersonReader<T> reader, bool[] present, FaultList[] absent)
    {
        for (int f = 0; f < present.Length; f++)
        {
            if (present[f])
            {
                faults.AddAll(absent[f]);
                continue;
            }

            string name = features.Entries[f].Name;
            FaultLocation location = new(reader.Source, reader.HeaderLine, reader.Column?.Invoke(name) ?? name);
            faults.Add(CoreFaults.MissingFeature, location, name, reader.Headings);
        }
    }

    /// <summary>One array for all people of one combination of values.</summary>
    private int[] VectorOf(int[] buffer)
    {
        if (!_vectors.TryGetValue(buffer, out int[]? vector))
        {
            vector = [.. buffer];
            _vectors.Add(vector, vector);
        }

        return vector;
    }

    /// <summary>The combinations of values by their final names and indices.</summary>
    private Dictionary<int[], ValueVector> Settle()
    {
        int[][] settled = [.. features.Entries.Select(e => e.Settle())];
        Dictionary<int[], ValueVector> vectors = new(ReferenceEqualityComparer.Instance);
        foreach (int[] vector in _vectors.Values)
        {
            int[] indices = [.. vector.Select((v, f) => settled[f][v])];
            vectors.Add(vector, new ValueVector(indices, [.. indices.Select((v, f) => features.Entries[f].Values[v])]));
        }

        return vectors;
    }

    private sealed record Entry(string Id, int[] Vector, string? Household, PersonStatus Status, double Entitlement, string Source, int Line)
    {
        public bool HasSameContent(Entry other) =>
            ReferenceEquals(Vector, other.Vector) && string.Equals(Household, other.Household, StringComparison.Ordinal) && Status == other.Status
            && Entitlement == other.Entitlement;
    }

    private sealed class VectorComparer : IEqualityComparer<int[]>
    {
        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(int[] obj)
        {
            HashCode hash = default;
            foreach (int i in obj)
            {
                hash.Add(i);
            }

            return hash.ToHashCode();
        }
    }
}
