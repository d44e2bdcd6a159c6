using System.Text;
using FsCheck.Xunit;
using Sortition.Core;
using Xunit;

namespace Sortition.Files.Tests;

/// <summary>Documents in the ways in which hosts give and take them: bodies of requests and responses, and strings.</summary>
public sealed class JsonHostTests
{
    private const int Limit = 256 << 20;

    [Property(Arbitrary = [typeof(RandomProblems)], MaxTest = 200)]
    public async Task Problems_have_one_form_in_every_way(SelectionProblem problem)
    {
        byte[] bytes = Written(s => ProblemJson.Write(s, problem));
        Assert.Equal(bytes, await WrittenAsync(s => ProblemJson.WriteAsync(s, problem)));
        Assert.Equal(bytes, Encoding.UTF8.GetBytes(ProblemJson.Serialize(problem)));
        SelectionProblem[] read =
        [
            ProblemJson.Read(new Pipe(bytes, allowsSync: true)),
            await ProblemJson.ReadAsync(new Pipe(bytes)),
            ProblemJson.Deserialize(Encoding.UTF8.GetString(bytes)),
            ProblemJson.Deserialize('\uFEFF' + Encoding.UTF8.GetString(bytes)),
        ];
        Assert.All(read, p => Assert.Equal(bytes, Written(s => ProblemJson.Write(s, p))));
    }

    [Property(Arbitrary = [typeof(RandomProblems)], MaxTest = 200)]
    public async Task Lotteries_have_one_form_in_every_way(PanelLottery lottery)
    {
        byte[] bytes = Written(s => LotteryJson.Write(s, lottery));
        Assert.Equal(bytes, await WrittenAsync(s => LotteryJson.WriteAsync(s, lottery)));
        Assert.Equal(bytes, Encoding.UTF8.GetBytes(LotteryJson.Serialize(lottery)));
        PanelLottery[] read =
        [
            LotteryJson.Read(new Pipe(bytes, allowsSync: true), lottery.Problem),
            await LotteryJson.ReadAsync(new Pipe(bytes), lottery.Problem),
            LotteryJson.Deserialize(Encoding.UTF8.GetString(bytes), lottery.Problem),
        ];
        Assert.All(read, l => Assert.Equal(bytes, Written(s => LotteryJson.Write(s, l))));
    }

