using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Sortition.Cli.Texts;
using Sortition.Publication.Format;

namespace Sortition.Cli.Options;

/// <summary>The options that say before the draw what will decide it, and how that is told; the same in all commands.</summary>
internal sealed class AnnouncementInput
{
    /// <summary>The form of a draw in which no text decides.</summary>
    private const string Number = "number";

    private readonly Option<string?> _source = new("--randomness") { HelpName = "TEXT" };

    private readonly Option<string?> _form = new("--form") { HelpName = "FORM" };

    private readonly Option<bool> _withNumber = new("--with-number")
    {
    };

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_source);
        command.Options.Add(_form);
        command.Options.Add(_withNumber);
    }

    /// <summary>What is announced; null for nothing.</summary>
    /// <exception cref="UsageException">One option is given without the other, or the words are blank.</exception>
    /// <exception cref="Core.MalformedInputException">The form is none.</exception>
    public DrawAnnouncement? Read(ParseResult line)
    {
        string? source = line.GetValue(_source);
        string? form = line.GetValue(_form);
        bool withNumber = line.GetValue(_withNumber);
        return (source, form) switch
        {
            (null or _, null or Number) when withNumber => throw new UsageException("usage/with-number"),
            (null, null) => null,
            (null, _) => throw new UsageException("usage/form-needs-randomness"),
            (_, null) => throw new UsageException("usage/randomness-needs-form"),
            _ when string.IsNullOrWhiteSpace(source) => throw new UsageException("usage/randomness-blank"),
            (_, Number) => DrawAnnouncement.ByNumber(source),
            _ when withNumber => DrawAnnouncement.ByBoth(source, form),
            _ => DrawAnnouncement.ByText(source, form),
        };
    }

    /// <summary>What is announced, as lines of a report.</summary>
    public static IEnumerable<(string Label, string Text)> Describe(Language language, string label, PublishedLottery lottery)
    {
        DrawAnnouncement announcement = lottery.Announcement;
        yield return (label, announcement.Source ?? language.Text("announced/nothing"));
        if (announcement.Method == DrawMethod.Both)
        {
            yield return (language.Text("label/with-it"), language.Text("announced/with-number"));
        }

        if (announcement.Form is string form && announcement.Unevenness(lottery.BallotCount) is double unevenness)
        {
            yield return (language.Text("label/form"), language.Text("announced/form", ("form", form), ("count", announcement.PossibleTexts)));
            yield return (language.Text("label/even"), language.Text("announced/even", ("unevenness", UnevennessText.Of(language.Texts, unevenness))));
        }
        else if (announcement.Method == DrawMethod.Number)
        {
            yield return (language.Text("label/form"), language.Text("announced/number"));
        }
    }

    /// <summary>What is announced, in JSON.</summary>
    public static JsonObject InJson(PublishedLottery lottery)
    {
        DrawAnnouncement announcement = lottery.Announcement;
        return new JsonObject
        {
            ["method"] = Json.Name(announcement.Method),
            ["source"] = announcement.Source,
            ["form"] = announcement.Form,
            ["possibleTexts"] = announcement.PossibleTexts?.ToString(CultureInfo.InvariantCulture),
            ["unevenness"] = Json.Number(announcement.Unevenness(lottery.BallotCount)),
        };
    }
}
