using System.Text;
using System.Text.RegularExpressions;
using Sortition.Core;
using Sortition.Publication.Format;

namespace Sortition.Publication.Tests;

/// <summary>Something that a forger does to a folder, whose fingerprints are then made to fit.</summary>
/// <param name="Group">The row of the table in <c>threat-model.md</c>.</param>
/// <param name="Kind">What is tried; several forgeries can be of one kind.</param>
/// <param name="Name">What it is called: no two have the same name.</param>
/// <param name="Make">Changes the folder; false where there is nothing to change in this form.</param>
internal sealed record Forgery(string Group, string Kind, string Name, Func<TemporaryFolder, Form, bool> Make)
{
    private static readonly Lazy<PublishedLottery>[] s_goldilocks = [.. ((TicketForm[])[TicketForm.Open, TicketForm.Closed]).Select(tickets => new Lazy<PublishedLottery>(() =>
        Example.Publish(LotteryAlgorithms.Find("goldilocks", 2)!.Solve(Example.Problem).GetLotteryOrThrow(), Example.Ballots, tickets: tickets)))];

    /// <summary>The answer of both verifiers as an exit code; null where it is that to the honest lottery, for there is nothing wrong, or nobody can know.</summary>
    public int? Answer { get; init; } = Verifiers.Wrong;

    /// <summary>The answer without the private part, where that is another one.</summary>
    public int? PublicAnswer { get; init; } = Verifiers.Wrong;

    public bool OfGoldilocks { get; init; }

    /// <summary>Whether the folder is that of a rehearsal.</summary>
    public bool OfRehearsal { get; init; }

    /// <summary>How the folder was drawn from before, if it was.</summary>
    public DrawMethod? Drawn { get; init; }

    /// <summary>Whether that draw was annulled, and another held.</summary>
    public bool IsAnnulled { get; init; }

    /// <summary>Whether it is about what no fingerprint binds.</summary>
    public bool KeepsSums { get; init; }

    /// <summary>Makes the folder in a form; false where the forgery cannot be tried in this form.</summary>
    public bool Write(TemporaryFolder folder, Form form)
    {
        PublishedLottery lottery = Honest(form);
        lottery.Write(folder.Path);
        if (Drawn is not null)
        {
            Example.Draw(lottery, folder.Path);
            if (IsAnnulled)
            {
                DrawHistory.Read(folder.Path).Annul(folder.Path, "a ball fell");
                Example.Draw(lottery, folder.Path);
            }
        }

        if (!Make(folder, form))
        {
            return false;
        }

        if (!KeepsSums)
        {
            Forger.FixSums(folder.Path);
        }

        return true;
    }

    /// <summary>What both verifiers must answer.</summary>
    public int AnswerIn(Form form) => (form is Form.Public or Form.ClosedPublic && PublicAnswer != Verifiers.Wrong ? PublicAnswer : Answer)
        ?? (IsAnnulled ? Verifiers.NotConfirmed : Example.HonestAnswer(Honest(form)));

    /// <summary>A change of the text of one file: what the first group matches stays, the rest of the match is replaced.</summary>
    public static Func<TemporaryFolder, Form, bool> Text(string file, string pattern, string replacement, bool all = false) => Bytes(
        file, content => Encoding.UTF8.GetBytes(Changed(Encoding.UTF8.GetString(content), pattern, replacement, all)));

    /// <summary>A change of the bytes of one file.</summary>
    public static Func<TemporaryFolder, Form, bool> Bytes(string file, Func<byte[], byte[]> change) => (folder, _) =>
    {
        if (!File.Exists(folder[file]))
        {
            return false;
        }

        byte[] content = File.ReadAllBytes(folder[file]);
        byte[] changed = change(content);
        File.WriteAllBytes(folder[file], changed);
        return !changed.AsSpan().SequenceEqual(content);
    };

    private PublishedLottery Honest(Form form) => OfGoldilocks
        ? s_goldilocks[form is Form.ClosedPrivate or Form.ClosedPublic ? 1 : 0].Value.In(form)
        : Example.Of(form, Drawn ?? DrawMethod.Text, OfRehearsal);

    private static string Changed(string text, string pattern, string replacement, bool all)
    {
        string By(Match match) => match.Groups[1].Value + (replacement.Contains('$', StringComparison.Ordinal) ? match.Result(replacement) : replacement);
        Regex regex = new(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));
        return regex.Replace(text, By, all ? -1 : 1);
    }
}
