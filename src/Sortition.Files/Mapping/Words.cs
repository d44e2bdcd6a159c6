using System.Collections.Frozen;
using Sortition.Core.Problems;

namespace Sortition.Files.Mapping;

/// <summary>What columns and cells are called in the languages of people who have used this: for suggestions only, which somebody confirms.</summary>
internal static class Words
{
    public static FrozenSet<string> Ids { get; } = Of(
    [
        "id", "person id", "respondent id", "response id", "participant id", "registration id", "nationbuilder_id", "person_id", "respondent_id",
        "participant_id", "submission id", "deltager id", "löpnummer", "løbenummer", "lfd nr",
    ]);

    public static FrozenSet<string> FirstNames { get; } = Of(
    ["first name", "firstname", "given name", "fornavn", "förnamn", "vorname", "prénom", "voornaam", "keresztnév", "utónév"]);

    public static FrozenSet<string> LastNames { get; } = Of(
    [
        "last name", "lastname", "surname", "family name", "efternavn", "etternavn", "efternamn", "nachname", "familienname", "nom de famille",
        "achternaam", "vezetéknév", "családnév",
    ]);

    public static FrozenSet<string> Names { get; } = Of(
    ["name", "full name", "navn", "fulde navn", "namn", "naam", "nom", "nom et prénom", "név", "teljes név"]);

    public static FrozenSet<string> Emails { get; } = Of(
    ["e-mail", "email", "mail", "e-mail address", "email address", "mailadresse", "e-mailadresse", "e-post", "courriel", "adresse e-mail", "e-mail cím"]);

    public static FrozenSet<string> Phones { get; } = Of(
    [
        "phone", "phone number", "mobile", "mobile phone", "telephone", "telefon", "telefonnummer", "mobil", "mobilnummer", "tlf", "tlf nr", "handy",
        "téléphone", "portable", "telefoon", "telefoonnummer", "telefonszám",
    ]);

    public static FrozenSet<string> Streets { get; } = Of(
    [
        "street", "street address", "address", "address line 1", "adresse", "vej", "vejnavn", "gade", "adress", "gata", "gatuadress", "straße", "strasse",
        "anschrift", "rue", "straat", "adres", "cím", "utca", "lakcím",
    ]);

    public static FrozenSet<string> HouseNumbers { get; } = Of(
    ["house number", "house no", "number", "husnr", "husnummer", "hausnummer", "hausnr", "numéro", "huisnummer", "házszám", "flat", "door", "dør", "etage"]);

    public static FrozenSet<string> Postcodes { get; } = Of(
    [
        "postcode", "postal code", "zip", "zip code", "postnr", "postnummer", "plz", "postleitzahl", "code postal", "irányítószám",
    ]);

    public static FrozenSet<string> Births { get; } = Of(
    [
        "year of birth", "birth year", "date of birth", "birth date", "birthdate", "birthday", "born", "dob", "yob", "fødselsår", "fødselsdato", "født",
        "fødselsdag", "födelseår", "födelsedatum", "född", "geburtsjahr", "geburtsdatum", "jahrgang", "année de naissance", "date de naissance",
        "geboortejaar", "geboortedatum", "születési év", "születési dátum", "in which year were you born", "what is your year of birth",
    ]);

    public static FrozenSet<string> Ages { get; } = Of(
    ["age", "alder", "ålder", "alter", "âge", "leeftijd", "kor", "életkor", "how old are you"]);

    public static FrozenSet<string> Statuses { get; } = Of(
    [
        "status", "answer", "response", "reply", "confirmed", "withdrawn", "participation", "attendance", "svar", "tilmelding", "deltagelse", "deltager",
        "frameldt", "taking part", "take part", "coming", "deltager du", "anmälan", "påmelding", "antwort", "teilnahme", "réponse", "antwoord",
        "deelname", "válasz", "részvétel", "státusz",
    ]);

    public static FrozenSet<string> In { get; } = Of(
    [
        "yes", "ja", "oui", "igen", "sí", "y", "j", "confirmed", "accepted", "registered", "active", "taking part", "bekræftet", "tilmeldt", "deltager",
        "aktiv", "anmäld", "påmeldt", "angemeldet", "bestätigt", "inscrit", "inscrite", "confirmé", "aangemeld", "bevestigd", "jelentkezett",
    ]);

    public static FrozenSet<string> Out { get; } = Of(
    [
        "no", "nej", "nein", "non", "nee", "nei", "nem", "n", "withdrawn", "declined", "cancelled", "canceled", "refused", "out", "frameldt", "afbud",
        "afmeldt", "trukket", "avanmäld", "avmeldt", "abgemeldet", "abgesagt", "zurückgezogen", "désisté", "annulé", "afgemeld", "ingetrokken", "visszalépett",
    ]);

    public static FrozenSet<string> GenderHeadings { get; } = Of(
    ["gender", "sex", "køn", "kön", "kjønn", "geschlecht", "sexe", "genre", "geslacht", "nem"]);

    /// <summary>Words for one thing each, in all languages at once.</summary>
    public static IReadOnlyList<FrozenSet<string>> Synonyms { get; } =
    [
        Of([
            "female", "females", "woman", "women", "f", "w", "girl", "kvinde", "kvinder", "k", "kvinna", "kvinnor", "kvinne", "kvinner", "frau", "frauen",
            "weiblich", "femme", "femmes", "féminin", "vrouw", "vrouwen", "v", "vrouwelijk", "nő", "nők",
        ]),
        Of([
            "male", "males", "man", "men", "m", "boy", "mand", "mænd", "män", "mann", "menn", "männer", "männlich", "homme", "hommes", "h", "masculin",
            "mannen", "mannelijk", "férfi", "férfiak",
        ]),
        Of(["non-binary", "nonbinary", "non binary", "enby", "nb", "x", "diverse", "divers", "ikke-binær", "nonbinær", "icke-binär", "ikkebinær",
        "non binaire"]),
        Of(["yes", "ja", "oui", "igen", "y", "j", "true"]),
        Of(["no", "nej", "nein", "non", "nee", "nei", "nem", "n", "false"]),
    ];

    /// <summary>Whether a text is one of some words.</summary>
    public static bool AreOneOf(FrozenSet<string> words, string text) => words.Contains(Plain(text));

    /// <summary>Whether one of some words stands in a heading, as questions of forms have them: <c>What is your year of birth?</c></summary>
    public static bool StandIn(IEnumerable<string> words, string heading)
    {
        string padded = $" {Plain(heading)} ";
        return words.Any(word => padded.Contains($" {word} ", StringComparison.Ordinal));
    }

    /// <summary>Letters and digits only, with single spaces between them.</summary>
    public static string Plain(string text) =>
        string.Join(' ', string.Concat(NameComparer.Key(text).Select(c => char.IsLetterOrDigit(c) || char.IsSurrogate(c) || IsMark(c) ? c : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static FrozenSet<string> Of(IEnumerable<string> words) => words.Select(Plain).ToFrozenSet(StringComparer.Ordinal);

    private static bool IsMark(char c) => char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark;
}
