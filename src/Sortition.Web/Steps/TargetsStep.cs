using System.Globalization;
using System.Security.Cryptography;
using Sortition.Core;
using Sortition.Core.Feasibility;
using Sortition.Core.Problems;
using Sortition.Core.Targets;
using Sortition.Files;
using Sortition.Files.Dialects;
using Sortition.Files.Storage;
using Sortition.Web.Pages;
using Sortition.Web.Projects;

namespace Sortition.Web.Steps;

/// <summary>How many seats each group gets at least and at most; and at once, whether it all can be met.</summary>
internal static class TargetsStep
{
    private const int MaxSeats = 1_000_000;
    private const int ReasonsShown = 8;

    /// <summary>Shows the quotas as they are.</summary>
    public static Task ShowAsync(Visit visit)
    {
        if (visit.LoadedOrGoBack(out Task answer) is not LoadedProblem loaded)
        {
            return answer;
        }

        Sheet sheet = Sheet.AsWritten(visit, loaded);
        return ShowAsync(visit, visit.View(Step.Targets), loaded, sheet, VerdictOf(visit, loaded.Problem));
    }

    /// <summary>Says of quotas as they are typed whether they can be met. Nothing is kept.</summary>
    public static Task CheckAsync(Visit visit)
    {
        if (visit.LoadedOrGoBack(out Task answer) is not LoadedProblem loaded)
        {
            return answer;
        }

        Sheet sheet = Sheet.AsTyped(visit, loaded);
        return visit.ShowAsync<VerdictPart>(visit.View(), ("Verdict", TypedVerdict(visit, loaded, sheet)));
    }

    /// <summary>Keeps the quotas.</summary>
    public static Task SaveAsync(Visit visit)
    {
        if (visit.LoadedOrGoBack(out Task answer) is not LoadedProblem loaded)
        {
            return answer;
        }

        Project project = visit.Project;
        View view = visit.View(Step.Targets);
        if (Panels.IsBegun(project))
        {
            return visit.GoToStepAsync("targets");
        }

        Sheet sheet = Sheet.AsTyped(visit, loaded);
        view.Errors = [.. sheet.Errors(visit)];
        if (!string.Equals(visit.Form["version"], VersionOf(project), StringComparison.Ordinal))
        {
            // Another tab, or a command, has changed them since this page was shown.
            view.Errors = [new PageError(visit.T("targets/changed-elsewhere"))];
            sheet = Sheet.AsWritten(visit, loaded);
        }

        if (view.Errors.Count > 0)
        {
            return ShowAsync(visit, view, loaded, sheet, TypedVerdict(visit, loaded, sheet));
        }

        ProjectSettings settings = project.Settings;
        bool isByHand = sheet.DiffersFrom(loaded.Problem);
        bool isNewSize = sheet.Size != loaded.Problem.PanelSize;
        if (isByHand || isNewSize)
        {
            QuotaInput[] quotas = !isByHand && isNewSize && settings.SeatsFollowShares && PopulationOf(visit) is Population population
                ? [.. QuotaTargets.Compute(population, sheet.Size!.Value).Select(t => t.ToQuota())]
                : [.. sheet.Quotas()];
            project.ForgetChances();
            project.Write(Project.Quotas, Written(quotas), project.Log("quotas", [("--size", View.N(sheet.Size!.Value))]));
            project.Save(settings with { PanelSize = sheet.Size, SeatsFollowShares = settings.SeatsFollowShares && !isByHand });
        }

        return visit.Form["next"] is "chances"
            ? ChancesStep.StartAsync(visit)
            : visit.GoToStepAsync("targets?note=targets-saved");
    }

    private static Task ShowAsync(Visit visit, View view, LoadedProblem loaded, Sheet sheet, Verdict verdict) => visit.ShowAsync<TargetsPage>(
        view,
        ("Rows", sheet.Rows),
        ("Verdict", verdict),
        ("Size", sheet.TypedSize),
        ("People", loaded.Problem.People.Count),
        ("Version", VersionOf(visit.Project)),
        ("FollowsShares", visit.Project.Settings.SeatsFollowShares),
        ("IsDrawn", Panels.IsBegun(visit.Project)));

