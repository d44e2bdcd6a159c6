using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sortition.Core;
using Sortition.Core.Algorithms;
using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Sortition.Files;
using Sortition.Files.Dialects;
using Sortition.Files.Results;
using Sortition.Publication.Format;

namespace Sortition.Cli.Tests;

/// <summary>
/// What is computed stays what it was: the hashes of <c>tests/golden/hashes.txt</c>, for every instance and objective. A change that means to alter results writes the file anew
/// (with <c>SORTITION_GOLDEN=PATH</c> in the environment the hashes are added to that file instead of being compared) and says in its message what changed and why.
/// </summary>
public sealed class GoldenTests
{
    private static readonly Dictionary<string, string> s_hashes = File.ReadAllLines(TestFiles.PathOf("golden", "hashes.txt"))
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split(' '))
        .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);

    private static readonly ILotteryAlgorithm[] s_algorithms = [new Leximin(), new Maximin(), new Nash(), new Minimax(), new Goldilocks(), new WeightedLeximin()];

    public static TheoryData<string> Objectives => [.. s_algorithms.Select(a => a.Name)];

    public static TheoryData<string, string> LargerInstancesAndObjectives
    {
        get
        {
            TheoryData<string, string> rows = [];
            foreach (string instance in (string[])
                ["albertslund_36", "cca_like_75", "hd_like_30", "nexus_like_170", "obf_like_30", "sf_a_like_35", "sf_b_like_20", "sf_c_like_44", "sf_d_like_40", "sf_e_like_110"])
            {
                foreach (ILotteryAlgorithm algorithm in s_algorithms)
                {
                    rows.Add(instance, algorithm.Name);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Objectives))]
    public void Results_on_a_small_instance_stay_the_same(string objective) => Lotteries_certificates_and_chances_stay_the_same("mass_like_24", objective);

    [Theory]
    [Trait("Lane", "Slow")]
    [MemberData(nameof(LargerInstancesAndObjectives))]
    public void Lotteries_certificates_and_chances_stay_the_same(string instance, string objective)
    {
        using TemporaryFolder folder = new();
        LoadedProblem input = Load(instance, string.Equals(objective, "weighted-leximin", StringComparison.Ordinal) ? folder : null);
        PanelLottery lottery = Array.Find(s_algorithms, a => string.Equals(a.Name, objective, StringComparison.Ordinal))!.Solve(input.Problem).GetLotteryOrThrow();
        ResultFiles.Write(folder["result"], new SelectionOutcome
        {
            Input = input,
            Panel = lottery.DrawMembers(0, RandomSource.Seeded("golden")),
            Lottery = lottery,
            DrawnPanel = 0,
            Algorithm = objective,
            Seed = "golden",
            Generator = RandomSource.SeededGenerator,
            SoftwareVersion = "golden",
        });
        Check($"{instance}/{objective}/panels", Text(lottery.Panels));
        Check($"{instance}/{objective}/certificate", Text(lottery.Certificate, input.Problem));
        Check($"{instance}/{objective}/probabilities.csv", File.ReadAllBytes(folder["result/probabilities.csv"]));
    }

    [Fact]
    [Trait("Lane", "Slow")]
    public void Ballots_and_roots_of_Albertslund_stay_the_same()
    {
        LoadedProblem input = Load("albertslund_36", null);
        PanelLottery lottery = new Leximin().Solve(input.Problem).GetLotteryOrThrow();
        PanelTable ballots = BallotRounding.Round(lottery, 1000, RandomSource.Seeded("golden"));
        KeyTable keys = KeyTable.From(input.Problem.People.Select(p => new KeyValuePair<string, string>(p.Id, Hash(Encoding.UTF8.GetBytes(p.Id)))));
        Check("albertslund_36/ballots", string.Join('\n', ballots.Rows.Select(r => string.Join(' ', r.Panel.Ids))));
        foreach (TicketForm tickets in Enum.GetValues<TicketForm>())
        {
            PublicationOptions options = new() { Seed = "golden", Keys = keys, Tickets = tickets, Announcement = DrawAnnouncement.ByText("the winning numbers of 4 May", "numbers 7 1 36 distinct sorted") };
            Check($"albertslund_36/root-{tickets}", PublishedLottery.Create(lottery, ballots, options).Root);
        }
    }

    /// <summary>Loads an instance; with a folder, everybody's entitlement, 1 to 3, follows from the first feature.</summary>
    private static LoadedProblem Load(string instance, TemporaryFolder? entitlements)
    {
        string data = instance.StartsWith("albertslund", StringComparison.Ordinal) ? "albertslund" : instance;
        DraftOptions options = InstanceFiles.Options(data, int.Parse(instance[(instance.LastIndexOf('_') + 1)..], CultureInfo.InvariantCulture));
        if (entitlements is not null)
        {
            string[] lines = File.ReadAllLines(options.People.Path!);
            string text = string.Join('\n', lines.Select((line, i) => line + "," + (i == 0 ? "entitlement" : Entitlement(line))));
            options = options with { People = entitlements.Write("people.csv", text), EntitlementColumn = "entitlement" };
        }

        return ProblemFiles.Load(options);

        static string Entitlement(string line) => ((line.Split(',')[1].Sum(c => c) % 3) + 1).ToString(CultureInfo.InvariantCulture);
    }

    private static string Text(IReadOnlyList<PanelComposition> panels) =>
        string.Join('\n', panels.Select(p => FormattableString.Invariant($"{p.Weight}: ") + string.Join(' ', p.Seats.Select(s => FormattableString.Invariant($"{s.Type}x{s.Seats}")))));

    private static string Text(Certificate certificate, SelectionProblem problem)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{certificate.Objective.Name} {certificate.Objective.Parameter:R} {certificate.Status} {certificate.Value:R} {certificate.Bound:R} {certificate.Gap:R}\n");
        foreach (WeightClaim claim in certificate.Claims)
        {
            text.Append(CultureInfo.InvariantCulture, $"{claim.Limit} {claim.Value:R} {claim.Bound:R} {claim.Gap:R} {claim.ConfirmedBy}\n");
            text.AppendJoin(' ', claim.Weights).Append('\n').AppendJoin(' ', claim.CapWeights).Append('\n');
            text.AppendJoin(' ', claim.Prices.Select(p => FormattableString.Invariant(
                $"{p.Constraint.Kind}:{(p.Constraint.Quota is { } quota ? IndexOf(quota) : -1)}:{p.HouseholdClass}:{p.Price}"))).Append('\n');
        }

        return text.ToString();

        int IndexOf(Quota quota) => Enumerable.Range(0, problem.Quotas.Count).First(i => problem.Quotas[i] == quota);
    }

    private static void Check(string name, string text) => Check(name, Encoding.UTF8.GetBytes(text));

    private static void Check(string name, byte[] bytes)
    {
        string hash = Hash(bytes);
        if (Environment.GetEnvironmentVariable("SORTITION_GOLDEN") is { Length: > 0 } path)
        {
            File.AppendAllText(path, $"{name} {hash}\n");
            return;
        }

        Assert.True(s_hashes.TryGetValue(name, out string? golden), $"There is no hash of {name}; it would be {hash}.");
        Assert.True(string.Equals(golden, hash, StringComparison.Ordinal), $"{name} has changed: {hash}, where it was {golden}.");
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
