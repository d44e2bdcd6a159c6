using System.Globalization;
using System.Text.Json.Nodes;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files;
using Sortition.Files.Mapping;

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
            json["faults"] = Json.List(open, terminal.InJson);
        });
        terminal.Tell("prepare/suggested", ("path", StandardStreams.Describe(terminal.Language, path)));
        if (open.Count > 0)
        {
            terminal.Tell("prepare/open", ("value", open.Count));
            foreach (Fault fault in open.Take(Terminal.FaultsShown))
            {
                terminal.Say("  " + terminal.Texts.Describe(fault));
            }

            if (open.Count > Terminal.FaultsShown)
            {
                terminal.Tell("tool/more", ("count", open.Count - Terminal.FaultsShown));
            }
        }

        if (idsPath is not null)
        {
            terminal.Tell(
                "prepare/ids", ("ids", Path.GetFileName(idsPath)), ("key", Path.GetFileName(Path.ChangeExtension(idsPath, ".key"))));
        }

        terminal.Tell("prepare/then", ("table", table), ("path", path));
    }

    /// <summary>What was done, in the report.</summary>
    public static void Tell(Terminal terminal, PreparedPool pool, PoolMapping mapping, IReadOnlyList<Feature>? features)
    {
        Fill(terminal, pool);
        terminal.Say(Summary(terminal.Language, pool));
        terminal.Lines(Counts(terminal.Language, pool));
        foreach (string note in Notes(terminal.Language, pool).Concat(QuotaNotes(terminal.Language, pool, mapping, features)))
        {
            terminal.Say(note);
        }

        foreach (Fault warning in pool.Warnings)
        {
            terminal.Warn("tool/warning", ("text", terminal.Texts.Describe(warning)));
        }
    }

    /// <summary>What was done, as notes beside the report of another command.</summary>
    public static void TellAside(Terminal terminal, PreparedPool pool)
    {
        Fill(terminal, pool);
        IEnumerable<string> counts = Counts(terminal.Language, pool).Select(c => $"{c.Label.Trim()}: {c.Text}");
        terminal.Complain(string.Join("; ", counts.Prepend(Summary(terminal.Language, pool).TrimEnd('.'))) + ".");
        foreach (string note in Notes(terminal.Language, pool))
        {
            terminal.Complain(note);
        }

        foreach (Fault warning in pool.Warnings)
        {
            terminal.Warn("tool/warning", ("text", terminal.Texts.Describe(warning)));
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
        ["warnings"] = Json.List(pool.Warnings, terminal.InJson),
    });

    private static string Summary(Language language, PreparedPool pool) =>
        language.Text("prepare/summary", ("people", pool.Rows.Count), ("rows", LeftOut(pool)));

    private static int LeftOut(PreparedPool pool) => pool.Actions.Where(a => a.IsLeftOut).Select(a => a.Row).Distinct().Count();

    private static IEnumerable<(PersonActionKind Kind, string? Feature, int Rows)> Groups(PreparedPool pool) =>
        pool.Actions
            .Select(a => (a.Kind, Feature: a.Kind == PersonActionKind.LeftOutDuplicate ? null : a.About))
            .GroupBy(key => key)
            .OrderBy(group => group.Key.Kind)
            .Select(group => (group.Key.Kind, group.Key.Feature, group.Count()));

    private static IEnumerable<(string Label, string Text)> Counts(Language language, PreparedPool pool) => Groups(pool).Select(g => (
        "  " + language.Text($"prepare/action/{g.Kind}", ("feature", g.Feature)), g.Rows.ToString(CultureInfo.InvariantCulture)));

    private static IEnumerable<string> Notes(Language language, PreparedPool pool)
    {
        if (pool.NewIds > 0)
        {
            yield return language.Text("prepare/new-ids", ("count", pool.NewIds));
        }

        if (pool.ChangedIds.Count > 0)
        {
            yield return language.Text("prepare/known-again", ("ids", pool.ChangedIds));
        }
    }

    private static IEnumerable<string> QuotaNotes(
        Language language, PreparedPool pool, PoolMapping mapping, IReadOnlyList<Feature>? features)
    {
        foreach (FeatureValue value in pool.DefaultValues)
        {
            Feature? feature = features?.FirstOrDefault(f => NameComparer.Instance.Equals(f.Name, value.Feature));
            if (feature is null || !feature.Values.Contains(value.Value, NameComparer.Instance))
            {
                yield return language.Text("prepare/value-without-quota", ("feature", value.Feature), ("text", value.Value));
            }
        }

        string[] missing = [.. (features ?? []).Select(f => f.Name).Where(f => !mapping.Features.Contains(f, NameComparer.Instance))];
        if (missing.Length > 0)
        {
            yield return language.Text("prepare/not-made", ("features", missing));
        }
    }
}
