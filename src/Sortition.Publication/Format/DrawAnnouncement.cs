using System.Numerics;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Shared;

namespace Sortition.Publication.Format;

/// <summary>What is said before a draw about how it will be decided. The root covers it, and a draw that does not keep to it is not genuine.</summary>
/// <remarks>
/// <para>A text decides in one form only, so that a result that everybody can look up leaves no choice how to write it. The forms are
/// <c>numbers c min max distinct|any sorted|drawn</c>, so many numbers from min to max, each once or any, in ascending order or as they were drawn, with
/// single spaces between them and no zeros before them; and <c>hex n</c>, so many hexadecimal digits in lower case. c is at most 40, max at most 999,999,999,
/// n at most 1024.</para>
/// <para>There must be a thousand times as many texts as ballots. With fewer, some ballots would be likelier than others, and whoever makes many lotteries
/// before one is announced could choose. Immutable and safe to read from any thread.</para>
/// </remarks>
/// <example>
/// <code>
/// DrawAnnouncement announcement = DrawAnnouncement.ByText("the winning numbers of 4 May", "numbers 7 1 36 distinct sorted");
/// Console.WriteLine(announcement.PossibleTexts);                  // 8347680
/// Console.WriteLine(announcement.Unevenness(ballots: 1000));      // 0.0109: a ballot's chance is off by 1.1 % on average, at most
/// PublicationOptions options = new() { Seed = seed, Announcement = announcement };
/// PublishedLottery published = PublishedLottery.Create(lottery, ballots, options);
/// DrawRecord draw = DrawRecord.ByText(published, "3 7 11 19 24 30 36");
/// </code>
/// </example>
public sealed class DrawAnnouncement
{
    /// <summary>There must be at least so many texts for each ballot.</summary>
    internal const int TextsPerBallot = 1000;

    /// <summary>How files call the methods.</summary>
    internal static (DrawMethod Method, string Name)[] Methods { get; } =
    [
        (DrawMethod.Number, "number"), (DrawMethod.Text, "text"), (DrawMethod.Local, "local"), (DrawMethod.Both, "both")
    ];

    private static readonly FaultLocation s_place = new("announcement");

    private readonly TextForm? _form;

    private DrawAnnouncement(DrawMethod method, string? source, TextForm? form) => (Method, Source, _form) = (method, source, form);

    /// <summary>Nothing is announced. The machine of whoever runs the draw decides, and nobody else can tell that it was not tried again.</summary>
    public static DrawAnnouncement Local { get; } = new(DrawMethod.Local, null, null);

    /// <summary>How the ballot will be decided on.</summary>
    public DrawMethod Method { get; }

    /// <summary>Where the number or the text comes from, in words that leave no choice; null where nothing is announced.</summary>
    public string? Source { get; }

    /// <summary>The form of the text; null where no public text decides.</summary>
    public string? Form => _form?.ToString();

    /// <summary>How many texts have the form; null where no public text decides.</summary>
    public BigInteger? PossibleTexts => _form?.Possible;

    /// <summary>The number of a ballot will be called out, by lottery balls or dice.</summary>
    /// <param name="source">Who draws what, where and when, in words.</param>
    /// <returns>The announcement.</returns>
    /// <exception cref="ArgumentException">The source is blank or no valid Unicode.</exception>
    public static DrawAnnouncement ByNumber(string source) => new(DrawMethod.Number, Whole(source), null);

    /// <summary>A public text will decide that nobody can know beforehand.</summary>
    /// <param name="source">What the text is and where everybody can look it up, in words.</param>
    /// <param name="form">Its form.</param>
    /// <returns>The announcement.</returns>
    /// <exception cref="ArgumentException">The source is blank or no valid Unicode.</exception>
    /// <exception cref="MalformedInputException">The form is none of those that a text can have.</exception>
    public static DrawAnnouncement ByText(string source, string form)
    {
        ArgumentNullException.ThrowIfNull(form);
        return new DrawAnnouncement(
            DrawMethod.Text,
            Whole(source),
            TextForm.Read(form) ?? throw new MalformedInputException([new Fault(PublicationFaults.UnknownForm, s_place, TextForm.Shown(form))], 1));
    }

    /// <summary>
    /// A number will be called out, and recorded, before a public text is known; the ballot is what both come to. It is fair if either is, and neither was made
    /// by somebody who knew the other.
    /// </summary>
    /// <param name="source">Who calls out the number, where and when; and what the text is, when it will be known, later, and where to look it up.</param>
    /// <param name="form">The form of the text.</param>
    /// <returns>The announcement.</returns>
    /// <exception cref="ArgumentException">The source is blank or no valid Unicode.</exception>
    /// <exception cref="MalformedInputException">The form is none of those that a text can have.</exception>
    public static DrawAnnouncement ByBoth(string source, string form) => new(DrawMethod.Both, ByText(source, form).Source, TextForm.Read(form));

    /// <summary>How uneven the ballots are, as far as that lies in the number of texts: √(M/N), with N texts for M ballots.</summary>
    /// <param name="ballots">M, the number of ballots.</param>
    /// <returns>
    /// By what part of itself a ballot's chance is off, on average over the ballots, at most; null where no public text decides. Where numbers can come again
    /// and are put in order, texts are not equally likely, and N is the smaller number of equally likely texts that are as uneven.
    /// </returns>
    public double? Unevenness(int ballots)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ballots, 1);
        return _form is null ? null : Math.Exp((Math.Log(ballots) - BigInteger.Log(_form.EvenAs)) / 2);
    }

    /// <summary>Makes sure that there are enough texts for so many ballots: a thousand for each.</summary>
    /// <param name="ballots">M, the number of ballots.</param>
    /// <exception cref="MalformedInputException">There are too few; the fault names forms that have enough.</exception>
    public void ThrowIfTooFewTexts(int ballots)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ballots, 1);
        FaultList faults = new();
        CheckSize(ballots, s_place, faults);
        faults.ThrowIfAny();
    }

    /// <summary>Adds a fault if there are too few texts for so many ballots.</summary>
    internal void CheckSize(int ballots, FaultLocation location, FaultList faults)
    {
        BigInteger least = (BigInteger)ballots * TextsPerBallot;
        if (_form is TextForm form && form.EvenAs < least)
        {
            faults.Add(
                PublicationFaults.TooFewTexts, location, form.ToString(), Text(form.Possible), ballots, Text(least), form.Larger(least));
        }
    }

    /// <summary>Adds a fault for what is not as announced about how a ballot was decided on.</summary>
    /// <param name="method">How it was decided on.</param>
    /// <param name="text">The text that decided; null for none.</param>
    /// <param name="location">Where that is said.</param>
    /// <param name="faults">Takes the fault.</param>
    internal void Check(DrawMethod method, string? text, FaultLocation location, FaultList faults)
    {
        if (method != Method)
        {
            faults.Add(PublicationFaults.OtherMethod, location, NameOf(method), NameOf(Method), Source);
        }
        else if (method == DrawMethod.Local && !RootHash.IsHash(text ?? ""))
        {
            faults.Add(PublicationFaults.TextNotHex, location, TextForm.Shown(text ?? ""), "hex 64");
        }
        else
        {
            _form?.Check(text ?? "", location, faults);
        }
    }

    private static string Whole(string source)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        return JsonForm.Whole(source);
    }

    private static string Text(BigInteger number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    internal static string NameOf(DrawMethod method) => Methods.First(m => m.Method == method).Name;
}
