using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sortition.Publication.Report.Model;
using Sortition.Shared;

namespace Sortition.Publication.FindMe;

/// <summary>
/// The page on which a volunteer finds their ballots: the files of a publication and a script that looks through them, in one document that may load nothing
/// and send nothing.
/// </summary>
internal static class FindMeMarkup
{
    private const string Folder = "FindMe/";
    private const string English = "en";

    /// <summary>The languages that the page can be read in; the first that the browser asks for is shown.</summary>
    public static IReadOnlyList<string> Languages { get; } = [English, "da"];

    /// <param name="sums">The fingerprints of the files, in ASCII like the others.</param>
    /// <param name="people">The people.</param>
    /// <param name="ballots">The ballots.</param>
    /// <param name="drawn">The number of the ballot drawn; null before the draw.</param>
    public static string Of(byte[] sums, byte[] people, byte[] ballots, string? drawn)
    {
        string script = "\n" + EmbeddedText.Read(Folder + "find-me.js");
        string style = "\n" + EmbeddedText.Read("Report/Styles/page.css") + EmbeddedText.Read(Folder + "find-me.css");
        Dictionary<string, JsonNode> texts = Languages.ToDictionary(
            code => code, code => JsonNode.Parse(EmbeddedText.Read($"{Folder}Texts/{code}.json"))!, StringComparer.Ordinal);
        JsonNode english = texts[English];
        string ballotText = Encoding.ASCII.GetString(ballots);
        string[] lines = ballotText.TrimEnd('\n').Split('\n');
        Markup page = new();
        page.Verbatim("<!DOCTYPE html>").Line().Open("html", ("lang", English)).Line().Open("head").Line();
        page.Void("meta", ("charset", "utf-8")).Line();
        page.Void("meta", ("http-equiv", "Content-Security-Policy"), ("content", Policy(script, style))).Line();
        page.Void("meta", ("name", "referrer"), ("content", "no-referrer")).Line();
        page.Void("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1")).Line();
        page.Void("meta", ("name", "color-scheme"), ("content", "light dark")).Line();
        page.Open("title", ("data-text", "find.title")).Text(Text("find.title")).CloseLine();
        page.Open("style").Verbatim(style).CloseLine().CloseLine();
        bool isRehearsal = Rehearsal.IsMarked(lines[0].Split(','));
        page.Open("body", ("class", isRehearsal ? "rehearsed" : null)).Line();
        page.Open("p", ("class", "language")).Open("select", ("id", "language"), ("aria-label", "Language · Sprog")).Close().CloseLine();
        page.Open("main").Line();
        if (isRehearsal)
        {
            Element("p", "find.rehearsal", ("class", "rehearsal"));
        }

        Element("h1", "find.title");
        Element("p", "find.intro", ("class", "lead"));
        page.Open("noscript").Open("p", ("class", "note")).Text(Text("find.script")).Close().CloseLine();
        page.Open("form", ("id", "form"), ("autocomplete", "off")).Line();
        Field("id", "find.label.id", null, "text", "");
        Field("key", "find.label.key", "find.hint.key", "text", "");
        Field("drawn", "find.label.drawn", "find.hint.drawn", "numeric", drawn ?? "");
        Element("button", "find.button", ("type", "submit"));
        page.CloseLine();
        page.Open("div", ("id", "answer"), ("role", "status"), ("aria-live", "polite")).CloseLine();
        page.CloseLine();
        page.Open("footer").Open("p", ("id", "root")).Close().CloseLine();
        Data("sums", "text/plain", Encoding.ASCII.GetString(sums));
        Data("people", "text/plain", Encoding.ASCII.GetString(people));
        Data("ballots", "text/plain", ballotText);
        Data("texts", "application/json", new JsonObject(texts.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)t.Value))).ToJsonString(s_json));
        page.Open("script").Verbatim(script).CloseLine();
        page.CloseLine().CloseLine();
        return page.ToString();

        void Element(string name, string key, (string Name, string? Value) attribute = default) =>
            (attribute.Name is null ? page.Open(name, ("data-text", key)) : page.Open(name, ("data-text", key), attribute)).Text(Text(key)).CloseLine();

        void Field(string id, string label, string? hint, string mode, string value)
        {
            page.Open("label");
            page.Element("b", Text(label), ("data-text", label));
            if (hint is not null)
            {
                page.Element("span", Text(hint), ("data-text", hint));
            }

            page.Void("input", ("id", id), ("inputmode", mode), ("autocapitalize", "none"), ("spellcheck", "false"), ("value", value)).CloseLine();
        }

        // Nothing in the files can end the element: they are digits, letters and commas, and in JSON the sign is escaped.
        void Data(string id, string type, string content) => page.Open("script", ("type", type), ("id", id)).Verbatim(content).CloseLine();

        string Text(string key) => english[key]!.GetValue<string>()
            .Replace("{count}", (lines.Length - 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{first}", lines[1].Split(',')[0], StringComparison.Ordinal)
            .Replace("{last}", lines[^1].Split(',')[0], StringComparison.Ordinal)
            .Replace("{seats}", lines[0].Split(',').Count(IsSeat).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    private static bool IsSeat(string heading) => heading.Contains(' ', StringComparison.Ordinal);

    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.Default };

    private static string Policy(string script, string style) =>
        $"default-src 'none'; script-src {Hash(script)}; style-src {Hash(style)}; base-uri 'none'; form-action 'none'";

    private static string Hash(string content) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'";
}
