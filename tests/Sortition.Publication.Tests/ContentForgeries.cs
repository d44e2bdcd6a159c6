using System.Globalization;
using System.Text.Json.Nodes;
using Sortition.Core;
using Sortition.Core.Ballots;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Publication.Format;

namespace Sortition.Publication.Tests;

/// <summary>Forgeries of what files hold: each is well formed, or nearly so, and false.</summary>
internal static class ContentForgeries
{
    private const string Publication = "publication.json";
    private const string Private = "private.json";
    private const string OtherRoot = "1111111111111111111111111111111111111111111111111111111111111111";

    /// <summary>Texts that look like the announced result, or could be meant by it, beside the one way to write it.</summary>
    public static IEnumerable<string> OtherSpellings { get; } =
    [
        "3,7,11,19,24,30,36", "3, 7, 11, 19, 24, 30, 36", "3-7-11-19-24-30-36", "3  7 11 19 24 30 36", "03 07 11 19 24 30 36", "36 30 24 19 11 7 3", "3 11 7 19 24 30 36",
        "3 7 11 19 24 30 36.", " 3 7 11 19 24 30 36", "3 7 11 19 24 30 36 ", "3 7 11 19 24 30 36\n", "3\t7 11 19 24 30 36", "+3 7 11 19 24 30 36", "3 7 11 19 24 30", "3 7 11 19 24 30 36 5",
        "3 3 11 19 24 30 36", "0 7 11 19 24 30 36", "3 7 11 19 24 30 37", "３ 7 11 19 24 30 36", "٣ 7 11 19 24 30 36", "3 7 11 19 24 30 00000000036", "3 7 11 19 24 30 4294967332", "", " ", "public",
        .. ((int[])[0x200B, 0x200C, 0x200D, 0x2060, 0x200F, 0xFE0F, 0x3164, 0x2800, 0x034F, 0xAD, 1, 0x7F, 0xA0, 0x2009, 0xFEFF, 0xE0020]).Select(char.ConvertFromUtf32).SelectMany(hidden => (string[])[
            Example.Text + hidden, Example.Text.Insert(3, hidden), Example.Text.Replace(" 30", hidden + "30", StringComparison.Ordinal)]),
    ];

    public static IEnumerable<Forgery> All() =>
    [
        .. Names(), .. Sizes(), .. Quotas(), .. Certificates(), .. Unselectable(), .. Ballots(), .. Deceptions(), .. PrivateParts(), .. Announcements(), .. Texts(), .. Records(), .. Rounds(),
    ];

    private static IEnumerable<Forgery> Names()
    {
        const string Group = "features and values twice, that look like others, with invisible signs or in another form";
        yield return Of(Group, Publication, "a value with a space", "(\"value\": \"f)\"", " \"");
        yield return Of(Group, Publication, "a value that is none", "(\"value\": \")f", "x");
        yield return Of(Group, Publication, "a feature twice", "(\"features\": \\[)(\\s*\\{[^\\}]+\\})", "$2,$2");
        yield return Of(Group, Publication, "a value of a feature twice", "(\"values\": \\[)(\\s*\"[^\"]+\")", "$2,$2");
        yield return Of(Group, Publication, "a feature that nobody sees", "()\"gender\"", "\"\u2800\"", all: true);
        yield return Of(Group, Publication, "a feature without a name", "()\"gender\"", "\"\"", all: true);
        foreach (string odd in (string[])["\u200b", "\u2060", "\u00ad", "\u3164", "\u00a0", "\u2003", "\ufe0f", "\ufeff", "\u200d", "\u200c", " ", "  x", "\u200d\u200cx", " \u200dx", "\u2028", "\u0085", "\\t", "\\n"])
        {
            yield return Of(Group, Publication, $"a name with {string.Concat(odd.Select(c => FormattableString.Invariant($"<{(int)c:X}>")))}", "()\"gender\"", $"\"gender{odd}\"", all: true) with { Kind = "a name with a sign that nobody sees" };
        }

        yield return Of(Group, Publication, "a name not composed", "()\"gender\"", "\"ge\u0301nder\"", all: true);
        foreach (string alike in (string[])["GENDER", "g\u200dender", "gen\u200cder", "\uff47ender"])
        {
            yield return Of(Group, Publication, $"a feature written {string.Concat(alike.Select(c => FormattableString.Invariant($"{(int)c:X} ")))}", "()\"age\"", $"\"{alike}\"", all: true) with { Kind = "two features that are one name" };
            yield return Of(Group, Publication, $"a value written {string.Concat(alike.Select(c => FormattableString.Invariant($"{(int)c:X} ")))}", "()\"(?:young|old)\"", $"\"{alike}\"", all: true) with { Kind = "two values that are one name" };
        }

        // Honest: what stands within a word and says how it is written.
        yield return Of(Group, Publication, "a name with a joiner within", "()\"gender\"", "\"gen\u200dder\"", all: true) with { Answer = null, PublicAnswer = null };
        yield return Of(Group, Publication, "an objective that looks like another", "(\"objective\": \")leximin", "leximin\u200b");
        yield return Of(Group, Publication, "an objective in capitals", "(\"objective\": \")leximin", "Leximin") with { Answer = Verifiers.NotChecked, PublicAnswer = Verifiers.NotChecked };
        yield return Of(Group, Publication, "an objective with a space", "(\"objective\": \"leximin)", " ");
        yield return Of(Group, Publication, "an objective of no name", "(\"objective\": \")leximin", "");
        yield return Of(Group, Publication, "an objective of 101 signs", "(\"objective\": \")leximin", new string('x', 101));
    }