    [Property(Arbitrary = [typeof(HostileInputTests)], MaxTest = 500)]
    public async Task Whatever_is_malformed_is_the_same_fault_in_every_way(HostileInputTests.JsonText json)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json.Text);
        string expected = await Outcome(() => Task.FromResult(ProblemJson.Read(new MemoryStream(bytes))));
        Assert.Equal(expected, await Outcome(() => ProblemJson.ReadAsync(new Pipe(bytes))));
        Assert.Equal(expected, await Outcome(() => Task.FromResult(ProblemJson.Deserialize(json.Text))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"format\":\"sortition-problem/2\"}")]
    [InlineData("{\n\"format\":\"\\ud800\",\n}")]
    public Task Known_faults_are_the_same_in_every_way(string text) => Whatever_is_malformed_is_the_same_fault_in_every_way(new(text));

    [Theory]
    [InlineData("~", 1)]
    [InlineData("{\"format\":\n\"a~\"}", 2)]
    [InlineData("{\n\n\"people\":[{\"id\":\"~", 3)]
    public void Half_of_a_surrogate_pair_in_a_string_is_a_fault_with_its_line(string form, int line)
    {
        // An attribute cannot hold what this is about.
        string text = form.Replace('~', '\uD83D');
        Fault[] faults =
        [
            Assert.Single(Assert.Throws<MalformedInputException>(() => ProblemJson.Deserialize(text)).Faults),
            Assert.Single(Assert.Throws<MalformedInputException>(() => LotteryJson.Deserialize(text, Problem(2))).Faults),
        ];
        Assert.All(faults, f => Assert.Equal(("files/invalid-unicode", new FaultLocation("$", line)), (f.Code.Name, f.Location)));
    }

    [Fact]
    public async Task Names_that_no_document_can_hold_are_refused_in_every_way()
    {
        SelectionProblem[] problems =
        [
            Problem(2, last: "\uD800"),
            new SelectionProblemBuilder(1).Feature("f", "\uDC00x").Build(),
            new SelectionProblemBuilder(1).Feature("f\uD83D", "x").Build(),
        ];
        foreach (SelectionProblem problem in problems)
        {
            Assert.ThrowsAny<ArgumentException>(() => ProblemJson.Write(new MemoryStream(), problem));
            Assert.ThrowsAny<ArgumentException>(() => ProblemJson.Serialize(problem));
            await Assert.ThrowsAnyAsync<ArgumentException>(() => ProblemJson.WriteAsync(new Pipe([]), problem));
        }
    }

    [Fact]
    public async Task An_endless_document_is_a_fault_and_is_not_read_on()
    {
        Endless endless = new();
        MalformedInputException e = await Assert.ThrowsAsync<MalformedInputException>(() => ProblemJson.ReadAsync(endless));
        Fault fault = Assert.Single(e.Faults);
        Assert.Equal(("files/file-too-large", "$"), (fault.Code.Name, fault.Location.Source));
        Assert.InRange(endless.Given, Limit + 1L, Limit + (1L << 20));
    }

    [Fact]
    [Trait("Lane", "Slow")]
    public void A_string_over_the_limit_is_a_fault()
    {
        // Three bytes each in UTF-8: too many bytes, though not too many characters.
        string text = new('€', (Limit / 3) + 1);
        MalformedInputException e = Assert.Throws<MalformedInputException>(() => ProblemJson.Deserialize(text));
        Assert.Equal("files/file-too-large", Assert.Single(e.Faults).Code.Name);
    }

    [Fact]
    public async Task A_cancelled_token_is_the_one_that_is_told()
    {
        SelectionProblem problem = Problem(2);
        using CancellationTokenSource source = new();
        CancellationToken token = source.Token;
        Task<SelectionProblem> reading = ProblemJson.ReadAsync(new Waiting(), token);
        Task writing = ProblemJson.WriteAsync(new Waiting(), problem, token);
        Assert.False(reading.IsCompleted || writing.IsCompleted);
        await source.CancelAsync();
        Assert.Equal(token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading)).CancellationToken);
        Assert.Equal(token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing)).CancellationToken);

        Pipe untouched = new([]);
        Task[] late =
        [
            ProblemJson.ReadAsync(untouched, token),
            LotteryJson.ReadAsync(untouched, problem, token),
            ProblemJson.WriteAsync(untouched, problem, token),
        ];
        foreach (Task task in late)
        {
            Assert.Equal(token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task)).CancellationToken);
        }

        Assert.Equal(0, untouched.Calls);
    }

    [Fact]
    public async Task A_large_document_is_written_in_blocks_and_no_further_than_the_token_lets_it()
    {
        SelectionProblem problem = Problem(50_000);
        Pipe whole = new([]);
        await ProblemJson.WriteAsync(whole, problem);
        Assert.InRange(whole.Calls, 10, 100);
        Assert.InRange(whole.LargestWrite, 1, 1 << 17);

        using CancellationTokenSource source = new();
        Pipe stopped = new([]) { OnWrite = calls => { if (calls == 3) { source.Cancel(); } } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ProblemJson.WriteAsync(stopped, problem, source.Token));
        Assert.Equal(3, stopped.Calls);
    }

    private static SelectionProblem Problem(int people, string? last = null) => new SelectionProblemBuilder(1)
        .People(
            Enumerable.Range(0, people),
            i => i == people - 1 && last is not null ? last : $"person {i}",
            null,
            i => new Dictionary<string, string> { ["home"] = i % 2 == 0 ? "flat" : "house" })
        .Build();

    private static async Task<string> Outcome(Func<Task<SelectionProblem>> read)
    {
        try
        {
            return ProblemJson.Serialize(await read());
        }
        catch (MalformedInputException e)
        {
            return string.Join('\n', e.Faults.Select(f => $"{f.Code.Name} {f.Location} {FileTexts.English.Describe(f)}"));
        }
    }

    private static byte[] Written(Action<Stream> write)
    {
        using MemoryStream stream = new();
        write(stream);
        return stream.ToArray();
    }

    private static async Task<byte[]> WrittenAsync(Func<Stream, Task> write)
    {
        Pipe stream = new([]);
        await write(stream);
        return stream.Written.ToArray();
    }

    /// <summary>The body of a request and of a response as ASP.NET Core has them: no synchronous call, no length, no position, and few bytes at a time.</summary>
    private sealed class Pipe(byte[] content, bool allowsSync = false) : Stream
    {
        private int _at;

        public MemoryStream Written { get; } = new();

        public int Calls { get; private set; }

        public int LargestWrite { get; private set; }

        public Action<int>? OnWrite { get; init; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => allowsSync ? Take(buffer.AsSpan(offset, count)) : throw Refused();

        public override int Read(Span<byte> buffer) => allowsSync ? Take(buffer) : throw Refused();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            return Take(buffer.Span);
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            Calls++;
            LargestWrite = Math.Max(LargestWrite, buffer.Length);
            Written.Write(buffer.Span);
            OnWrite?.Invoke(Calls);
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override void Flush() => throw Refused();

        public override void Write(byte[] buffer, int offset, int count) => throw Refused();

        public override void Write(ReadOnlySpan<byte> buffer) => throw Refused();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        private static InvalidOperationException Refused() => new("Synchronous operations are disallowed.");

        private int Take(Span<byte> buffer)
        {
            int count = Math.Min(Math.Min(buffer.Length, content.Length - _at), 1 + (_at % 7));
            content.AsSpan(_at, count).CopyTo(buffer);
            _at += count;
            Calls++;
            return count;
        }
    }

    /// <summary>Blanks without end, as a hostile client would send them.</summary>
    private sealed class Endless : Waiting
    {
        public long Given { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)' ');
            Given += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }

    /// <summary>Nothing comes and nothing is taken until the token is cancelled; then a token of the stream's own is told, as servers do.</summary>
    private class Waiting : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            using CancellationTokenSource own = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            TaskCompletionSource<int> never = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await using CancellationTokenRegistration end = own.Token.Register(() => never.TrySetCanceled(own.Token));
            return await never.Task;
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            _ = await ReadAsync(default, cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new InvalidOperationException();

        public override void Write(byte[] buffer, int offset, int count) => throw new InvalidOperationException();

        public override void Flush() => throw new InvalidOperationException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
