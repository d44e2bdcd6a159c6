using System.Collections.Frozen;
using Sortition.Core.Problems;

namespace Sortition.Files.Dialects;

/// <summary>What became of an invitation to sit on a panel.</summary>
public enum Answer
{
    /// <summary>There was none: the person was not drawn.</summary>
    NotInvited = 0,

    /// <summary>The person was drawn and has not answered.</summary>
    Invited = 1,

    /// <summary>The person is on the panel.</summary>
    Yes = 2,

    /// <summary>The person said no, dropped out, or is to be asked no more.</summary>
    No = 3,
}

/// <summary>The words for an answer in English, Danish, Swedish, Norwegian, German, French, Dutch, Spanish and Hungarian, compared as names are.</summary>
internal static class AnswerDialect
{
    /// <summary>What to say where a word is not known.</summary>
    public static IReadOnlyList<string> Examples { get; } = ["invited", "yes", "no", "withdrawn"];

    private static readonly FrozenDictionary<string, Answer> s_answers = Of(
        (Answer.NotInvited, ["", "-", "not invited", "not asked", "ikke inviteret", "ikke spurgt", "nicht eingeladen", "non invité", "niet uitgenodigd"]),
        (Answer.Invited,
        [
            "invited", "asked", "contacted", "selected", "drawn", "pending", "waiting", "inviteret", "indkaldt", "spurgt", "kontaktet", "udtrukket",
            "afventer", "inbjuden", "kallad", "invitert", "eingeladen", "angefragt", "gezogen", "invité", "invitée", "contacté", "uitgenodigd", "gevraagd",
            "invitado", "invitada", "meghívott", "meghívva",
        ]),
        (Answer.Yes,
        [
            "yes", "y", "accepted", "confirmed", "coming", "stays", "ja", "bekræftet", "accepteret", "sagt ja", "deltager", "bekräftad", "bekreftet",
            "bestätigt", "zugesagt", "oui", "confirmé", "confirmée", "accepté", "bevestigd", "sí", "si", "confirmado", "confirmada", "igen", "megerősítve",
        ]),
        (Answer.No,
        [
            "no", "n", "declined", "refused", "withdrawn", "withdrew", "dropped out", "cancelled", "canceled", "erased", "deleted", "nej", "afbud", "afslået",
            "sagt nej", "trukket sig", "frafaldet", "udgået", "slettet", "tackat nej", "avböjt", "trukket", "avlyst", "nei", "nein", "abgesagt", "abgelehnt",
            "zurückgezogen", "gelöscht", "non", "refusé", "désisté", "effacé", "nee", "geweigerd", "afgemeld", "teruggetrokken", "rechazado", "retirado",
            "nem", "visszalépett", "törölve",
        ]));

    /// <summary>The answer that a cell gives; null where its word is not known.</summary>
    public static Answer? Read(string cell) => s_answers.TryGetValue(NameComparer.Key(cell), out Answer answer) ? answer : null;

    private static FrozenDictionary<string, Answer> Of(params (Answer Answer, string[] Words)[] answers) =>
        answers.SelectMany(a => a.Words.Select(word => (Key: NameComparer.Key(word), a.Answer)))
            .ToFrozenDictionary(a => a.Key, a => a.Answer, StringComparer.Ordinal);
}