    private static string VersionOf(Project project)
    {
        byte[] size = BitConverter.GetBytes(project.Settings.PanelSize ?? 0);
        return Convert.ToHexStringLower(SHA256.HashData([.. File.ReadAllBytes(project.PathOf(Project.Quotas)), .. size]));
    }

    private static Population? PopulationOf(Visit visit)
    {
        string? name = Array.Find(["population.csv", "population.xlsx"], visit.Project.Has);
        try
        {
            return name is null ? null : PopulationFiles.Load(visit.Project.PathOf(name)!, cancellationToken: visit.Aborted);
        }
        catch (MalformedInputException)
        {
            return null;
        }
    }

    private static Verdict TypedVerdict(Visit visit, LoadedProblem loaded, Sheet sheet)
    {
        if (sheet.Errors(visit).Any())
        {
            return new Verdict();
        }

        try
        {
            return VerdictOf(visit, sheet.Size == loaded.Problem.PanelSize ? WithQuotas(loaded.Problem, sheet) : Reloaded(visit, sheet));
        }
        catch (MalformedInputException e)
        {
            return new Verdict { Reasons = [.. e.Faults.Take(ReasonsShown).Select(visit.Language.Texts.Describe)] };
        }
    }

    private static SelectionProblem WithQuotas(SelectionProblem problem, Sheet sheet)
    {
        SelectionProblemBuilder builder = problem.ToBuilder().ClearQuotas();
        foreach (QuotaInput quota in sheet.Quotas())
        {
            builder.Quota(quota);
        }

        return builder.Build();
    }

    /// <summary>With another size the pool is read once more.</summary>
    private static SelectionProblem Reloaded(Visit visit, Sheet sheet)
    {
        byte[] quotas = Written(sheet.Quotas());
        return visit.Project.ReadWith(FileSource.From(() => new MemoryStream(quotas), Project.Quotas), sheet.Size!.Value, visit.Aborted).Problem;
    }

    private static byte[] Written(IEnumerable<QuotaInput> quotas)
    {
        using MemoryStream written = new();
        QuotaFiles.Write(written, quotas);
        return written.ToArray();
    }

    private static Verdict VerdictOf(Visit visit, SelectionProblem problem)
    {
        FeasibilityReport report = FeasibilityAnalysis.Check(problem, visit.Aborted);
        Dictionary<Quota, int> rows = problem.Quotas.Index().ToDictionary(q => q.Item, q => q.Index);
        return new Verdict
        {
            IsFeasible = report.IsFeasible,
            Reasons = [.. report.Reasons.Take(ReasonsShown).Select(r => visit.Language.Texts.Describe(r, problem))],
            Clashes = Shortest(report.Reasons).SelectMany(r => r.Constraints).Select(c => c.Quota).OfType<Quota>().Where(rows.ContainsKey)
                .Select(q => rows[q]).ToHashSet(),
            NeverChosenCount = report.Uncovered.Count,
            NeverChosen = [.. report.Uncovered.Select(u => visit.Language.Texts.Describe(u, problem)).Distinct(StringComparer.Ordinal).Take(ReasonsShown)],
        };
    }

    /// <summary>The reasons that name the fewest rules: a row that nobody could meet is not hidden among all the others.</summary>
    private static IEnumerable<InfeasibilityReason> Shortest(IReadOnlyList<InfeasibilityReason> reasons) =>
        reasons.GroupBy(r => r.Constraints.Count).OrderBy(g => g.Key).Take(1).SelectMany(g => g);

    /// <summary>The table, as it is in the file or as somebody has just typed it.</summary>
    private sealed class Sheet
    {
        private IReadOnlyList<QuotaInput> _written = [];

        public IReadOnlyList<TargetRow> Rows { get; private init; } = [];

