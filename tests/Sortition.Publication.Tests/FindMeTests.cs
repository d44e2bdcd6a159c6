using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Jint;
using Sortition.Core;
using Sortition.Publication.Format;
using Sortition.Publication.Report.Model;
using Xunit;

namespace Sortition.Publication.Tests;

/// <summary>The page on which volunteers find themselves, its script run as it stands.</summary>
public sealed class FindMeTests
{
    /// <summary>As much of a browser as the script uses.</summary>
    private const string Browser = """
        const made = {}, log = [];
        function node() {
          return {
            dataset: {}, children: [], listeners: {}, value: "", textContent: "",
            append(child) { this.children.push(child); },
            replaceChildren(...children) { this.children = children; },
            addEventListener(kind, heard) { this.listeners[kind] = heard; },
          };
        }
        const texted = [];
        const document = {
          documentElement: node(),
          getElementById: id => made[id] ??= node(),
          createElement: () => node(),
          querySelectorAll: () => texted,
        };
        const navigator = { languages: LANGUAGES };
        const location = { hash: HASH, pathname: "/find-me.html", search: "" };
        const history = { replaceState: (a, b, address) => log.push(address) };
        class URLSearchParams {
          constructor(text) { this.parts = text.split("&").map(part => part.split("=")); }
          get(name) { const part = this.parts.find(p => p[0] === name); return part ? decodeURIComponent(part[1]) : null; }
        }
        """;

    /// <summary>FIPS 180-4, and RFC 4231 with keys of up to a block.</summary>
    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    public void The_hash_is_SHA_256(string text, string hash) => Assert.Equal(hash, Script().Invoke("hashOf", text).AsString());

