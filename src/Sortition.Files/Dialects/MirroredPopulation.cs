using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Core.Targets;
using Sortition.Files.Storage;

namespace Sortition.Files.Dialects;

/// <summary>Reads a population against which the groups of a problem are to be set.</summary>
internal static class MirroredPopulation
{
    /// <param name="file">The file.</param>
    /// <param name="sheet">The name of the sheet; null to find it, or where the file is no workbook.</param>
    /// <param name="numberColumn">The heading of the column of numbers; null to find it.</param>
    /// <param name="features">The features that the problem has.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="MalformedInputException">
    /// Something is malformed or cannot be read, or the population has none of the features, or lacks values of one that it has; the exception lists all of it.
    /// </exception>
    public static Population Load(FileSource file, string? sheet, string? numberColumn, IReadOnlyList<Feature> features, CancellationToken cancellationToken)
    {
        Population population = PopulationFile.Load(new PopulationFilesOptions { File = file, Sheet = sheet, NumberColumn = numberColumn }, cancellationToken);
        FaultLocation location = new(file.Name);
        FaultList faults = new();
        Feature[] shared = [.. features.Where(f => population.Features.Contains(f.Name, NameComparer.Instance))];
        if (shared.Length == 0)
        {
            faults.Add(CoreFaults.UnknownFeature, location, null, population.Features, features.Select(f => f.Name).ToArray());
        }

        foreach (Feature feature in shared)
        {
            HashSet<string> told = new(population.By(feature.Name).Groups.Select(g => g.Condition[0].Value), NameComparer.Instance);
            foreach (string value in feature.Values.Where(v => !told.Contains(v)))
            {
                faults.Add(FileFaults.ValueNotInPopulation, location, $"{feature.Name} = {value}");
            }
        }

        faults.ThrowIfAny();
        return population;
    }
}
