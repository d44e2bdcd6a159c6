using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text;
using Sortition.Core.Certificates;
using Sortition.Core.Feasibility;
using Sortition.Core.Problems;
using Sortition.Core.Texts;

namespace Sortition.Core;

/// <summary>Makes sentences of what the library says in codes and numbers: reasons, constraints, conflicts and what would help, faults.</summary>
/// <remarks>
/// <para>The sentences stand in documents of texts (UTF-8 JSON, one object from keys to texts), not in code. In a text, <c>{name}</c> is the place of a value,
/// and <c>{name:key}</c> that of another text about a value, which that text calls <c>{value}</c>. A key that ends in <c>.one</c> is the form for the number 1
/// or for a list of one, one that ends in <c>.none</c> the form where there is nothing; without such a form, what there is nothing of takes no place. Numbers
/// are written in digits as the language does, whatever the culture of the process: <c>number.decimal</c> is what stands before decimals, and
/// <c>number.group</c> what stands between thousands.</para>
/// <para><see cref="For"/> gives one of the <see cref="Languages"/> there are. Another is a document of its own: <c>TextRenderer.English.With(stream)</c>; what
/// it leaves out stays English. Immutable and safe to read from any thread.</para>
/// </remarks>
/// <example>
/// <code>
/// try
/// {
///     SelectionProblem problem = builder.Build();
/// }
/// catch (MalformedInputException malformed)
/// {
///     foreach (Fault fault in malformed.Faults)
///     {
///         Console.Error.WriteLine(TextRenderer.English.Describe(fault));
///     }
/// }
/// </code>
/// </example>
public sealed class TextRenderer
{
    private const int RemediesTold = 5;
    private const int WordsTold = 12;
    private const int LinesTold = 6;
    private const int MostLetters = 80;

    private const string EnglishCode = "en";
    private const string Prefix = "Texts/";
    private const string Suffix = ".json";

    private readonly Dictionary<string, string> _texts;
    private readonly NumberFormatInfo _numbers;

    private TextRenderer(string language, Dictionary<string, string> texts)
    {
        Language = language;
        _texts = texts;
        _numbers = (NumberFormatInfo)NumberFormatInfo.InvariantInfo.Clone();
        _numbers.NumberDecimalSeparator = texts.GetValueOrDefault("number.decimal", _numbers.NumberDecimalSeparator);
        _numbers.NumberGroupSeparator = texts.GetValueOrDefault("number.group", _numbers.NumberGroupSeparator);
    }

    /// <summary>English, for all that this package says.</summary>
    /// <remarks>
    /// Packages that build on this one raise faults of their own, and have renderers that know them and all that is here: <c>FileTexts.English</c> in
    /// Sortition.Files, <c>PublicationTexts.English</c> in Sortition.Publication. Use the one of the topmost package you have. What a renderer has no sentence
    /// for, it calls by its code.
    /// </remarks>
    public static TextRenderer English { get; } = For(EnglishCode);

