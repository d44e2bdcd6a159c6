using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Sortition.Publication.Format;
using Xunit;

namespace Sortition.Publication.Tests;

/// <summary>The procedure <c>sortition-draw/1</c>, against vectors that were computed by another program; they stand in docs/publication-format.md.</summary>
public sealed class DrawProcedureTests
{
    private const string Root = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private const string Numbers = "3 11 19 24 30 36 7";
    private const string Longer =
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
        + "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

    [Theory]
    [InlineData(Numbers, 1000, 755, "d2b95cb4aecb9f43a07f58e4231f02e9fbef97e5dc5dbdeccdf749147b22ed5f")]
    [InlineData(Numbers, 1, 0, "87103095af907025171e31623066a8e671857953430131356e6a16dc5340a090")]
    [InlineData(Numbers, 7, 5, "07667cbf3f4f060bb46cd3a57fed106b6f5b1295c6972efad61ac30ff25c6f6e")]
    [InlineData(Numbers, 1_000_000, 920337, "2c989ad310c436910ef8b496e3f875f4afdd1f262ea2a14c61572ef3badad951")]
    [InlineData("\u00C5lborg, 4. maj 2025: 07 \U0001F3B2", 1000, 119, "4f4a010a052657af78555c2853a01a2d9121480f502cc9dd5b66ea2f15eb6c63")]
    [InlineData("A\u030Alborg, 4. maj 2025: 07 \U0001F3B2", 1000, 952, "95bb9a7a4c3442103a477f8844a46a8ee809395173902d557a5b8b97d2f50909")]
    [InlineData("0", 1000, 771, "5a466d4c7b4601bbfa022eb5bff550db708c506a7ea99c1f3900ad2ee9b403d6")]
    [InlineData(" a\tb ", 999_983, 361198, "cd4de608178ded9e1d1b9142d67c4ef998ec6bd03841d8d0648fef3e1e05757e")]
    [InlineData(Longer, 1000, 589, "0e7435b9e281aa158f7a485eb045024049f94f768a89132ea29dd2472a22b7b4")]
    public void Vectors_of_another_program_come_out(string text, int ballots, int ballot, string digest)
    {
        (int drawn, IReadOnlyList<string> digests) = DrawProcedure.Draw(text, Root, ballots);
        Assert.Equal(ballot, drawn);
        Assert.Equal([digest], digests);
    }

    /// <summary>The largest multiple of 999,983 up to 2⁶⁴ is ffffffffffffef06 in hexadecimal digits.</summary>
    [Fact]
    public void Digests_that_would_favour_small_remainders_are_passed_over()
    {
        List<string> messages = [];
        ulong[] numbers = [0xffff_ffff_ffff_ffff, 0xffff_ffff_ffff_ef06, 0xffff_ffff_ffff_ef05, 0];
        (int ballot, IReadOnlyList<string> digests) = DrawProcedure.Draw("text", Root, 999_983, Digest);
        Assert.Equal(999_982, ballot);
        Assert.Equal(["ffffffffffffffff", "ffffffffffffef06", "ffffffffffffef05"], digests.Select(d => d[..16]));
        Assert.Equal([.. Enumerable.Range(0, 3).Select(i => FormattableString.Invariant($"sortition-draw/1\n{Root}\n999983\n{i}"))], messages);

        byte[] Digest(byte[] key, byte[] message)
        {
            Assert.Equal("text"u8.ToArray(), key);
            byte[] digest = new byte[32];
            BinaryPrimitives.WriteUInt64BigEndian(digest, numbers[messages.Count]);
            messages.Add(Encoding.ASCII.GetString(message));
            return digest;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(65_536)]
    [InlineData(524_288)]
    public void Where_all_digests_favour_nobody_the_largest_decides(int ballots)
    {
        (int ballot, IReadOnlyList<string> digests) = DrawProcedure.Draw("text", Root, ballots, (_, _) => [.. Enumerable.Repeat(byte.MaxValue, 32)]);
        Assert.Equal(ballots - 1, ballot);
        Assert.Single(digests);
    }

    /// <summary>The inputs are fixed, so that this either always passes or never: chi-square with M − 1 degrees of freedom, which chance would exceed once in 1000.</summary>
    [Theory]
    [InlineData(7, 22.46)]
    [InlineData(10, 27.88)]
    [InlineData(100, 148.23)]
    public void Every_ballot_is_as_likely(int ballots, double limit)
    {
        int[] times = new int[ballots];
        int draws = 1000 * ballots;
        for (int i = 0; i < draws; i++)
        {
            times[DrawProcedure.Draw(i.ToString(CultureInfo.InvariantCulture), Root, ballots).Ballot]++;
        }

        Assert.InRange(times.Sum(n => Math.Pow(n - 1000, 2) / 1000), 0, limit);
    }

    [Fact]
    public void Another_root_gives_other_digests() => Assert.NotEqual(DrawProcedure.Draw(Numbers, Root, 1000).Digests, DrawProcedure.Draw(Numbers, new string('0', 64), 1000).Digests);

    /// <summary>Not as data of a theory: attributes hold no such text.</summary>
    [Fact]
    public void A_text_that_is_no_valid_Unicode_is_refused() => Assert.ThrowsAny<ArgumentException>(() => DrawProcedure.Draw("\uD800", Root, 1000));

    [Theory]
    [InlineData("", Root, 1000)]
    [InlineData("text", "", 1000)]
    [InlineData("text", "0011", 1000)]
    [InlineData("text", "00112233445566778899AABBCCDDEEFF00112233445566778899aabbccddeeff", 1000)]
    [InlineData("text", Root, 0)]
    [InlineData("text", Root, 1_000_001)]
    public void What_cannot_be_drawn_from_is_refused(string text, string root, int ballots) =>
        Assert.ThrowsAny<ArgumentException>(() => DrawProcedure.Draw(text, root, ballots));
}
