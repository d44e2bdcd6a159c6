using Sortition.Core;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Publication.Checks;
using Sortition.Publication.Format;
using Xunit;

namespace Sortition.Publication.Tests;

/// <summary>One table of forgeries, whose fingerprints are made to fit, for both verifiers: each must give the answer that stands there. Needs <c>python3</c>.</summary>
public class BothVerifiersTests
{
    private const int Wrong = Verifiers.Wrong;

    private static readonly Lazy<PublishedLottery> s_goldilocks =
        new(() => Example.Publish(LotteryAlgorithms.Find("goldilocks", 2)!.Solve(Example.Problem).GetLotteryOrThrow(), Example.Ballots));

    public static TheoryData<string> Names => [.. Forgeries.ByName.Keys];

    [Theory]
    [Trait("Lane", "Slow")]
    [MemberData(nameof(Names))]
    public void Both_give_the_answer(string name)
    {
        Forgery forgery = Forgeries.ByName[name];
        int tried = 0;
        foreach (Form form in Enum.GetValues<Form>())
        {
            using TemporaryFolder folder = new();
            if (forgery.Write(folder, form))
            {
                tried++;
                Verifiers.AssertAnswer(forgery.AnswerIn(form), folder.Path, what: $"{form}, {forgery.Name}");
            }
        }

        Assert.True(tried > 0, "This changes nothing.");
    }

    /// <summary>One of each kind, where all take too long.</summary>
    [Fact]
    public void Both_give_the_answer_to_one_of_each_kind()
    {
        foreach (Forgery forgery in Forgeries.ByName.Values.DistinctBy(f => f.Kind))
        {
            using TemporaryFolder folder = new();
            Form? form = Enum.GetValues<Form>().Where(f => Tried(forgery, f)).Select(f => (Form?)f).FirstOrDefault();
            Assert.True(form is not null && forgery.Write(folder, form.Value), forgery.Name);
            Verifiers.AssertAnswer(forgery.AnswerIn(form.Value), folder.Path, what: $"{form}, {forgery.Name}");
        }

        static bool Tried(Forgery forgery, Form form)
        {
            using TemporaryFolder folder = new();
            return forgery.Write(folder, form);
        }
    }