    /// <summary>The codes (BCP 47) of the languages there are, in ordinal order.</summary>
    public static IReadOnlyList<string> Languages =>
        [.. typeof(TextRenderer).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal) && n.EndsWith(Suffix, StringComparison.Ordinal))
            .Select(n => n[Prefix.Length..^Suffix.Length])
            .Order(StringComparer.Ordinal)];

    /// <summary>The code (BCP 47) of the language, such as <c>da</c>.</summary>
    public string Language { get; }

    /// <summary>How the language writes numbers, to be given to <c>ToString</c> and the like.</summary>
    public IFormatProvider Numbers => _numbers;

    /// <summary>A language, for all that this package says.</summary>
    /// <param name="language">One of <see cref="Languages"/>.</param>
    /// <returns>The renderer. For packages that build on this one, see <see cref="English"/>; they have a method of this name, too.</returns>
    /// <exception cref="ArgumentException">There is no such language.</exception>
    public static TextRenderer For(string language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return Languages.Contains(language, StringComparer.Ordinal)
            ? new TextRenderer(language, []).WithTextsOf(typeof(TextRenderer).Assembly)
            : throw new ArgumentException($"There is no language \"{language}\"; there are {string.Join(", ", Languages)}.", nameof(language));
    }

    /// <summary>A renderer that knows further texts, and uses them rather than its own where both have one.</summary>
    /// <param name="texts">A document of texts; read to its end, left open.</param>
    /// <returns>The renderer.</returns>
    /// <exception cref="JsonException">The document is no JSON object whose members are all text.</exception>
    public TextRenderer With(Stream texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        Dictionary<string, string> all = new(_texts, StringComparer.Ordinal);
        using JsonDocument json = JsonDocument.Parse(texts);
        if (json.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("A document of texts is an object.");
        }

        foreach (JsonProperty text in json.RootElement.EnumerateObject())
        {
            all[text.Name] = text.Value.ValueKind == JsonValueKind.String ? text.Value.GetString()! : throw new JsonException($"\"{text.Name}\" is no text.");
        }

        return new TextRenderer(Language, all);
    }

    /// <summary>Whether there is a text.</summary>
    /// <param name="key">Its key.</param>
    /// <returns>Whether there is.</returns>
    public bool Has(string key) => _texts.ContainsKey(key);

    /// <summary>What is wrong with some input, with everything known about it, what was found included.</summary>
    /// <param name="fault">The fault.</param>
    /// <returns>One sentence without a full stop. Long texts are cut, and of long lists the first entries are named.</returns>
    public string Describe(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        (string, object?)[] values = [.. fault.Code.Parameters.Select(p => (p, Shorten(fault[p])))];
        return _texts.ContainsKey(fault.Code.Name)
            ? Render("fault", ("place", Place(fault)), ("text", Render(fault.Code.Name, values)))
            : fault.ToString();
    }

    /// <summary>What is wrong with some input, without what somebody answered: for logs, error pages and whoever else is not the giver of the input.</summary>
    /// <param name="fault">The fault. Ids of people, and names of features, are told.</param>
    /// <returns>One sentence without a full stop, in which the values of <see cref="FaultCode.Personal"/> are left out.</returns>
    public string DescribeWithoutPersonalData(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        IEnumerable<object?> values = fault.Code.Parameters.Select(p => fault.Code.Personal.Contains(p, StringComparer.Ordinal) ? null : fault[p]);
        return Describe(fault.WithValues(values));
    }

    private string Place(Fault fault) => fault.LineCount <= 1 ? Describe(fault.Location)
        : Render(
            "place",
            ("source", fault.Location.Source),
            ("line", null),
            ("lines", Render("lines", ("count", fault.LineCount), ("list", LineRanges(fault)))),
            ("column", fault.Location.Column));

    /// <summary>The first lines, those that follow each other as a range: <c>14–16, 20, …</c>.</summary>
    private static string LineRanges(Fault fault)
    {
        int[] lines = [.. fault.Lines.Distinct().Order()];
        List<string> ranges = [];
        int next = 0;
        while (next < lines.Length && ranges.Count < LinesTold)
        {
            int last = next;
            while (last + 1 < lines.Length && lines[last + 1] == lines[last] + 1)
            {
                last++;
            }

            ranges.Add(FormattableString.Invariant(last == next ? (FormattableString)$"{lines[next]}" : $"{lines[next]}–{lines[last]}"));
            next = last + 1;
        }

        return string.Join(", ", next < lines.Length || fault.LineCount > fault.Lines.Count ? ranges.Append("…") : ranges);
    }

    /// <summary>Where a fault is.</summary>
    /// <param name="location">The place.</param>
    /// <returns>Words such as <c>people.csv, line 12, column "age"</c>.</returns>
    public string Describe(FaultLocation location)
    {
        ArgumentNullException.ThrowIfNull(location);
        return Render("place", ("source", location.Source), ("line", location.Line), ("lines", null), ("column", location.Column));
    }

    /// <summary>A renderer that knows the texts of a package too.</summary>
    /// <param name="package">
    /// An assembly with the resource <c>Texts/en.json</c>, a document of texts; and one for each further language, such as <c>Texts/da.json</c>. What that of
    /// this language leaves out, or all if there is none, stays English.
    /// </param>
    /// <returns>The renderer.</returns>
    /// <exception cref="ArgumentException">There are no English texts.</exception>
    public TextRenderer WithTextsOf(Assembly package)
    {
        ArgumentNullException.ThrowIfNull(package);
        using Stream texts = package.GetManifestResourceStream(Prefix + EnglishCode + Suffix)
            ?? throw new ArgumentException("The assembly has no texts.", nameof(package));
        TextRenderer english = With(texts);
        using Stream? own = package.GetManifestResourceStream(Prefix + Language + Suffix);
        return own is null || string.Equals(Language, EnglishCode, StringComparison.Ordinal) ? english : english.With(own);
    }

    /// <summary>A rule that a panel has to obey.</summary>
    /// <param name="constraint">The constraint.</param>
    /// <param name="problem">The problem it belongs to.</param>
    /// <returns>Words to stand in a sentence: <c>at least 18 of gender: female</c>.</returns>
    public string Describe(Constraint constraint, SelectionProblem problem)
    {
        ArgumentNullException.ThrowIfNull(constraint);
        ArgumentNullException.ThrowIfNull(problem);
        int? number = constraint.Kind == ConstraintKind.QuotaMinimum ? constraint.Quota?.Min : constraint.Quota?.Max;
        return Render(
            $"constraint/{constraint.Kind}", ("size", problem.PanelSize), ("limit", problem.HouseholdLimit), ("number", number), ("quota", Label(constraint)));
    }

    /// <summary>Why somebody is on no panel.</summary>
    /// <param name="person">The person.</param>
    /// <param name="problem">The problem.</param>
    /// <returns>One sentence.</returns>
    public string Describe(UnselectablePerson person, SelectionProblem problem)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(problem);
        return problem.People[person.Person].Status == PersonStatus.MustBeOut
            ? Render("uncovered/must-be-out")
            : Render("uncovered/excluded", ("constraints", All(person.Constraints, problem)));
    }

    /// <summary>Why no panel exists.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="problem">The problem.</param>
    /// <returns>One sentence.</returns>
    public string Describe(InfeasibilityReason reason, SelectionProblem problem)
    {
        ArgumentNullException.ThrowIfNull(reason);
        ArgumentNullException.ThrowIfNull(problem);
        return Render(
            $"reason/{reason.Code}",
            ("have", reason.Available),
            ("need", reason.Required),
            ("quota", Label(reason.Constraints[0])),
            ("feature", reason.Constraints[0].Quota?.FeatureLabel),
            ("other", reason.Constraints[^1].Quota?.FeatureLabel),
            ("constraints", All(reason.Constraints, problem)));
    }

    /// <summary>What clashes.</summary>
    /// <param name="conflict">The conflict.</param>
    /// <param name="problem">The problem.</param>
    /// <returns>One sentence.</returns>
    public string Describe(Conflict conflict, SelectionProblem problem)
    {
        ArgumentNullException.ThrowIfNull(conflict);
        return Describe(conflict.Reason, problem);
    }

    /// <summary>What would end a conflict. Each helps against this conflict; others may remain.</summary>
    /// <param name="conflict">The conflict.</param>
    /// <param name="problem">The problem.</param>
    /// <returns>Sentences.</returns>
    public IEnumerable<string> DescribeHelp(Conflict conflict, SelectionProblem problem)
    {
        ArgumentNullException.ThrowIfNull(conflict);
        ArgumentNullException.ThrowIfNull(problem);
        int changes = conflict.Remedies.Count;
        if (changes > 0)
        {
            string told = Join("join.clauses", conflict.Remedies.Take(RemediesTold).Select(DescribeInSentence));
            yield return Render("help/changes", ("value", changes), ("changes", told), ("more", changes > RemediesTold ? changes - RemediesTold : null));
        }

        if (conflict.Volunteers is { Count: > 0 } profiles)
        {
            string? who = profiles is [{ IsAnybody: true }] ? null : Join("join.clauses", profiles.Select(Describe));
            yield return Render(changes > 0 ? "help/volunteers-too" : "help/volunteers", ("count", profiles.Sum(v => v.Count)), ("profiles", who));
        }
        else if (conflict.Volunteers is not null)
        {
            yield return Render("help/no-volunteers");
        }

        if (conflict.ExcludedCount > 0)
        {
            yield return Render("help/kept-out", ("value", conflict.ExcludedCount));
        }
    }

    /// <summary>How many volunteers of what kind.</summary>
    /// <param name="volunteers">The volunteers.</param>
    /// <returns>Words to stand in a sentence: <c>3 of gender: female, not age: 65+</c>.</returns>
    public string Describe(VolunteerProfile volunteers)
    {
        ArgumentNullException.ThrowIfNull(volunteers);
        string values = volunteers.IsAnybody
            ? Render("volunteers/anybody")
            : Join(
                "join.words",
                volunteers.RequiredValues.Select(Label).Concat(volunteers.ExcludedValues.Select(v => Render("volunteers/not", ("value", Label(v))))));
        return Render("volunteers", ("count", volunteers.Count), ("values", values));
    }

    /// <summary>A change of a quota or of the panel size.</summary>
    /// <param name="change">The change.</param>
    /// <returns>Words to stand in a list: <c>gender: female: at least 17 instead of 18</c>.</returns>
    public string Describe(ConstraintChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return Render($"change/{change.Constraint.Kind}", ("quota", Label(change.Constraint)), ("from", change.From), ("to", change.To));
    }

    /// <summary>What is wrong with a certificate.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="problem">The lottery's problem.</param>
    /// <returns>One sentence.</returns>
    public string Describe(CertificateFault fault, SelectionProblem problem)
    {
        ArgumentNullException.ThrowIfNull(fault);
        ArgumentNullException.ThrowIfNull(problem);
        string person = fault.Index is int i && i >= 0 && i < problem.People.Count ? problem.People[i].Id : Render("somebody");
        return OfClaim(
            fault.Claim, Render(
                $"certificate-fault/{fault.Kind}", ("index", fault.Index), ("person", person), ("stated", fault.Stated), ("found", fault.Found)));
    }

    /// <summary>What is so by a point of a certificate's check; where it has faults, what should be.</summary>
    /// <param name="point">The point.</param>
    /// <returns>One sentence.</returns>
    public string Describe(CertificatePoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return OfClaim(point.Claim, Render($"certificate-point/{point.Kind}", ("found", point.Found)));
    }

    /// <summary>A change in the middle of a sentence: <c>at least 17 instead of 18 of gender: female</c>.</summary>
    private string DescribeInSentence(ConstraintChange change) =>
        Render($"remedy/{change.Constraint.Kind}", ("from", change.From), ("to", change.To), ("quota", Label(change.Constraint)));

    /// <summary>A text with its places filled.</summary>
    /// <param name="key">The text's key.</param>
    /// <param name="values">What stands in the places, by their names: texts, numbers, lists of texts. Whole numbers are written in digits only.</param>
    /// <returns>The text; the key itself where there is no such text.</returns>
    public string Render(string key, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (Find(key, values) is not string template)
        {
            return key;
        }

        StringBuilder text = new();
        ReadOnlySpan<char> rest = template;
        while (rest.IndexOf('{') is >= 0 and int open)
        {
            text.Append(rest[..open]);
            int close = open + rest[open..].IndexOf('}');
            text.Append(Fill(rest[(open + 1)..close].ToString(), values));
            rest = rest[(close + 1)..];
        }

        return text.Append(rest).ToString();
    }

    /// <summary>The form of a text that suits the number of what it is about.</summary>
    private string? Find(string key, ReadOnlySpan<(string Name, object? Value)> values)
    {
        string form = key;
        foreach ((string name, object? value) in values)
        {
            if (string.Equals(name, "value", StringComparison.Ordinal))
            {
                form = value switch
                {
                    null or "" or ICollection { Count: 0 } => key + ".none",
                    1 or 1L or ICollection { Count: 1 } => key + ".one",
                    _ => key,
                };
                if (form.EndsWith(".none", StringComparison.Ordinal))
                {
                    return _texts.GetValueOrDefault(form, "");
                }

                break;
            }
        }

        return _texts.TryGetValue(form, out string? text) || _texts.TryGetValue(key, out text) ? text : null;
    }

    private string Fill(string place, ReadOnlySpan<(string Name, object? Value)> values)
    {
        int colon = place.IndexOf(':', StringComparison.Ordinal);
        string wanted = colon < 0 ? place : place[..colon];
        foreach ((string name, object? value) in values)
        {
            if (string.Equals(name, wanted, StringComparison.Ordinal))
            {
                return colon < 0 ? Write(value) : Render(place[(colon + 1)..], ("value", value));
            }
        }

        // A slip in a text is seen, and breaks nothing.
        return $"{{{place}}}";
    }

    private string Write(object? value) => value switch
    {
        null => "",
        string text => text,
        IEnumerable<string> words => Join("join.words", words),
        decimal number => number.ToString("0.############################", _numbers),
        _ => Convert.ToString(value, _numbers)!,
    };

    private string Join(string key, IEnumerable<string> parts) => string.Join(_texts[key], parts);

    private string All(IEnumerable<Constraint> constraints, SelectionProblem problem) => Join("join.clauses", constraints.Select(c => Describe(c, problem)));

    private string OfClaim(int? claim, string text) => claim is int c ? Render("claim", ("claim", c + 1), ("text", text)) : text;

    private object? Shorten(object? value) => value switch
    {
        string text => OddCharacters.Named(text.Length <= MostLetters ? text : string.Concat(text.AsSpan(0, MostLetters - 3), "…")),
        IReadOnlyList<string> words => (string[])[.. words.Take(WordsTold).Select(w => (string)Shorten(w)!), .. words.Count > WordsTold ? (string[])["…"] : []],
        FaultLocation place => Describe(place),
        _ => value,
    };

    private static string? Label(Constraint constraint) => constraint.Quota is Quota quota ? $"{quota.FeatureLabel}: {quota.ValueLabel}" : null;

    private static string Label(FeatureValue value) => $"{value.Feature}: {value.Value}";
}
