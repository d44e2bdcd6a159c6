using System.Globalization;
using System.Text.RegularExpressions;

namespace Sortition.Publication.Format;

/// <summary>The files of a published lottery.</summary>
internal static partial class PartNames
{
    public const string Sums = "SHA256SUMS";
    public const string Publication = "publication.json";
    public const string People = "people.csv";
    public const string Ballots = "ballots.csv";

    /// <summary>Who is who: for auditors only. The root binds it, though it is not published.</summary>
    public const string Private = "private.json";

    /// <summary>A page on which people find themselves. Not part of what the root binds: it holds files that are, and what it says follows from them.</summary>
    public const string FindMe = "find-me.html";

    private const string Json = ".json";
    private const string DrawName = "draw";
    private const string UrnName = "urn";
    private const string AnnulmentName = "annulment";

    /// <summary>What the root binds, in the ordinal order of names.</summary>
    public static IReadOnlyList<string> Bound { get; } = [Ballots, People, Private, Publication];

    /// <summary>The record of a draw, counted from 1; there is a second one only where the first was annulled. Not part of what the root binds.</summary>
    public static string Draw(int number) => Numbered(DrawName, number);

    /// <summary>The number called out for a draw, where a text that is known later decides with it.</summary>
    public static string Urn(int number) => Numbered(UrnName, number);

    /// <summary>That a draw was annulled.</summary>
    public static string Annulment(int number) => string.Create(CultureInfo.InvariantCulture, $"{AnnulmentName}-{number}{Json}");

    /// <summary>Whether a file of this name may be one of a published lottery.</summary>
    public static bool IsOurs(string name) => name is Sums or FindMe || Bound.Contains(name, StringComparer.Ordinal) || IsOfDraw(name);

    /// <summary>Whether a file of this name may tell of a draw.</summary>
    public static bool IsOfDraw(string name) => DrawFile().IsMatch(name);

    private static string Numbered(string name, int number) =>
        number == 1 ? name + Json : string.Create(CultureInfo.InvariantCulture, $"{name}-{number}{Json}");

    [GeneratedRegex("^(draw|urn|annulment)(-[0-9]+)?\\.json\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DrawFile();
}
