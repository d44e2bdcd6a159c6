using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Core.Replacements;
using Sortition.Publication.Format;

namespace Sortition.Publication.Tests;

/// <summary>What of a published lottery is at hand: with its private part or without, with open tickets or closed ones.</summary>
public enum Form
{
    Private,
    Public,
    ClosedPrivate,
    ClosedPublic,
}

/// <summary>A small published lottery that has a bit of everything: households, people who must be in or out or can be on no panel, quotas on two features at once.</summary>
internal static class Example
{
    public const int Ballots = 20;

    /// <summary>A text of the form that <see cref="Announcement"/> says.</summary>
    public const string Text = "3 7 11 19 24 30 36";

    public static SelectionProblem Problem { get; } = new SelectionProblemBuilder(4)
        .Quota("gender", "f", 2, 2)
        .Quota("gender", "m", 2, 2)
        .Quota("age", "young", 1, 2)
        .Quota("age", "old", 2, 3)
        .Quota("age", "ancient, \"wise\"", 0, 0)
        .Quota(new QuotaInput { Condition = [new FeatureValue("gender", "f"), new FeatureValue("age", "young")], Min = 0, Max = 1 })
        .HouseholdLimit(1)
        .People(People(), p => p.Id, p => p.Address, p => new Dictionary<string, string> { ["gender"] = p.Gender, ["age"] = p.Age })
        .MustBeIn("=p00")
        .MustBeOut("p13")
        .Build();

    public static PanelLottery Lottery { get; } = new Leximin().Solve(Problem).GetLotteryOrThrow();

    public static KeyTable Keys { get; } = KeysOf(Problem);

    /// <summary>The lottery in a form, with a method announced for its draw.</summary>
    public static PublishedLottery Of(Form form, DrawMethod method = DrawMethod.Text, bool isRehearsal = false) => s_made.GetOrAdd((form, method, isRehearsal), Make);

    private static readonly ConcurrentDictionary<(Form, DrawMethod, bool), PublishedLottery> s_made = new();

    /// <summary>Published with fixed keys, so that it always has the same root.</summary>
    public static PublishedLottery Publish(
        PanelLottery lottery,
        int ballots,
        DrawAnnouncement? announcement = null,
        TicketForm tickets = TicketForm.Open,
        int smallestGroup = 3,
        bool isRehearsal = false) =>
        Publish(lottery, BallotRounding.Round(lottery, ballots, RandomSource.Seeded("seed")), announcement, tickets, smallestGroup, isRehearsal: isRehearsal);

    public static PublishedLottery Publish(
        PanelLottery lottery,
        PanelTable ballots,
        DrawAnnouncement? announcement = null,
        TicketForm tickets = TicketForm.Open,
        int smallestGroup = 3,
        ReplacementRound? round = null,
        bool isRehearsal = false) => PublishedLottery.Create(lottery, ballots, new PublicationOptions
        {
            IsRehearsal = isRehearsal,
            Seed = "seed",
            Announcement = announcement ?? Announcement(DrawMethod.Text),
            Tickets = tickets,
            SmallestGroup = smallestGroup,
            Keys = KeysOf(lottery.Problem),
            Round = round,
        });

    public static KeyTable KeysOf(SelectionProblem problem) => KeyTable.From(
        problem.People.Select(p => KeyValuePair.Create(p.Id, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("key of " + p.Id))))));

    /// <summary>The public part or the whole of a lottery.</summary>
    public static PublishedLottery In(this PublishedLottery lottery, Form form) => form is Form.Public or Form.ClosedPublic ? lottery.ToPublic() : lottery;

    /// <summary>What verification answers where nothing is wrong: the public cannot look into closed tickets.</summary>
    public static int HonestAnswer(PublishedLottery lottery) => lottery.IsRehearsal ? 5 : lottery.Ballots is null ? 6 : 0;

    private static PublishedLottery Make((Form Form, DrawMethod Method, bool IsRehearsal) wanted) => Publish(
        Lottery,
        Ballots,
        Announcement(wanted.Method),
        wanted.Form is Form.ClosedPrivate or Form.ClosedPublic ? TicketForm.Closed : TicketForm.Open,
        isRehearsal: wanted.IsRehearsal).In(wanted.Form);

    public static DrawAnnouncement Announcement(DrawMethod method) => method switch
    {
        DrawMethod.Number => DrawAnnouncement.ByNumber("two balls, at the town hall"),
        DrawMethod.Text => DrawAnnouncement.ByText("the numbers of the evening", "numbers 7 1 36 distinct sorted"),
        DrawMethod.Both => DrawAnnouncement.ByBoth("two balls, and the numbers of the evening after", "numbers 7 1 36 distinct sorted"),
        _ => DrawAnnouncement.Local,
    };

    /// <summary>A draw as it was announced, and what comes before it, recorded with the files; opened by the whole lottery.</summary>
    public static DrawRecord Draw(PublishedLottery lottery, string folder, PublishedLottery? whole = null)
    {
        DrawHistory history = DrawHistory.Read(folder);
        if (lottery.Announcement.Method == DrawMethod.Both && history.Urn is null)
        {
            history.WriteUrn(folder, lottery, 17);
            history = DrawHistory.Read(folder);
        }

        PublishedLottery opened = lottery.Ballots is null ? whole ?? Of(Form.ClosedPrivate, lottery.Announcement.Method, lottery.IsRehearsal) : lottery;
        DrawRecord record = lottery.Announcement.Method switch
        {
            DrawMethod.Number => DrawRecord.ByNumber(opened, 7, history),
            DrawMethod.Local => DrawRecord.Locally(opened, history),
            _ => DrawRecord.ByText(opened, Text, history),
        };
        record.Write(folder);
        return record;
    }

    private static IEnumerable<(string Id, string? Address, string Gender, string Age)> People()
    {
        for (int i = 0; i < 16; i++)
        {
            string id = i == 0 ? "=p00" : $"p{i:00}";
            string? address = i is >= 4 and < 10 ? $"street {i / 2}" : null;
            yield return (id, address, i % 2 == 0 ? "f" : "m", i == 15 ? "ancient, \"wise\"" : i % 3 == 1 ? "young" : "old");
        }
    }
}