    private static IEnumerable<Forgery> Sizes()
    {
        const string Group = "sizes, types and households: out of order, that cannot be, without end, that contradict each other";
        yield return Of(Group, Publication, "an entitlement that goes without saying", "(\"values\": \"[^\"]+\")", ",\n   \"entitlement\": \"1/1\"");
        yield return Of(Group, Publication, "nobody must be in", "(\"values\": \"[^\"]+\"),\\s*\"mustBeIn\": true", "");
        yield return Of(Group, Publication, "somebody else must be in", "(\"people\": 3,\\s*\"values\": \"0 1\")", ",\n   \"mustBeIn\": true");
        yield return Of(Group, Publication, "false that goes without saying", "(\"mustBeIn\": )true", "false");
        yield return Of(Group, Publication, "more households than there are", "(\"households\": \\[\\s*)[0-9]+", "4");
        yield return Of(Group, Publication, "households without end", "(\"households\": \\[\\s*)[0-9]+", "2147483647");
        yield return Of(Group, Publication, "no households", "(\"households\": \\[)[^\\]]*", "");
        yield return Of(Group, Publication, "a class of households more", "(\"households\": \\[)(\\s*)([0-9]+)", "$2$3,$2$3");
        yield return Of(Group, Publication, "a class of households that there is not", "(\"householdClass\": )0", "9");
        yield return Of(Group, Publication, "classes of households exchanged", "(\"householdClass\": )0([\\s\\S]*?\"householdClass\": )1", "1${2}0");
        yield return Of(Group, Publication, "no household limit", "(\"panelSize\": 4,)\\s*\"householdLimit\": 1,", "");
        yield return Of(Group, Publication, "another household limit", "(\"householdLimit\": )1", "2");
        yield return Of(Group, Publication, "a household limit of 0", "(\"householdLimit\": )1", "0");
        yield return Of(Group, Publication, "a household limit without end", "(\"householdLimit\": )1", "2147483647");
        yield return Of(Group, Publication, "a person more", "(\"people\": )16", "17");
        yield return Of(Group, Publication, "a person less", "(\"people\": )16", "15");
        yield return Of(Group, Publication, "a person of a type more", "(\"people\": )3", "4");
        yield return Of(Group, Publication, "types of nobody", "(\"people\": )3", "0");
        yield return Of(Group, Publication, "no types", "(\"types\": \\[)[\\s\\S]*(?=\\],\\s*\"households\")", "");
        yield return Of(Group, Publication, "a type twice", "(\"types\": \\[)(\\s*\\{[^\\}]+\\})", "$2,$2");
        yield return Of(Group, Publication, "types in another order", "(\"types\": \\[)(\\s*\\{[^\\}]+\\}),(\\s*\\{[^\\}]+\\})", "$3,$2");
        yield return Of(Group, Publication, "a smaller smallest group", "(\"smallestGroup\": )3", "1");
        yield return Of(Group, Publication, "a smallest group of 0", "(\"smallestGroup\": )3", "0");
        yield return Of(Group, Publication, "a smallest group without end", "(\"smallestGroup\": )3", "2147483647");
        yield return Of(Group, Publication, "no smallest group", "(\"people\": 16,)\\s*\"smallestGroup\": 3,", "");
        yield return Of(Group, Publication, "a smallest group where nothing is told", "(\"tickets\": \"closed\"[\\s\\S]*?\"people\": 16,)", "\n \"smallestGroup\": 3,");
        yield return Of(Group, Publication, "tickets that are called closed", "(\"tickets\": \")open", "closed");
        yield return Of(Group, Publication, "tickets that are called open", "(\"tickets\": \")closed", "open");
        yield return Of(Group, Publication, "tickets of another kind", "(\"tickets\": \")(?:open|closed)", "torn");
        yield return Of(Group, Publication, "fewer ballots", "(\"ballots\": )20", "19");
        yield return Of(Group, Publication, "more ballots", "(\"ballots\": )20", "21");
        yield return Of(Group, Publication, "no ballots", "(\"ballots\": )20", "0");
        yield return Of(Group, Publication, "ballots without end", "(\"ballots\": )20", "1000001");
        yield return Of(Group, Publication, "a smaller panel", "(\"panelSize\": )4", "3");
        yield return Of(Group, Publication, "a larger panel", "(\"panelSize\": )4", "5");
        yield return Of(Group, Publication, "a panel without end", "(\"panelSize\": )4", "2147483647");
        yield return Of(Group, Publication, "people without end", "(\"types\": \\[\\s*\\{\\s*\"people\": )[0-9]+", "2147483647");
        yield return Of(
            Group, Publication, "all sizes without end", "(\"panelSize\": )4([\\s\\S]*?\"people\": )16([\\s\\S]*?\"types\": \\[\\s*\\{\\s*\"people\": )[0-9]+", "2147483647${2}2147483647${3}2147483647");
    }

