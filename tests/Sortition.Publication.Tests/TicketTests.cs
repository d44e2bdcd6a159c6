using System.Security.Cryptography;
using System.Text;
using MathNet.Numerics.LinearAlgebra;
using Sortition.Core;
using Sortition.Publication.Format;
using Xunit;

namespace Sortition.Publication.Tests;

/// <summary>What everybody can find of themselves, and what nobody can find of others.</summary>
public sealed class TicketTests
{
    [Theory]
    [InlineData(Form.Public)]
    [InlineData(Form.ClosedPublic)]
    public void Everybody_finds_themselves_and_their_ballots_by_id_and_key(Form form)
    {
        PublishedLottery whole = Example.Of(Form.Private);
        PublishedLottery published = Example.Of(form);
        using TemporaryFolder folder = new();
        published.Write(folder.Path);
        foreach (Person person in Example.Problem.People)
        {
            string key = Example.Keys.KeyOf(person.Id);
            int place = Enumerable.Range(0, whole.People.Count).Single(i => whole.People[i].Id == person.Id);
            int[] ballots = [.. Enumerable.Range(0, Example.Ballots).Where(b => whole.Ballots![b].Contains(place))];
            Assert.Equal(ballots, published.FindBallots(person.Id, key));
            Assert.Null(published.FindBallots(person.Id, new string('0', 64)));
            Assert.Null(published.FindBallots(person.Id + " ", key));
            (int exitCode, string output) = Verifiers.Script(folder.Path, "--me", person.Id, key);
            Assert.Equal(Example.HonestAnswer(published), exitCode);
            string numbers = ballots.Length == 0 ? "none" : string.Join(' ', ballots.Select(published.NumberOf));
            Assert.Contains($"\nok     You             Number {place + 1}, on {ballots.Length} of 20 ballots: {numbers}.\n", output, StringComparison.Ordinal);
            Assert.Equal(Verifiers.Wrong, Verifiers.Script(folder.Path, "--me", person.Id, new string('0', 64)).ExitCode);
        }
    }

    /// <summary>The definition (algorithms.md, 12.5), step by step.</summary>
    [Fact]
    public void Tags_and_tickets_are_what_they_are_said_to_be()
    {
        PublishedLottery lottery = Example.Of(Form.ClosedPrivate);
        foreach (Person person in Example.Problem.People)
        {
            byte[] key = Convert.FromHexString(Example.Keys.KeyOf(person.Id));
            string salt = Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes("tag")));
            string tag = Hex(SHA256.HashData(Encoding.UTF8.GetBytes(salt + ":" + person.Id)));
            int place = Enumerable.Range(0, lottery.People.Count).Single(i => lottery.People[i].Tag == tag);
            for (int b = 0; b < Example.Ballots; b++)
            {
                string opening = Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"sortition-ticket/2\n{b}")));
                string ticket = Hex(SHA256.HashData(Encoding.UTF8.GetBytes($"sortition-leaf/2\n{b}\n{tag}\n{opening}")));
                Assert.Equal(lottery.Ballots![b].Contains(place), lottery.Data.Tickets![b].Contains(ticket));
            }
        }

        static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
    }

    /// <summary>No value comes twice, in or between the files; neither tags nor tickets are in an order that says anything of the people.</summary>
    [Fact]
    public void Closed_tickets_are_unlinkable()
    {
        PublishedLottery published = Example.Of(Form.ClosedPublic);
        string[] tickets = [.. published.Data.Tickets!.SelectMany(t => t)];
        Assert.Equal(Example.Ballots * Example.Problem.PanelSize, tickets.Length);
        Assert.Equal(tickets.Length + published.People.Count, tickets.Concat(published.People.Select(p => p.Tag)).Distinct().Count());
        Assert.All(published.Data.Tickets!, t => Assert.Equal(t.Order(StringComparer.Ordinal), t));

        // What is published tells nobody's number of tickets: with two people of one type exchanged on all ballots, the public part has as many tickets on each.
        PublishedLottery whole = Example.Of(Form.ClosedPrivate);
        Assert.All(whole.People, person => Assert.Equal(0, tickets.Count(t => t.Contains(person.Tag[..16], StringComparison.Ordinal))));
        using TemporaryFolder folder = new();
        published.Write(folder.Path);
        Assert.Null(PublishedLottery.Read(folder.Path).Ballots);
        Assert.Null(PublishedLottery.Read(folder.Path).BallotsOf(0));
        Assert.Throws<InvalidOperationException>(() => DrawRecord.ByText(published, Example.Text));
    }

    /// <summary>
    /// The attack on open tickets: where a quota is met with the same number on every ballot, each ballot is an equation about who has that feature. On the
    /// example of Albertslund it tells everybody's education. Closed tickets leave it nothing to begin with.
    /// </summary>
    [Fact]
    [Trait("Lane", "Slow")]
    public void Features_can_be_worked_out_from_open_ballots()
    {
        SelectionProblem problem = InstanceFiles.Load("albertslund", 36).Problem;
        PublishedLottery whole = Example.Publish(new Leximin().Solve(problem).GetLotteryOrThrow(), 1000, smallestGroup: 5);
        PublishedLottery published = whole.ToPublic();
        int n = published.People.Count;

        // Two people are alike to the ballots if every vector that all ballots sum to a constant is the same for both: rows of the null space of differences.
        Matrix<double> ballots = Matrix<double>.Build.Dense(n, published.BallotCount - 1, (i, b) =>
            (published.Ballots![b + 1].Contains(i) ? 1 : 0) - (published.Ballots[0].Contains(i) ? 1 : 0));
        Matrix<double> gram = ballots * ballots.Transpose();
        MathNet.Numerics.LinearAlgebra.Factorization.Evd<double> evd = gram.Evd(Symmetricity.Symmetric);
        double largest = evd.EigenValues.Enumerate().Max(v => v.Real);
        int[] nulls = [.. Enumerable.Range(0, n).Where(j => Math.Abs(evd.EigenValues[j].Real) < largest * 1e-9)];
        Dictionary<string, List<int>> groups = [];
        for (int i = 0; i < n; i++)
        {
            string signature = string.Join(' ', nulls.Select(j => Math.Round(evd.EigenVectors[i, j], 6) + 0.0));
            groups.TryAdd(signature, []);
            groups[signature].Add(i);
        }

        Dictionary<string, Person> personOf = problem.People.ToDictionary(p => p.Id);
        int education = Enumerable.Range(0, problem.Features.Count).Single(f => problem.Features[f].Name == "uddannelse");
        Assert.All(groups.Values, group => Assert.Single(group.Select(i => personOf[whole.People[i].Id!].Values[education]).Distinct()));
        Assert.InRange(groups.Count, 5, n / 2);
        Assert.Null(Example.Publish(whole.Lottery, 1000, tickets: TicketForm.Closed).ToPublic().Ballots);
    }
}