    /// <summary>A name is in its one form for both or for none; two names are one name for both or for none.</summary>
    [Fact]
    [Trait("Lane", "Slow")]
    public void Names_are_read_alike()
    {
        string[] pieces =
        [
            "a", "A", "b", "I", "i", "\u0131", "\u0130", "\u00df", "\u1e9e", "ss", "\u00e5", "a\u030a", "\u0301", "\u0323", "\u0307", "\u212b", "\uff21", "\ufb01", "\u03c2", "\u03c3", "\u0345",
            "'", "`", "\u00b4", "\u2019", "\u02bc", "\u0149", "-", "\u2013", "\u2212", "\u2043", "\u00a8", "\u00af", " ", "  ", "\u00a0", "\u2003", "\u2028", "\u3000", "\u2800", "\t", "\n", "\u001c", "\u0085",
            "\u0001", "\u007f", "\u200b", "\u200c", "\u200d", "\u200e", "\u2060", "\ufeff", "\u00ad", "\ufe0f", "\u034f", "\u180e", "\u3164", "\u115f", "\u061c", "\U000e0020", "\U000e0101", "\U0001F469",
            "\u1100\u1161", "\uac00", "\u0958", "\u0915\u093c", "\u0344", "\u1fc1", "\u2126", "\u03a9", "\u00b5", "\u017f",
        ];
        Random random = new(20261130);
        using TemporaryFolder folder = new();
        Example.Of(Form.Public).Write(folder.Path);
        string original = folder.Read("publication.json");
        for (int n = 0; n < 600; n++)
        {
            string name = string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => pieces[random.Next(pieces.Length)]));
            string other = random.Next(2) == 0 ? NameComparer.Clean(string.Concat(name.EnumerateRunes().Select(c => random.Next(4) == 0 ? $"\u200d{c}" : c.ToString()))) : NameComparer.Clean(pieces[random.Next(pieces.Length)]);
            string written = n % 2 == 0 ? name : NameComparer.Clean(name);
            string forged = original.Replace("\"gender\"", Quoted(written), StringComparison.Ordinal);
            forged = n % 2 == 0 ? forged : forged.Replace("\"age\"", Quoted(other), StringComparison.Ordinal);
            File.WriteAllText(folder["publication.json"], forged);
            Forger.FixSums(folder.Path);
            int answer = Verifiers.Answer(folder.Path, what: $"{Quoted(written)} {Quoted(other)}").Answer;
            if (n % 2 == 0 && NameComparer.Clean(name) != name)
            {
                Assert.Equal(Wrong, answer);
            }
        }

        static string Quoted(string text)
        {
            string json = System.Text.Encoding.UTF8.GetString(CanonicalJson.ToBytes(json => json.Member("x", text)));
            return json[(json.IndexOf(": ", StringComparison.Ordinal) + 2)..json.LastIndexOf('\n', json.Length - 2)];
        }
    }

    /// <summary>A lottery of one panel, in which nearly nobody has a chance, whose value would be infinite.</summary>
    [Fact]
    public void A_lottery_of_one_panel_is_not_the_best()
    {
        PanelLottery honest = s_goldilocks.Value.Lottery;
        WeightClaim claim = honest.Certificate.Claims[0];
        foreach (bool withClaim in new[] { true, false })
        {
            foreach (CertificateStatus status in new[] { CertificateStatus.ProvenOptimal, CertificateStatus.NotProven })
            {
                Certificate certificate = new(
                    honest.Certificate.Objective, status, double.PositiveInfinity, honest.Certificate.Bound, withClaim ? [claim] : []);
                PanelLottery lottery = PanelLottery.Create(honest.Problem, [(honest.Panels[0].Seats, PanelLottery.WeightTotal)], honest.Uncovered, certificate);
                using TemporaryFolder folder = new();
                Example.Publish(lottery, Example.Ballots).Write(folder.Path);

                // Not called optimal and without a claim, nothing is said but what is true: somebody has no chance.
                Verifiers.AssertAnswer(status == CertificateStatus.NotProven && !withClaim ? 0 : Wrong, folder.Path);
            }
        }
    }

    /// <summary>Everybody but the members of the one panel is listed as unable to be chosen, for each reason that there is.</summary>
    [Fact]
    public void Nobody_is_called_unable_to_be_chosen_on_somebodys_word()
    {
        PanelLottery honest = Example.Lottery;
        SelectionProblem problem = honest.Problem;
        HashSet<int> seated = [.. honest.Panels[0].Seats.Select(s => s.Type)];
        int[] others = [.. Enumerable.Range(0, problem.People.Count).Where(i => !honest.Types.Where((_, t) => seated.Contains(t)).Any(t => t.Members.Contains(i)))];
        foreach (Constraint[] reasons in (Constraint[][])[[], [new(ConstraintKind.QuotaMaximum, problem.Quotas[0])], [new(ConstraintKind.PanelSize), new(ConstraintKind.MustBeIn), new(ConstraintKind.HouseholdLimit)]])
        {
            foreach (CertificateStatus status in new[] { CertificateStatus.ProvenOptimal, CertificateStatus.NotProven })
            {
                UnselectablePerson[] uncovered = [.. others.Select(i => new UnselectablePerson(i, problem.People[i].Status == PersonStatus.MustBeOut ? [] : reasons))];
                Certificate certificate = honest.Certificate.Change(status: status);
                PanelLottery lottery = PanelLottery.Create(problem, [(honest.Panels[0].Seats, PanelLottery.WeightTotal)], uncovered, certificate);
                using TemporaryFolder folder = new();
                Example.Publish(lottery, Example.Ballots).Write(folder.Path);
                Verifiers.AssertAnswer(Wrong, folder.Path);
            }
        }
    }

    [Fact]
    public void What_is_read_ends_when_it_is_cancelled()
    {
        using TemporaryFolder folder = new();
        string pipe = folder["pipe"];
        Forgeries.MakePipe(pipe);
        using CancellationTokenSource source = new();
        Task<VerificationReport> reading = Task.Run(() => PublicationVerifier.Verify(Sortition.Files.Storage.FolderSource.At(pipe, source.Token), null, source.Token));
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => reading.GetAwaiter().GetResult());

        // The thread that is left waiting for somebody to write ends with this.
        using FileStream writer = new(pipe, FileMode.Open, FileAccess.Write);
    }
}