    private static IEnumerable<Forgery> Quotas()
    {
        const string Group = "quotas and panels: twice, on nobody, that no panel meets, weights that do not add up or overflow";
        yield return Of(Group, Publication, "a quota twice", "(\"quotas\": \\[)(\\s*\\{[\\s\\S]*?\\}\\s*\\],[^\\}]+\\})", "$2,$2");
        yield return Of(Group, Publication, "a quota left out", "(\"quotas\": \\[)\\s*\\{[\\s\\S]*?\\}\\s*\\],[^\\}]+\\},", "");
        yield return Of(Group, Publication, "a minimum above the maximum", "(\"min\": 2,\\s*\"max\": )2", "1");
        yield return Of(Group, Publication, "a quota that no panel meets", "(\"min\": )2(,\\s*\"max\": )2", "3${2}3");
        yield return Of(Group, Publication, "a condition of nothing", "(\"condition\": \\[)[^\\]]*", "");
        yield return Of(Group, Publication, "a condition twice in a quota", "(\"condition\": \\[)(\\s*\\{[^\\}]+\\})", "$2,$2");
        yield return Of(Group, Publication, "a condition of two values of one feature", "(\"condition\": \\[)(\\s*\\{\\s*\"feature\": \"gender\",\\s*\"value\": \")f(\"\\s*\\})", "$2f$3,$2m$3");
        yield return Of(Group, Publication, "a quota in other words", "(\"min\": 0,\\s*\"max\": 0\\s*\\},)(\\s*\\{\\s*\"condition\": \\[)(\\s*\\{[^\\}]+\\}),(\\s*\\{[^\\}]+\\})([^\\}]+\\})", "$2$3,$4$5,$2$4,$3$5");
        yield return Of(Group, Publication, "a panel twice", "(\"panels\": \\[)(\\s*\\{[\\s\\S]*?\\})", "$2,$2");
        yield return Of(Group, Publication, "a panel left out", "(\"panels\": \\[)\\s*\\{[\\s\\S]*?\\},", "");
        yield return Of(Group, Publication, "no panels", "(\"panels\": \\[)[\\s\\S]*?(?=\\],\\s*\"objective\")", "");
        yield return Of(Group, Publication, "weights exchanged", "(\"panels\": \\[\\s*\\{\\s*\"weight\": )(\"[0-9]+\")([\\s\\S]*?\"weight\": )(\"[0-9]+\")", "$4$3$2");
        yield return Of(Group, Publication, "a weight of 0", "(\"weight\": )\"[0-9]+\"", "\"0\"");
        yield return Of(Group, Publication, "a weight below 0", "(\"weight\": \")(?=[0-9])", "-");
        yield return Of(Group, Publication, "a weight more by one", "(\"weight\": \"[0-9]+)[0-8]\"", "9\"");
        yield return Of(Group, Publication, "another person in a panel", "(\"seats\": \")1:1 4:1 6:1", "2:1 4:1 6:1");
        yield return Of(Group, Publication, "a panel without whoever must be in", "(\"seats\": \")1:1 4:1 6:1", "1:2 6:1");
        yield return Of(Group, Publication, "panels in another order", "(\"panels\": \\[)(\\s*\\{[^\\}]+\\}),(\\s*\\{[^\\}]+\\})", "$3,$2") with { Answer = null, PublicAnswer = null };

        // 2^62 + 2^64 is 2^62 to a program whose sums of 64 bits run over.
        yield return new(Group, "weights that run over", "publication.json: weights that run over", Edited(Publication, json =>
        {
            JsonArray panels = json["panels"]!.AsArray();
            for (int p = 0; p < 4; p++)
            {
                long weight = long.Parse(panels[p]!["weight"]!.GetValue<string>(), CultureInfo.InvariantCulture);
                panels[p]!["weight"] = (weight + (1L << 62)).ToString(CultureInfo.InvariantCulture);
            }
        }));
    }

    private static IEnumerable<Forgery> Certificates()
    {
        const string Group = "the certificate: another objective, parameter, status or epsilon; claims left out, doubled, of other weights or limits, that run over";
        yield return Of(Group, Publication, "another objective", "(\"objective\": \")leximin", "maximin");
        yield return Of(Group, Publication, "a weighted objective", "(\"objective\": \")leximin", "weighted-leximin") with { Answer = null, PublicAnswer = null };
        yield return Of(Group, Publication, "an objective with caps", "(\"objective\": \")leximin", "minimax");
        yield return Of(Group, Publication, "an objective of one's own", "(\"objective\": \")leximin", "fairest") with { Answer = Verifiers.NotChecked, PublicAnswer = Verifiers.NotChecked };
        yield return Of(Group, Publication, "a parameter where there is none", "(\"objective\": \"leximin\",)", "\n \"parameter\": \"1/2\",");
        yield return Of(Group, Publication, "no parameter where there is one", "(\"objective\": \"goldilocks\",)\\s*\"parameter\": \"[^\"]+\",", "") with { OfGoldilocks = true };
        yield return Of(Group, Publication, "another parameter", "(\"parameter\": )\"[^\"]+\"", "\"3/1\"") with { OfGoldilocks = true };
        yield return Of(Group, Publication, "a status that is none", "(\"status\": \")provenOptimal", "proven");
        yield return Of(Group, Publication, "an epsilon without its status", "(\"status\": \"provenOptimal\",)", "\n \"epsilon\": \"0/1\",");
        yield return Of(Group, Publication, "a status without its epsilon", "(\"status\": \")provenOptimal", "epsilonLeximin");
        yield return Of(Group, Publication, "an epsilon too large", "(\"status\": \")provenOptimal\"", "epsilonLeximin\",\n \"epsilon\": \"1/4\"");
        yield return Of(Group, Publication, "an epsilon of another objective", "(\"objective\": \"goldilocks\",\\s*\"parameter\": \"[^\"]+\",\\s*\"status\": \")provenOptimal\"", "epsilonLeximin\",\n \"epsilon\": \"1/4194304\"") with { OfGoldilocks = true };
        yield return Of(Group, Publication, "a claim left out", "(\"claims\": \\[\\s*)\\{[\\s\\S]*?\\]\\s*\\},\\s*", "");
        yield return Of(Group, Publication, "all claims left out", "(\"claims\": \\[)[\\s\\S]*?(?=\\],\\s*\"unselectable\")", "");
        yield return Of(Group, Publication, "a claim twice", "(\"claims\": \\[)(\\s*\\{[\\s\\S]*?\\]\\s*\\})", "$2,$2");
        yield return Of(Group, Publication, "two claims for one", "(\"claims\": \\[)(\\s*\\{[\\s\\S]*?\\]\\s*\\})", "$2,$2") with { Name = "publication.json: two claims for one", OfGoldilocks = true };
        yield return Of(Group, Publication, "claims in another order", "(\"claims\": \\[)(\\s*\\{[\\s\\S]*?\\]\\s*\\}),(\\s*\\{[\\s\\S]*?\\]\\s*\\})", "$3,$2");
        yield return Of(Group, Publication, "weights that are taken off", "(\"weights\": (\"[^\"]+\"),)", "\n   \"capWeights\": \"0\",");
        yield return Of(Group, Publication, "no weights that are taken off", "(\"weights\": \"[^\"]+\",)\\s*\"capWeights\": \"[^\"]+\",", "") with { OfGoldilocks = true };
        yield return Of(Group, Publication, "weights of nobody that are taken off", "(\"capWeights\": )\"[^\"]+\"", "\"\"") with { OfGoldilocks = true };
        yield return Of(Group, Publication, "a weight below 0 in a claim", "(\"weights\": \"0 )1", "-1");
        yield return Of(Group, Publication, "a weight too few", "(\"weights\": \")0 ", "");
        yield return Of(Group, Publication, "a weight too many", "(\"weights\": \")0 ", "0 0 ");
        yield return Of(Group, Publication, "weights beyond 2^61", "(\"weights\": \"0 )1", "2305843009213693952");
        yield return Of(Group, Publication, "weights that run over in a sum", "(\"weights\": \")0 1 1 1", "0 9223372036854775807 9223372036854775807 9223372036854775807");
        yield return Of(Group, Publication, "a lower limit", "(\"limit\": \")1", "0");
        yield return Of(Group, Publication, "a higher limit", "(\"limit\": \")3", "4");
        yield return Of(Group, Publication, "a limit without end", "(\"limit\": )\"1\"", "\"9223372036854775807\"");
        yield return Of(Group, Publication, "a limit below all", "(\"limit\": )\"1\"", "\"-9223372036854775807\"");
        yield return Of(Group, Publication, "no prices, and a lower limit", "(\"limit\": \")1(\",\\s*\"prices\": \\[)\\s*\"[^\"]+\"\\s*", "0$2");
        yield return Of(Group, Publication, "a price that runs over", "(\"prices\": \\[\\s*\"quotaMaximum 0 )1", "9223372036854775807");
        yield return Of(Group, Publication, "two prices that run over together", "(\"prices\": \\[)\\s*\"panelSize 1\",\\s*\"quotaMinimum 2 -1\"", "\n    \"panelSize 4611686018427387904\",\n    \"quotaMaximum 0 9223372036854775807\"");
        yield return Of(Group, Publication, "a limit too low by a sum that runs over", "(\"limit\": \")1(\",\\s*\"prices\": \\[\\s*\"quotaMaximum 0 )1", "0${2}9223372036854775807");
    }

