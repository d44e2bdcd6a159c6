using System.Globalization;
using System.Text.Json.Nodes;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files;
using Sortition.Files.Mapping;
using Sortition.Publication.Format;

namespace Sortition.Cli.Texts;

/// <summary>Says what a mapping suggests and what it did, with ids and numbers of people only.</summary>
internal static class PreparationText
{
    /// <summary>A suggestion, and what is open in it.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="open">What is open.</param>
    /// <param name="path">The mapping that was written.</param>
    /// <param name="idsPath">Where ids are kept; null where none were made.</param>
    /// <param name="table">The spreadsheet.</param>
    public static void TellSuggestion(Terminal terminal, IReadOnlyList<Fault> open, string path, string? idsPath, string table)
    {
        terminal.Fill(json =>
        {
            json["file"] = path;
            json["faultCount"] = open.Count;
            json["faults"] = Json.List(open, Json.Fault);
        });
        terminal.Say($"How these people become a pool is suggested in {StandardStreams.Describe(path)}. Please read it through.");
        if (open.Count > 0)
        {
            terminal.Say(open.Count == 1 ? "One point is open:" : string.Create(CultureInfo.InvariantCulture, $"{open.Count} points are open:"));
            foreach (Fault fault in open.Take(Terminal.FaultsShown))
            {
                terminal.Say("  " + PublicationTexts.English.Describe(fault));
            }

            if (open.Count > Terminal.FaultsShown)
            {
                terminal.Say(string.Create(CultureInfo.InvariantCulture, $"  and {open.Count - Terminal.FaultsShown} more"));
            }
        }

        if (idsPath is not null)
        {
            terminal.Say(
                $"Everybody has an id now, which {Path.GetFileName(idsPath)} keeps. Keep it with its key, "
                + $"{Path.GetFileName(Path.ChangeExtension(idsPath, ".key"))}, and give the key to nobody.");
        }

        terminal.Say($"Then: sortition prepare {table} --mapping {path} --output pool");
    }

    /// <summary>What was done, in the report.</summary>
    public static void Tell(Terminal terminal, PreparedPool pool, PoolMapping mapping, IReadOnlyList<Feature>? features)
    {
        Fill(terminal, pool);
        terminal.Say(Summary(pool));
        terminal.Lines(Counts(pool));
        foreach (string note in Notes(pool).Concat(QuotaNotes(pool, mapping, features)))
        {
            terminal.Say(note);
        }

        foreach (Fault warning in pool.Warnings)
        {
            terminal.Complain("Warning: " + PublicationTexts.English.Describe(warning));
        }
    }

    /// <summary>What was done, as notes beside the report of another command.</summary>
    public static void TellAside(Terminal terminal, PreparedPool pool)
    {
        Fill(terminal, pool);
        IEnumerable<string> counts = Counts(pool).Select(c => $"{c.Label.Trim()}: {c.Text}");
        terminal.Complain(string.Join("; ", counts.Prepend(Summary(pool).TrimEnd('.'))) + ".");
        foreach (string note in Notes(pool))
        {
            terminal.Complain(note);
        }

        foreach (Fault warning in pool.Warnings)
        {
            terminal.Complain("Warning: " + PublicationTexts.English.Describe(warning));
        }
    }

    private static void Fill(Terminal terminal, PreparedPool pool) => terminal.Fill(json => json["prepared"] = new JsonObject
    {
        ["people"] = pool.Rows.Count,
        ["leftOut"] = LeftOut(pool),
        ["newIds"] = pool.NewIds,
        ["changedIds"] = Json.Texts(pool.ChangedIds),
        ["actions"] = Json.List(Groups(pool), group => new JsonObject
        {
            ["action"] = Json.Name(group.Kind),
            ["feature"] = group.Feature,
            ["rows"] = group.Rows,
        }),
        ["defaults"] = Json.List(pool.DefaultValues, v => new JsonObject { ["feature"] = v.Feature, ["value"] = v.Value }),
        ["warnings"] = Json.List(pool.Warnings, Json.Fault),
    });

    private static string Summary(PreparedPool pool) =>
        string.Create(CultureInfo.InvariantCulture, $"The pool has {pool.Rows.Count} people; {LeftOut(pool)} rows of the spreadsheet are not in it.");

    private static int LeftOut(PreparedPool pool) => pool.Actions.Where(a => a.IsLeftOut).Select(a => a.Row).Distinct().Count();

    private static IEnumerable<(PersonActionKind Kind, string? Feature, int Rows)> Groups(PreparedPool pool) =>
        pool.Actions
            .Select(a => (a.Kind, Feature: a.Kind == PersonActionKind.LeftOutDuplicate ? null : a.About))
            .GroupBy(key => key)
            .OrderBy(group => group.Key.Kind)
            .Select(group => (group.Key.Kind, group.Key.Feature, group.Count()));

    private static IEnumerable<(string Label, string Text)> Counts(PreparedPool pool) =>
        Groups(pool).Select(g => ("  " + Describe(g.Kind, g.Feature), g.Rows.ToString(CultureInfo.InvariantCulture)));

    private static string Describe(PersonActionKind kind, string? feature) => kind switch
    {
        PersonActionKind.NotAPerson => "left out: nobody's row",
        PersonActionKind.LeftOutHidden => "left out: hidden rows",
        PersonActionKind.LeftOutStatus => "left out by their status",
        PersonActionKind.LeftOutDuplicate => "left out as duplicates",
        PersonActionKind.LeftOutBlank => $"left out: no {feature}",
        PersonActionKind.LeftOutOther => $"left out: another {feature}",
        PersonActionKind.LeftOutOutside => $"left out: {feature} outside the bands",
        PersonActionKind.DefaultForBlank => $"default for no {feature}",
        PersonActionKind.DefaultForOther => $"default for another {feature}",
        PersonActionKind.DefaultForOutside => $"default for {feature} outside the bands",
        PersonActionKind.EdgeDecided => $"{feature}: a year of birth with two ages",
        _ => $"{feature} in other words",
    };

    private static IEnumerable<string> Notes(PreparedPool pool)
    {
        if (pool.NewIds > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"New ids: {pool.NewIds}.");
        }

        if (pool.ChangedIds.Count > 0)
        {
            yield return $"Known again though their rows have changed: {string.Join(", ", pool.ChangedIds)}.";
        }
    }

    private static IEnumerable<string> QuotaNotes(PreparedPool pool, PoolMapping mapping, IReadOnlyList<Feature>? features)
    {
        foreach (FeatureValue value in pool.DefaultValues)
        {
            Feature? feature = features?.FirstOrDefault(f => NameComparer.Instance.Equals(f.Name, value.Feature));
            if (feature is null || !feature.Values.Contains(value.Value, NameComparer.Instance))
            {
                yield return $"Some people have {value.Feature}: {value.Value}. If the quotas do not name it, add a line for it, with 0 and the panel size.";
            }
        }

        string[] missing = [.. (features ?? []).Select(f => f.Name).Where(f => !mapping.Features.Contains(f, NameComparer.Instance))];
        if (missing.Length > 0)
        {
            yield return $"The quotas name what the mapping does not make: {string.Join(", ", missing)}.";
        }
    }
}