        public string TypedSize { get; private init; } = "";

        public int? Size => Whole(TypedSize) is int n and > 0 ? n : null;

        public static Sheet AsWritten(Visit visit, LoadedProblem loaded) =>
            Of(visit, loaded, View.N(loaded.Problem.PanelSize), (quota, _) => (View.N(quota.Min), View.N(quota.Max)));

        public static Sheet AsTyped(Visit visit, LoadedProblem loaded) =>
            Of(visit, loaded, visit.Form["size"], (_, i) => (visit.Form[$"min-{View.N(i)}"], visit.Form[$"max-{View.N(i)}"]));

        /// <summary>What is wrong with what was typed.</summary>
        public IEnumerable<PageError> Errors(Visit visit)
        {
            if (Size is null)
            {
                yield return new PageError(visit.T("files/no-size"), "size");
            }

            foreach (TargetRow row in Rows.Where(r => r.IsMinWrong || r.IsMaxWrong))
            {
                string field = $"{(row.IsMinWrong ? "min" : "max")}-{View.N(row.Index)}";
                yield return new PageError(visit.T("targets/no-seats", ("group", $"{row.Feature}: {row.Value}")), field);
            }
        }

        public bool DiffersFrom(SelectionProblem problem) =>
            problem.Quotas.Zip(Rows).Any(pair => Whole(pair.Second.Min) != pair.First.Min || Whole(pair.Second.Max) != pair.First.Max);

        public IEnumerable<QuotaInput> Quotas() => Rows.Select((row, i) => new QuotaInput
        {
            Condition = _written[i].Condition,
            Min = Whole(row.Min)!.Value,
            Max = Whole(row.Max)!.Value,
            MinFlex = Between(_written[i].MinFlex, 0, Whole(row.Min)!.Value),
            MaxFlex = Between(_written[i].MaxFlex, Whole(row.Max)!.Value, MaxSeats),
            Source = _written[i].Source,
            Comment = _written[i].Comment,
        });

        private static int? Between(int? flex, int least, int most) => flex is int n ? Math.Clamp(n, least, most) : null;

        private static Sheet Of(Visit visit, LoadedProblem loaded, string size, Func<Quota, int, (string Min, string Max)> typed)
        {
            SelectionProblem problem = loaded.Problem;
            IReadOnlyList<QuotaInput> written = QuotaFiles.LoadInputs(
                visit.Project.PathOf(Project.Quotas)!, problem.PanelSize, cancellationToken: visit.Aborted);
            Dictionary<string, double> shares = Shares(visit, problem.PanelSize);
            return new Sheet
            {
                _written = written,
                TypedSize = size,
                Rows =
                [
                    .. problem.Quotas.Select((quota, i) =>
                    {
                        (string min, string max) = typed(quota, i);
                        bool isMinWrong = Whole(min) is null;
                        return new TargetRow
                        {
                            Index = i,
                            Feature = quota.FeatureLabel,
                            Value = quota.ValueLabel,
                            Pool = Groups.CountOf(problem, quota),
                            Share = shares.TryGetValue(KeyOf(quota.Condition), out double share) ? share : null,
                            Source = written[i].Source,
                            Comment = written[i].Comment,
                            Min = min,
                            Max = max,
                            IsMinWrong = isMinWrong,
                            IsMaxWrong = !isMinWrong && (Whole(max) is not int most || most < Whole(min)),
                        };
                    }),
                ],
            };
        }

        private static Dictionary<string, double> Shares(Visit visit, int size) => PopulationOf(visit) is Population population
            ? QuotaTargets.Compute(population, size).ToDictionary(t => KeyOf(t.Group.Condition), t => t.Share, StringComparer.Ordinal)
            : [];

        private static string KeyOf(IEnumerable<FeatureValue> condition) =>
            string.Join('\n', condition.Select(c => $"{c.Feature}\t{c.Value}")).ToUpperInvariant();

        private static int? Whole(string text) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n <= MaxSeats ? n : null;
    }
}