    private static IEnumerable<Forgery> Unselectable()
    {
        const string Group = "people called unable to be chosen without reason, for other reasons, with a chance, twice; and such people not listed";
        yield return Of(Group, Publication, "a type without a chance left out", "(\"unselectable\": \\[)[\\s\\S]*(?=\\]\n\\})", "");
        yield return Of(Group, Publication, "another reason", "(\"quotaMaximum )4(?=\"\\s*\\]\\s*\\}\\s*\\]\n)", "3");
        yield return Of(Group, Publication, "no reason", "(\"reasons\": \\[)[\\s\\S]*?(?=\\])", "");
        yield return Of(Group, Publication, "a reason that there is not", "(\"reasons\": \\[\\s*\"quotaMaximum )4", "40");
        foreach (string reason in (string[])["householdLimit", "householdLimit 0", "mustBeIn", "panelSize", "mustBeIn 0", "quotaMaximum", "QuotaMaximum 4", "quotaMaximum 04", "quotaMaximum 4 1", "sex"])
        {
            yield return Of(Group, Publication, $"the reason {reason}", "(\"reasons\": \\[\\s*\")quotaMaximum 4", reason) with { Kind = "a reason that excludes nobody, or is none" };
        }

        yield return Of(Group, Publication, "a type listed that has a chance", "(\"unselectable\": \\[)", "\n  {\n   \"type\": 0,\n   \"reasons\": [\n    \"panelSize\"\n   ]\n  },");
        yield return Of(Group, Publication, "all types listed", "(\"unselectable\": \\[\\s*\\{\\s*\"type\": )0", "3");
        yield return Of(Group, Publication, "a type listed twice", "(\"unselectable\": \\[)([\\s\\S]*\\})(?=\\s*\\]\n)", "$2,$2");
        yield return Of(Group, Publication, "a type listed that is not there", "(\"type\": )[0-9]+(?=,\\s*\"reasons\")", "999");
    }

    private static IEnumerable<Forgery> Ballots()
    {
        const string Group = "ballots and tickets: too few, too many, twice, in another order, with others, with ghosts, of types that are not told";
        yield return Of(Group, "ballots.csv", "a ballot left out", "(\n)[^\n]+\n", "");
        yield return Of(Group, "ballots.csv", "a ballot twice", "(\n)([^\n]+\n)", "$2$2");
        yield return Of(Group, "ballots.csv", "the number of a ballot", "(\n)00", "0");
        yield return Of(Group, "ballots.csv", "a member twice", "(\n[^,\n]+,)([^,\n]+),[^,\n]+", "$2,$2");
        yield return Of(Group, "ballots.csv", "members in another order", "(\n[^,\n]+,)([^,\n]+),([^,\n]+)", "$3,$2");
        yield return Of(Group, "ballots.csv", "a member that there is not", "(\n[^\n]+,)[0-9]+(?=\n)", "17");
        yield return Of(Group, "ballots.csv", "member 0", "(\n[0-9]+,)[0-9]+(?=,)", "0");
        yield return Of(Group, "ballots.csv", "two ballots exchanged", "(\n00)([^\n]+)(\n01)([^\n]+)", "$4$3$2") with { PublicAnswer = null };
        yield return Of(Group, "ballots.csv", "a ticket on two ballots", "(\n00,)([^,]+)([^\n]+\n01,)[^,\n]{64}", "$2$3$2");
        yield return Of(Group, "ballots.csv", "a ghost ticket", "(\n00,)0[0-9a-f]{63}", new string('0', 64)) with { PublicAnswer = null };
        yield return Of(Group, "ballots.csv", "a ticket in capitals", "(\n00,[0-9]*)[a-f]", "A");
        yield return Of(Group, "people.csv", "a type that is not theirs", "(\n[0-9a-f]{64},)2(?=\n)", "6");
        yield return Of(Group, "people.csv", "a type told that should not be", "(\n[0-9a-f]{64},)(?=\n)", "1");
        yield return Of(Group, "people.csv", "a type not told that should be", "(\n[0-9a-f]{64},)2(?=\n)", "");
        yield return Of(Group, "people.csv", "a type that there is not", "(\n[0-9a-f]{64},)2(?=\n)", "99");
        yield return Of(Group, "people.csv", "type 0", "(\n[0-9a-f]{64},)2(?=\n)", "0");
        yield return Of(Group, "people.csv", "another tag", "(\n[0-9a-f]{63})[0-9a-f](?=,?[0-9]*\n)", "0") with { PublicAnswer = null };
    }

