using System.Globalization;
using System.Text.RegularExpressions;

namespace Sortition.Publication.Format;

/// <summary>The files of a published lottery.</summary>
internal static partial class PartNames
{
    public const string Sums = "SHA256SUMS";
    public const string Manifest = "publication.json";
    public const string Problem = "problem.json";
    public const string Lottery = "lottery.json";
    public const string Quotas = "quotas.csv";
    public const string Types = "types.csv";
    public const string People = "people.csv";
    public const string Ballots = "ballots.csv";

    /// <summary>The record of the draw, which comes after the publication and is not part of what the root binds.</summary>
    public const string Draw = "draw.json";

    /// <summary>The pricing problem of a claim, claims counted from 0 here and from 1 in the name.</summary>
    public static string Claim(int claim) => string.Create(CultureInfo.InvariantCulture, $"claim-{claim + 1:000}.mps");

    /// <summary>Whether a file of this name may be one of a published lottery.</summary>
    public static bool IsOurs(string name) =>
        name is Sums or Manifest or Problem or Lottery or Quotas or Types or People or Ballots or Draw || ClaimName().IsMatch(name);

    [GeneratedRegex("^claim-[0-9]{3,}\\.mps\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ClaimName();
}
