using Sortition.Core;

namespace Sortition.Shared.Speech;

/// <summary>What the command says of an objective: the texts that differ from objective to objective.</summary>
/// <remarks>They stand under <c>objective/NAME/PART</c>, and what holds for all that have none of their own under <c>objective/PART</c>.</remarks>
internal sealed class ObjectiveText(Language language, string objective)
{
    /// <summary>How to read the bounds of an explanation.</summary>
    public string HowToReadBounds => language.Text(Key("bounds"));

    /// <summary>What a proven lottery is: half a sentence.</summary>
    public string Best(Certificate certificate, string who) =>
        language.Texts.Has(Own("best")) ? OfCertificate("best", certificate, who) : Bound(certificate, who);

    /// <summary>What no lottery can better.</summary>
    public string Bound(Certificate certificate, string who) => OfCertificate("bound", certificate, who);

    /// <summary>What the lottery reaches.</summary>
    public string Reached(Certificate certificate, string who) => OfCertificate("reached", certificate, who);

    /// <summary>What can still be reached, while it is computed; empty where that says nothing.</summary>
    public string Prospect(SolveProgress progress) =>
        language.Text(Key("prospect"), ("most", language.Percent(progress.UpperBound)), ("least", language.Percent(progress.LowerBound)));

    /// <summary>A text about people and what settles their chance.</summary>
    public string Settled(string part, int people) => language.Text(Key(part), ("people", people));

    /// <summary>What Goldilocks minimises.</summary>
    public static string Balance(Language language, double value) => language.Number(value, "0.0000");

    private string OfCertificate(string part, Certificate certificate, string who)
    {
        double gamma = certificate.Objective.Parameter ?? 1;
        return language.Text(
            Key(part),
            ("who", who),
            ("reached", language.Percent(certificate.Value)),
            ("bound", language.Percent(certificate.Bound)),
            ("reachedBalance", Balance(language, certificate.Value)),
            ("boundBalance", Balance(language, certificate.Bound)),
            ("perfectBalance", Balance(language, 1 + gamma)),
            ("gamma", gamma.ToString("G6", language.Texts.Numbers)));
    }

    private string Own(string part) => $"objective/{objective}/{part}";

    private string Key(string part) => language.Texts.Has(Own(part)) ? Own(part) : "objective/" + part;
}