    /// <summary>Lotteries made by the library that are consistent in all but one thing.</summary>
    private static IEnumerable<Forgery> Deceptions()
    {
        const string Group = "lotteries made anew, consistent in all but one thing";
        yield return Ballots("all ballots one panel", rows => [.. rows.Select(_ => rows[0])]);
        yield return Ballots("half of the ballots one panel", rows => [.. rows.Select((row, b) => b % 2 == 0 ? rows[0] : row)]);
        yield return Ballots("a panel on five ballots more", rows => [.. rows.Select((row, b) => b < 5 ? rows[7] : row)]);
        yield return Lottery("a lottery of one panel", (honest, _) => (1, honest.Uncovered, honest.Certificate)) with { Answer = Verifiers.Wrong, PublicAnswer = Verifiers.Wrong };
        yield return Lottery("the others called unable to be chosen", (honest, others) =>
            (1, [.. others.Select(i => new UnselectablePerson(i, honest.Problem.People[i].Status == PersonStatus.MustBeOut ? [] : [new(ConstraintKind.QuotaMaximum, honest.Problem.Quotas[0])]))], honest.Certificate));
        yield return Lottery("everybody called unable to be chosen", (honest, _) =>
            (honest.Panels.Count, [.. Enumerable.Range(0, honest.Problem.People.Count).Select(i => new UnselectablePerson(i, []))], honest.Certificate));
        yield return Lottery("six panels for twelve", (honest, _) => (6, honest.Uncovered, honest.Certificate));

        Forgery Ballots(string what, Func<IReadOnlyList<string>[], IEnumerable<IReadOnlyList<string>>> change) => new(Group, what, what, (folder, form) =>
        {
            IReadOnlyList<string>[] rows = [.. BallotRounding.Round(Example.Lottery, Example.Ballots, RandomSource.Seeded("seed")).Rows.Select(r => (IReadOnlyList<string>)[.. r.Panel.Ids])];
            Write(folder, form, Example.Publish(Example.Lottery, PanelTable.FromBallots(Example.Problem, change(rows)), tickets: TicketsOf(form)));
            return form is not Form.ClosedPublic;
        })
        { Answer = Verifiers.NotConfirmed, PublicAnswer = Verifiers.NotConfirmed };

        Forgery Lottery(string what, Func<PanelLottery, int[], (int Panels, IReadOnlyList<UnselectablePerson> Uncovered, Certificate Certificate)> change) => new(Group, what, what, (folder, form) =>
        {
            PanelLottery honest = Example.Lottery;
            HashSet<int> seated = [.. honest.Panels[0].Seats.Select(s => s.Type)];
            int[] others = [.. Enumerable.Range(0, honest.Problem.People.Count).Where(i => !honest.Types.Where((_, t) => seated.Contains(t)).Any(t => t.Members.Contains(i)))];
            (int panels, IReadOnlyList<UnselectablePerson> uncovered, Certificate certificate) = change(honest, others);
            long rest = PanelLottery.WeightTotal - honest.Panels.Take(panels).Sum(p => p.Weight);
            PanelLottery forged = PanelLottery.Create(honest.Problem, honest.Panels.Take(panels).Select((p, i) => (p.Seats, p.Weight + (i == 0 ? rest : 0))), uncovered, certificate);
            Write(folder, form, Example.Publish(forged, Example.Ballots, tickets: TicketsOf(form)));
            return true;
        });

        static TicketForm TicketsOf(Form form) => form is Form.ClosedPrivate or Form.ClosedPublic ? TicketForm.Closed : TicketForm.Open;

        static void Write(TemporaryFolder folder, Form form, PublishedLottery lottery)
        {
            Array.ForEach(Directory.GetFiles(folder.Path), File.Delete);
            lottery.In(form).Write(folder.Path);
        }
    }

    private static IEnumerable<Forgery> PrivateParts()
    {
        const string Group = "the private part: keys, ids, features, households, statuses, ballots changed, doubled or in another order";
        yield return Of(Group, Private, "a key of somebody else", "(\"key\": \")([0-9a-f]{64})([\\s\\S]*?\"key\": \")([0-9a-f]{64})", "$4$3$2");
        yield return Of(Group, Private, "a key in capitals", "(\"key\": \"[0-9]*)[a-f]", "A");
        yield return Of(Group, Private, "two people with one key", "(\"key\": \")([0-9a-f]{64})([\\s\\S]*?\"key\": \")([0-9a-f]{64})", "$2$3$2");
        yield return Of(Group, Private, "another id", "(\"id\": \")p01", "p1");
        yield return Of(Group, Private, "an id twice", "(\"id\": \")p02", "p01");
        yield return Of(Group, Private, "a blank id", "(\"id\": \")=p00", " ");
        foreach (string odd in (string[])["\u200b", "\u200d", "\u00a0", " ", "\u0301"])
        {
            yield return Of(Group, Private, $"an id with U+{(int)odd[0]:X4}", "(\"id\": \")p01", "p01" + odd) with { Kind = "an id with a sign that nobody sees" };
        }

        yield return Of(Group, Private, "an id told from another by a joiner", "(\"id\": \")p02", "p\u200d01");
        yield return Of(Group, Private, "two people exchanged", "(\\},)(\\s*\\{\\s*\"id\": \"p01\"[^\\}]+\\}),(\\s*\\{[^\\}]+\\})", "$3,$2");
        yield return Of(Group, Private, "a person left out", "(\"people\": \\[)\\s*\\{[^\\}]+\\},", "");
        yield return Of(Group, Private, "other features", "(\"values\": \")[0-9]", "1");
        yield return Of(Group, Private, "a value too many", "(\"values\": \"[^\"]+)", " 0");
        yield return Of(Group, Private, "nobody must be out", "(\"[^\"]+\"),\\s*\"status\": \"mustBeOut\"", "");
        yield return Of(Group, Private, "nobody must be in", "(\"[^\"]+\"),\\s*\"status\": \"mustBeIn\"", "");
        yield return Of(Group, Private, "a status that is none", "(\"status\": \")mustBeOut", "out");
        yield return Of(Group, Private, "a status that goes without saying", "(\"values\": \"[^\"]+\")(?=,\\s*\"ballots\")", ",\n   \"status\": \"free\"");
        yield return Of(Group, Private, "an entitlement that goes without saying", "(\"values\": \"[^\"]+\")", ",\n   \"entitlement\": \"1/1\"");
        yield return Of(Group, Private, "an entitlement of somebody who must be out", "(\"status\": \"mustBeOut\")", ",\n   \"entitlement\": \"2/1\"") with { Answer = null };
        yield return Of(Group, Private, "a ballot twice", "(\"ballots\": \")([0-9]+) ", "$2 $2 ");
        yield return Of(Group, Private, "a ballot that there is not", "(\"ballots\": \"[0-9 ]+)(?=\")", " 20");
        yield return Of(Group, Private, "ballots in another order", "(\"ballots\": \")([0-9]+) ([0-9]+)", "$3 $2");
        yield return Of(Group, Private, "ballots of two exchanged", "(\"id\": \"p01\"[\\s\\S]*?\"ballots\": )(\"[^\"]+\")([\\s\\S]*?\"ballots\": )(\"[^\"]+\")", "$4$3$2");
        yield return Of(Group, Private, "no household", "(\"values\": \"[^\"]+\"),\\s*\"household\": [0-9]+", "");
        yield return Of(Group, Private, "households exchanged", "(\"household\": )0([\\s\\S]*?\"household\": )0([\\s\\S]*?\"household\": )1([\\s\\S]*?\"household\": )1", "1${2}1${3}0${4}0");
        yield return Of(Group, Private, "a household of another number", "(\"household\": )0([\\s\\S]*?\"household\": )0", "7${2}7");
        yield return Of(Group, Private, "a household more", "(\"id\": \"p01\"[\\s\\S]*?\"values\": \"[^\"]+\")", ",\n   \"household\": 0");
        yield return Of(Group, Private, "a blinding that is none", "(\"blinding\": \")[0-9a-f]+", "bb");
        yield return Of(Group, Private, "another blinding", "(\"blinding\": \")[0-9a-f]{4}", "0000");

        // A seed is what the organiser says; --redo-rounding is for it.
        yield return Of(Group, Private, "another seed", "(\"seed\": \")seed", "other") with { Answer = null };
    }

