using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Sortition.Cli.Texts;
using Sortition.Publication.Format;
using Sortition.Shared;

namespace Sortition.Cli.Options;

/// <summary>The options that say before the draw what will decide it, and how that is told; the same in all commands.</summary>
internal sealed class AnnouncementInput
{
    /// <summary>The form of a draw in which no text decides.</summary>
    private const string Number = "number";

    private readonly Option<string?> _source = new("--randomness")
    {
        HelpName = "TEXT",
        Description = "What will decide the draw, in words that leave no choice, for example \"the winning numbers of 4 May\". With --form it becomes part of "
            + "what is published, and no other draw is genuine. Without it this machine decides.",
    };

    private readonly Option<string?> _form = new("--form")
    {
        HelpName = "FORM",
        Description = "The form of what will decide: \"numbers COUNT MIN MAX distinct|any sorted|drawn\" for numbers, such as \"numbers 7 1 36 distinct "
            + "sorted\"; \"hex DIGITS\" for hexadecimal digits, such as a beacon's \"hex 64\"; or \"number\" where the number of the ballot is called out.",
    };

    private readonly Option<bool> _withNumber = new("--with-number")
    {
        Description = "Two sources: a number called out, and recorded, before the text is known decides together with it.",
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
            (null or _, null or Number) when withNumber => throw new UsageException("--with-number needs --randomness, and --form with the form of the text."),
            (null, null) => null,
            (null, _) => throw new UsageException("--form needs --randomness: where the number or the text comes from, in words."),
            (_, null) => throw new UsageException(
                "--randomness needs --form: \"number\" where the number of a ballot is called out; or the form of the text that decides, such as "
                + "\"numbers 7 1 36 distinct sorted\" or \"hex 64\". Words alone leave a choice."),
            _ when string.IsNullOrWhiteSpace(source) => throw new UsageException("--randomness is blank: say what will decide."),
            (_, Number) => DrawAnnouncement.ByNumber(source),
            _ when withNumber => DrawAnnouncement.ByBoth(source, form),
            _ => DrawAnnouncement.ByText(source, form),
        };
    }

    /// <summary>What is announced, as lines of a report.</summary>
    public static IEnumerable<(string Label, string Text)> Describe(string label, PublishedLottery lottery)
    {
        DrawAnnouncement announcement = lottery.Announcement;
        yield return (label, announcement.Source ?? "nothing is announced, so that this machine decides (draw --local), which nobody else can check");
        if (announcement.Method == DrawMethod.Both)
        {
            yield return ("With it", "a number that is called out, and recorded, before the text is known");
        }

        if (announcement.Form is string form && announcement.Unevenness(lottery.BallotCount) is double unevenness)
        {
            yield return ("Form", string.Create(CultureInfo.InvariantCulture, $"{form}: {announcement.PossibleTexts} texts are possible"));
            yield return ("Even", $"a ballot's chance is off by at most {UnevennessText.Of(unevenness)} on average");
        }
        else if (announcement.Method == DrawMethod.Number)
        {
            yield return ("Form", "the number of the ballot is called out");
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