    [Fact]
    public void Hashes_and_codes_are_those_of_another_implementation_at_every_length()
    {
        Engine engine = Script();
        for (int length = 0; length < 150; length++)
        {
            byte[] bytes = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7 + length))];
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), engine.Invoke("hashOfHex", Convert.ToHexStringLower(bytes)).AsString());
            byte[] key = [.. bytes.Take(32)];
            Assert.Equal(
                Convert.ToHexStringLower(HMACSHA256.HashData(key, bytes)),
                engine.Invoke("codeOfHex", Convert.ToHexStringLower(key), Convert.ToHexStringLower(bytes)).AsString());
        }

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("Åse 🗳 ß"u8)), engine.Invoke("hashOf", "Åse 🗳 ß").AsString());
    }

    [Theory]
    [InlineData(Form.Public)]
    [InlineData(Form.ClosedPublic)]
    [InlineData(Form.Private)]
    public void Everybody_finds_what_the_command_finds(Form form)
    {
        PublishedLottery lottery = Example.Of(form);
        Engine engine = Script(Page(lottery));
        Assert.Equal(lottery.Root, engine.Evaluate("rootOf(data)").AsString());
        foreach (Person person in Example.Problem.People)
        {
            string key = Example.Keys.KeyOf(person.Id);
            JsonNode found = Json(engine, "find", person.Id, key)!;
            Assert.Equal(lottery.FindBallots(person.Id, key)!.Select(lottery.NumberOf), found["ballots"]!.AsArray().Select(b => (string)b!));
            Assert.Equal(Example.Keys.TagOf(person.Id), lottery.People[(int)found["number"]! - 1].Tag);
            Assert.Null(Json(engine, "find", person.Id + "x", key));
            Assert.Null(Json(engine, "find", person.Id, new string('0', 64)));
        }
    }

    [Fact]
    public void The_page_answers_in_the_language_of_the_browser()
    {
        PublishedLottery lottery = Example.Of(Form.Private, DrawMethod.Number);
        Person person = Example.Problem.People.First(p => lottery.FindBallots(p.Id, Example.Keys.KeyOf(p.Id)) is { Count: > 0 and < Example.Ballots });
        string key = Example.Keys.KeyOf(person.Id);
        IReadOnlyList<int> own = lottery.FindBallots(person.Id, key)!;
        int other = Enumerable.Range(0, Example.Ballots).First(b => !own.Contains(b));
        Engine engine = Script(Page(lottery, DrawRecord.ByNumber(lottery, own[0])), ["da-DK", "en"], $"#id={Uri.EscapeDataString(person.Id)}&key={key}");

        // The link has filled it in; neither id nor key is left in the address.
        Assert.Equal("da", engine.Evaluate("document.documentElement.lang").AsString());
        Assert.Equal("/find-me.html", engine.Evaluate("log.join()").AsString());
        string[] said = Said(engine);
        Assert.Equal(3, said.Length);
        Assert.Contains(string.Join(", ", own.Select(lottery.NumberOf)), said[1], StringComparison.Ordinal);
        Assert.Equal($"Du blev udtrukket: Du er på lod {lottery.NumberOf(own[0])}.", said[2]);
        Assert.Contains(lottery.Root, engine.Evaluate("made.root.textContent").AsString(), StringComparison.Ordinal);

        engine.Execute("made.language.value = 'en'; made.language.listeners.change();");
        Assert.Equal($"You were drawn: you are on ballot {lottery.NumberOf(own[0])}.", Said(engine)[2]);
        Assert.Equal($"You were not drawn: you are not on ballot {lottery.NumberOf(other)}.", Ask(person.Id, key, $" {other} ")[2]);
        Assert.Equal(2, Ask($" {person.Id} ", string.Join(' ', key.ToUpperInvariant().Chunk(8).Select(c => new string(c))), "").Length);
        Assert.StartsWith("There is no ballot", Ask(person.Id, key, "99")[2], StringComparison.Ordinal);
        Assert.StartsWith("This is no key", Assert.Single(Ask(person.Id, key[1..], "")), StringComparison.Ordinal);
        Assert.StartsWith("Nobody here", Assert.Single(Ask("nobody", key, "")), StringComparison.Ordinal);

        string[] Ask(string id, string typed, string drawn)
        {
            engine.SetValue("typed", JsonSerializer.Serialize((string[])[id, typed, drawn]));
            engine.Execute("[made.id.value, made.key.value, made.drawn.value] = JSON.parse(typed); made.form.listeners.submit({ preventDefault() {} });");
            return Said(engine);
        }
    }

    [Theory]
    [InlineData("people")]
    [InlineData("ballots")]
    [InlineData("sums")]
    public void A_changed_page_says_so(string part)
    {
        string page = Page(Example.Of(Form.Public));
        int at = page.IndexOf($"id=\"{part}\">", StringComparison.Ordinal);
        int digit = at + Regex.Match(page[at..], "\n[^\n]*[0-9]").Length - 1 + page[at..].IndexOf('\n', StringComparison.Ordinal);
        string changed = string.Concat(page.AsSpan(0, digit), page[digit] == '1' ? "2" : "1", page.AsSpan(digit + 1));
        Engine engine = Script(changed, ["en"], "");
        string root = engine.Evaluate("made.root.textContent").AsString();
        Assert.True(part is "sums" ? !root.Contains(Example.Of(Form.Public).Root, StringComparison.Ordinal) : root.StartsWith("This page was changed", StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_loads_nothing_and_runs_nothing_but_its_script()
    {
        string page = Page(Example.Of(Form.Private));
        string policy = Regex.Match(page, "Content-Security-Policy\" content=\"([^\"]*)\"").Groups[1].Value.Replace("&#39;", "'", StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'; script-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains(Hash(Content(page, "<script>", "</script>")), policy, StringComparison.Ordinal);
        Assert.Contains(Hash(Content(page, "<style>", "</style>")), policy, StringComparison.Ordinal);
        Assert.DoesNotMatch("""(?i)(src|href|action|style|on[a-z]+)\s*=\s*["']""", Content(page, "<body>", "<script>"));
        Assert.DoesNotMatch("(?i)https?:|fetch|XMLHttpRequest|sendBeacon|import\\(|url\\(|@import|eval|innerHTML|localStorage|cookie", page);

        // Nothing private is in it, whoever makes it.
        Assert.Equal(Page(Example.Of(Form.Public)), page);
        Assert.All(Example.Problem.People.Where(p => p.Id.Length > 2), p => Assert.DoesNotContain($">{p.Id}<", page, StringComparison.Ordinal));
        Assert.All(Example.Problem.People, p => Assert.DoesNotContain(Example.Keys.KeyOf(p.Id), page, StringComparison.Ordinal));

        static string Hash(string content) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'";
    }

    /// <summary>The page is not part of what the root binds; both verifiers leave it out, whatever is in it.</summary>
    [Theory]
    [InlineData(Form.Public)]
    [InlineData(Form.ClosedPrivate)]
    public void Both_verifiers_leave_the_page_out(Form form)
    {
        PublishedLottery lottery = Example.Of(form);
        using TemporaryFolder folder = new();
        IReadOnlyList<string> names = FindMePage.Publish(folder["published"], lottery);
        Assert.Equal(["SHA256SUMS", "ballots.csv", "find-me.html", "people.csv", "publication.json"], names.Order(StringComparer.Ordinal));
        int honest = Example.HonestAnswer(lottery.ToPublic());
        Verifiers.AssertAnswer(honest, folder["published"], lottery.Root);
        File.WriteAllText(folder["published/find-me.html"], "<p>You were drawn!");
        Verifiers.AssertAnswer(honest, folder["published"], lottery.Root);
        Assert.Throws<Files.Storage.FilesExistException>(() => FindMePage.Publish(folder["published"], lottery));
    }

    [Fact]
    public void Every_language_has_the_same_texts_and_all_are_used()
    {
        string sources = Page(Example.Of(Form.Public, isRehearsal: true));
        JsonObject all = JsonNode.Parse(Content(sources, "id=\"texts\">", "</script>"))!.AsObject();
        Assert.Equal(["en", "da"], all.Select(t => t.Key));
        Dictionary<string, string> english = Texts("en");
        Assert.All(all, language =>
        {
            Dictionary<string, string> texts = Texts(language.Key);
            Assert.Equal(english.Keys, texts.Keys);
            Assert.All(english, text => Assert.Equal(Places(text.Value), Places(texts[text.Key])));
        });
        string used = Content(sources, "<head>", "id=\"sums\"") + Content(sources, "<script>", "</script>");
        Assert.All(english.Keys.Except(["find.script"]), key => Assert.Contains($"\"{key}\"", used, StringComparison.Ordinal));

        Dictionary<string, string> Texts(string code) => all[code]!.AsObject().ToDictionary(t => t.Key, t => (string)t.Value!);

        static IEnumerable<string> Places(string text) => Regex.Matches(text, @"\{(\w+)\}").Select(m => m.Value).Order(StringComparer.Ordinal);
    }

    private static string Page(PublishedLottery lottery, DrawRecord? draw = null)
    {
        using MemoryStream stream = new();
        FindMePage.Write(stream, lottery, draw);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>The script of a page, without a browser.</summary>
    private static Engine Script(string? page = null)
    {
        Engine engine = new();
        engine.Execute(page is null ? EmbeddedText.Read("FindMe/find-me.js") : Content(page, "<script>", "</script>"));
        engine.Execute("""
            function hashOf(text) { return hex(sha256(utf8(text))); }
            function bytesOf(digits) { return digits === "" ? new Uint8Array(0) : fromHex(digits); }
            function hashOfHex(digits) { return hex(sha256(bytesOf(digits))); }
            function codeOfHex(key, digits) { return hex(hmac(bytesOf(key), bytesOf(digits))); }
            """);
        if (page is not null)
        {
            foreach (string part in (string[])["sums", "people", "ballots"])
            {
                engine.SetValue(part, Content(page, $"id=\"{part}\">", "</script>"));
            }

            engine.Execute("const data = { sums, people, ballots };");
        }

        return engine;
    }

    /// <summary>The script of a page in a browser.</summary>
    private static Engine Script(string page, string[] languages, string hash)
    {
        Engine engine = new();
        engine.Execute(Browser
            .Replace("LANGUAGES", JsonSerializer.Serialize(languages), StringComparison.Ordinal)
            .Replace("HASH", JsonSerializer.Serialize(hash), StringComparison.Ordinal));
        foreach (string part in (string[])["sums", "people", "ballots", "texts"])
        {
            engine.SetValue("content", Content(page, $"id=\"{part}\">", "</script>"));
            engine.Execute($"document.getElementById('{part}').textContent = content;");
        }

        engine.SetValue("content", Regex.Match(page, "id=\"drawn\"[^>]*value=\"([^\"]*)\"").Groups[1].Value);
        engine.Execute("document.getElementById('drawn').value = content;");
        engine.Execute(Content(page, "<script>", "</script>"));
        return engine;
    }

    private static string[] Said(Engine engine) => JsonSerializer.Deserialize<string[]>(engine.Evaluate("JSON.stringify(made.answer.children.map(c => c.textContent))").AsString())!;

    private static JsonNode? Json(Engine engine, string function, string id, string key)
    {
        engine.SetValue("given", JsonSerializer.Serialize((string[])[id, key]));
        return JsonNode.Parse(engine.Evaluate($"JSON.stringify({function}(data, ...JSON.parse(given)))").AsString());
    }

    private static string Content(string page, string after, string before)
    {
        int start = page.IndexOf(after, StringComparison.Ordinal) + after.Length;
        return page[start..page.IndexOf(before, start, StringComparison.Ordinal)];
    }
}