    private static IEnumerable<Forgery> Announcements()
    {
        const string Group = "the announcement: members too many or too few, forms that are none, with too few texts, or said to have more";
        yield return In("a text called a number", "(\"method\": )\"text\"", "\"number\"");
        yield return In("a text called local", "(\"method\": )\"text\"", "\"local\"");
        yield return In("a method that is none", "(\"method\": )\"text\"", "\"dice\"");
        yield return In("no source", "(\"method\": \"text\",)\\s*\"source\": \"[^\"]+\",", "");
        foreach (string blank in (string[])["", " ", "\u3000", "\\t"])
        {
            yield return In($"a source of {blank.Length} blank(s) {(blank.Length > 0 ? (int)blank[0] : 0)}", "(\"source\": )\"[^\"]+\"", $"\"{blank}\"") with { Kind = "a blank source" };
        }

        yield return In("no form", "(\"source\": \"[^\"]+\",)\\s*\"form\": \"[^\"]+\",", "");
        foreach (string form in (string[])[
            "any text", "numbers 7 1 36 distinct drawn", "numbers 07 1 36 distinct sorted", "numbers 7  1 36 distinct sorted", "numbers 7 1 36 distinct sorted ", "numbers 7 1 36 distinct", "Numbers 7 1 36 distinct sorted",
            "numbers 7 -1 36 distinct sorted", "numbers 7 1 1000000000 any drawn", "numbers 0 1 36 any drawn", "numbers 41 1 36 any drawn", "numbers 7 1 6 distinct sorted", "hex 0", "hex 1025", "hex 64 64", "hex", "text", ""])
        {
            yield return In($"the form {form}", "(\"form\": )\"[^\"]+\"", $"\"{form}\"") with { Kind = "a form that is none, or another one" };
        }

        yield return In("too few texts", "(\"form\": )\"[^\"]+\",\\s*\"possibleTexts\": \"[0-9]+\"", "\"numbers 2 1 6 any drawn\",\n  \"possibleTexts\": \"36\"");
        yield return In("too few texts, put in order", "(\"form\": )\"[^\"]+\",\\s*\"possibleTexts\": \"[0-9]+\"", "\"numbers 30 1 6 any sorted\",\n  \"possibleTexts\": \"324632\"");
        foreach (string texts in (string[])["8347681", "08347680", "+8347680", "8347680.0", "8.34768e6", ""])
        {
            yield return In($"{texts} possible texts", "(\"possibleTexts\": )\"[^\"]+\"", $"\"{texts}\"") with { Kind = "another number of possible texts" };
        }

        yield return In("possible texts as a number", "(\"possibleTexts\": )\"([0-9]+)\"", "$2");

        // What the organiser says on their own word.
        yield return In("another source", "(\"source\": )\"[^\"]+\"", "\"the numbers of the morning\"") with { Answer = null, PublicAnswer = null };

        static Forgery In(string what, string pattern, string replacement) => Of(Group, Publication, what, pattern, replacement);
    }

    private static IEnumerable<Forgery> Texts()
    {
        const string Group = "the text of the draw: other spellings, invisible signs, another method, in a record that fits in all else";
        foreach (string text in OtherSpellings)
        {
            string shown = string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c.ToString() : FormattableString.Invariant($"<{(int)c:X}>")));
            yield return Record(text.Any(c => c > '~') ? "a text with another sign" : "a text written otherwise", $"the text {shown}", DrawMethod.Text, DrawMethod.Text, text);
        }

        foreach (DrawMethod announced in Enum.GetValues<DrawMethod>())
        {
            foreach (DrawMethod used in ((DrawMethod[])[DrawMethod.Number, DrawMethod.Text, DrawMethod.Local]).Where(m => m != announced))
            {
                yield return Record("another method than announced", $"{used} for {announced}", announced, used, used switch
                {
                    DrawMethod.Number => null,
                    DrawMethod.Local => new string('0', 64),
                    _ => Example.Text,
                });
            }
        }

        foreach (string text in (string[])[Example.Text, new string('0', 63), new string('0', 65), new string('A', 64), " " + new string('0', 63)])
        {
            yield return Record("a machine's text that is none", $"a machine's text {text}", DrawMethod.Local, DrawMethod.Local, text);
        }

        static Forgery Record(string kind, string what, DrawMethod announced, DrawMethod used, string? text) => new Forgery(Group, kind, $"draw.json: {what}", (folder, form) =>
        {
            bool isClosed = form is Form.ClosedPrivate or Form.ClosedPublic;
            PublishedLottery whole = Example.Of(isClosed ? Form.ClosedPrivate : Form.Private, announced);
            Array.ForEach(Directory.GetFiles(folder.Path), File.Delete);
            whole.In(form).Write(folder.Path);
            Forger.Record(whole, used, text).Write(folder.Path);
            return true;
        }) with
        { KeepsSums = true };
    }

    private static IEnumerable<Forgery> Records()
    {
        const string Group = "records of draws: another ballot, root, digest, member, opening; taken out, put in between, out of order, of other lotteries; numbers called out that were not";
        yield return In("another ballot", "(\"ballot\": )\"[0-9]+\"", "\"03\"");
        foreach (string ballot in (string[])["5", "005", "+5", " 05", "\uff105", "5.0", "99", "20", "4294967301", ""])
        {
            yield return In($"ballot {ballot}", "(\"ballot\": )\"[0-9]+\"", $"\"{ballot}\"") with { Kind = "a ballot that is none" };
        }

        yield return In("another root", "(\"root\": )\"[0-9a-f]+\"", $"\"{OtherRoot}\"");
        yield return In("a root in capitals", "(\"root\": \"[0-9]*)([a-f])", "A");
        yield return In("another digest", "(\"digests\": \\[\\s*\")[0-9a-f]{4}", "0000");
        yield return In("no digest", "(\"digests\": \\[)[^\\]]*", "");
        yield return In("a digest more", "(\"digests\": \\[)(\\s*\"[^\"]+\")", "$2,$2");
        yield return In("one more among the members", "(\"members\": \\[\\s*[0-9]+,)", "\n  2,");
        yield return In("one less among the members", "(\"members\": \\[)\\s*[0-9]+,", "");
        yield return In("one twice among the members", "(\"members\": \\[)(\\s*[0-9]+),\\s*[0-9]+", "$2,$2");
        yield return In("members not ascending", "(\"members\": \\[)(\\s*[0-9]+),(\\s*[0-9]+)", "$3,$2");
        foreach (string member in (string[])["0", "17", "-1", "1e0", "01", "1.0", "4294967297", "null", "\"1\"", "true"])
        {
            yield return In($"member {member}", "(\"members\": \\[\\s*)[0-9]+", member) with { Kind = "a member that is none" };
        }

        yield return In("follows nothing", "(\"method\": \"both\",)", $"\n \"follows\": \"{OtherRoot}\",");
        yield return In("another urn", "(\"urn\": )\"17\"", "\"18\"");
        yield return In("no urn", "(\"method\": \"both\",)\\s*\"urn\": \"17\",", "");
        yield return In("null for what is left out", "(\"method\": \"both\",)", "\n \"follows\": null,");
        yield return In("another opening", "(\"openings\": \\[\\s*\")[0-9a-f]{4}", "0000");
        yield return In("openings exchanged", "(\"openings\": \\[)(\\s*\"[^\"]+\"),(\\s*\"[^\"]+\")", "$3,$2");
        yield return In("an opening less", "(\"openings\": \\[)\\s*\"[^\"]+\",", "");
        yield return In("an opening more", "(\"openings\": \\[)(\\s*\"[^\"]+\")", "$2,$2");
        yield return In("no openings", "(\\]),\\s*\"openings\": \\[[^\\]]*\\]", "");
        yield return In("openings of open tickets", "(\"members\": \\[[^\\]]*\\])(?=\\s*\\})", ",\n \"openings\": []");
        yield return new(Group, "opened with the keys of others", "draw.json: opened with the keys of others", (folder, form) =>
        {
            // All four seats are opened by people who hold no ticket of this ballot, each with their own key.
            PublishedLottery whole = Example.Of(Form.ClosedPrivate, DrawMethod.Both);
            JsonNode json = JsonNode.Parse(folder.Read("draw.json"))!;
            int ballot = int.Parse(json["ballot"]!.GetValue<string>(), CultureInfo.InvariantCulture);
            int[] others = [.. Enumerable.Range(0, whole.People.Count).Where(i => !whole.Ballots![ballot].Contains(i)).Take(4)];
            json["members"] = new JsonArray([.. others.Select(i => JsonValue.Create(i + 1))]);
            json["openings"] = new JsonArray([.. others.Select(i => JsonValue.Create(whole.Keys!.OpeningOf(whole.People[i].Id!, ballot)))]);
            WriteJson(folder["draw.json"], json);
            return form is Form.ClosedPrivate or Form.ClosedPublic;
        })
        { Drawn = DrawMethod.Both, KeepsSums = true };

        foreach (string number in (string[])["18", "99", "7", "007", "", "+7", "-1", "1e1", "\u0661\u0667"])
        {
            yield return Urn($"the number called out is {number}", "(\"number\": )\"17\"", $"\"{number}\"") with { Kind = "another number called out, or none" };
        }

        yield return Urn("a number of another lottery", "(\"root\": )\"[0-9a-f]+\"", $"\"{OtherRoot}\"");
        yield return Moved("the number called out is not there", DrawMethod.Both, folder => File.Delete(folder["urn.json"]));
        yield return Moved("a number called out that nobody announced", DrawMethod.Text, folder => WriteUrn(folder, "03"));
        yield return new(Group, "a number called out before a draw by text", "a number called out before a draw by text", (folder, _) =>
        {
            WriteUrn(folder, "03");
            return true;
        })
        { KeepsSums = true };

        // Names in other letters are other files: nothing has been drawn.
        yield return Moved("a record whose name has capitals", DrawMethod.Text, folder => File.Move(folder["draw.json"], folder["Draw.json"])) with { Answer = null, PublicAnswer = null };
        yield return Moved("two draws", DrawMethod.Text, folder => File.Copy(folder["draw.json"], folder["draw-2.json"]));
        yield return Moved("a second draw without the first", DrawMethod.Text, folder => File.Move(folder["draw.json"], folder["draw-2.json"]));
        yield return Moved("an annulment of another draw", DrawMethod.Text, folder => WriteAnnulment(folder, 1, OtherRoot, "a ball fell"));
        foreach (string reason in (string[])["", " ", "\u3000"])
        {
            yield return Moved($"an annulment without a reason of {reason.Length} sign(s) {(reason.Length > 0 ? (int)reason[0] : 0)}", DrawMethod.Text, folder => WriteAnnulment(folder, 1, null, reason)) with { Kind = "an annulment without a reason" };
        }

        yield return Moved("an annulment before a draw", null, folder => WriteAnnulment(folder, 1, OtherRoot, "a ball fell"));
        yield return Annulled("the first draw taken out", folder => File.Delete(folder["draw.json"]));
        yield return Annulled("the annulment taken out", folder => File.Delete(folder["annulment-1.json"]));
        yield return Annulled("annulments out of order", folder => File.Move(folder["annulment-1.json"], folder["annulment-2.json"]));
        yield return Annulled("the draws exchanged", folder =>
        {
            File.Move(folder["draw.json"], folder["draw-0.json"]);
            File.Move(folder["draw-2.json"], folder["draw.json"]);
            File.Move(folder["draw-0.json"], folder["draw-2.json"]);
        });
        yield return Annulled("the first draw in the place of the second", folder => File.Copy(folder["draw.json"], folder["draw-2.json"], overwrite: true));
        yield return Annulled("another reason", folder => File.WriteAllText(folder["annulment-1.json"], folder.Read("annulment-1.json").Replace("a ball fell", "no ball fell", StringComparison.Ordinal)));
        yield return Annulled("an annulment twice", folder => File.Copy(folder["annulment-1.json"], folder["annulment-2.json"]));

        yield return new(Group, "a draw from another lottery", "a draw from another lottery", (folder, form) =>
        {
            DrawRecord.ByText(Example.Of(form is Form.ClosedPrivate or Form.ClosedPublic ? Form.ClosedPrivate : Form.Private, DrawMethod.Text), Example.Text).Write(folder.Path + "/x");
            File.Copy(folder["x/draw.json"], folder["draw.json"], overwrite: true);
            return true;
        })
        { Drawn = DrawMethod.Local, KeepsSums = true };
        yield return new(Group, "a record by way of a link", "draw.json: a record by way of a link", (folder, _) =>
        {
            File.Move(folder["draw.json"], folder["elsewhere"]);
            File.CreateSymbolicLink(folder["draw.json"], folder["elsewhere"]);
            return true;
        })
        { Drawn = DrawMethod.Text, KeepsSums = true, Answer = null, PublicAnswer = null };

        static Forgery In(string what, string pattern, string replacement) => Of(Group, "draw.json", what, pattern, replacement) with { Drawn = DrawMethod.Both, KeepsSums = true };

        static Forgery Urn(string what, string pattern, string replacement) => Of(Group, "urn.json", what, pattern, replacement) with { Drawn = DrawMethod.Both, KeepsSums = true };

        static Forgery Moved(string what, DrawMethod? method, Action<TemporaryFolder> move) => new(Group, what, what, (folder, _) =>
        {
            move(folder);
            return true;
        })
        { Drawn = method, KeepsSums = true };

        static Forgery Annulled(string what, Action<TemporaryFolder> move) => Moved(what, DrawMethod.Text, move) with { Name = "annulled: " + what, IsAnnulled = true };

        static void WriteUrn(TemporaryFolder folder, string number) => WriteJson(folder["urn.json"], new JsonObject
        {
            ["format"] = "sortition-urn/1",
            ["root"] = RootOf(folder),
            ["number"] = number,
        });

        static void WriteAnnulment(TemporaryFolder folder, int number, string? draw, string reason) => WriteJson(folder[$"annulment-{number}.json"], new JsonObject
        {
            ["format"] = "sortition-annulment/1",
            ["draw"] = draw ?? HashOf(folder["draw.json"]),
            ["reason"] = reason,
        });
    }

    private static IEnumerable<Forgery> Rounds()
    {
        const string Group = "a replacement round where there is none; of other counts, quotas and seats";
        yield return Of(Group, Publication, "a round of an ordinary lottery", "(\"possibleTexts\": \"[0-9]+\"\\s*\\},)", "\n \"round\": {\n  \"panelSize\": 4,\n  \"staying\": 0,\n  \"quotas\": []\n },");
        foreach (object[] row in RoundTests.Forgeries.Where(row => row[0] is Form.Private))
        {
            (string fault, PublishedRound forged) = ((string)row[1], (PublishedRound)row[2]);
            yield return new(Group, "a round that does not add up", "round: " + fault, (folder, form) =>
            {
                Array.ForEach(Directory.GetFiles(folder.Path), File.Delete);
                new PublishedLottery(RoundExample.Of(form).Data with { Round = forged }).Write(folder.Path);
                return true;
            });
        }
    }

    private static Func<TemporaryFolder, Form, bool> Edited(string file, Action<JsonNode> edit) => (folder, _) =>
    {
        JsonNode json = JsonNode.Parse(folder.Read(file))!;
        edit(json);
        WriteJson(folder[file], json);
        return true;
    };

    /// <summary>As Python writes it.</summary>
    private static void WriteJson(string path, JsonNode json) => File.WriteAllText(path, json.ToJsonString(s_json) + "\n");

    private static readonly System.Text.Json.JsonSerializerOptions s_json = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static string RootOf(TemporaryFolder folder) => HashOf(folder["SHA256SUMS"]);

    private static string HashOf(string path) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)));

    private static Forgery Of(string group, string file, string what, string pattern, string replacement, bool all = false) =>
        new(group, what, $"{file}: {what}", Forgery.Text(file, pattern, replacement, all));
}
