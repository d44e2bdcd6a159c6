using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sortition.Shared;

namespace Sortition.Files.Mapping;

/// <summary>Writes mappings as people edit them: indented, with every member that can be answered.</summary>
internal static class MappingWriter
{
    public static void Write(Stream stream, MappingModel model) => JsonForm.WriteDocument(stream, json =>
    {
        json.WriteString("format", MappingReader.Format);
        json.WriteObject("table", () => Table(json, model.Table));
        if (model.IsAsOfOpen || model.AsOf is not null)
        {
            json.WriteString("asOf", model.AsOf?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? Open.Mark);
        }

        json.WriteObject("id", () => Id(json, model.Id));
        if (model.Status is StatusRule status)
        {
            json.WriteObject("status", () => Status(json, status));
        }

        Texts(json, "household", model.Household);
        json.WriteObject("contact", () => Contact(json, model.Contact));
        json.WriteObjects("features", model.Features, feature => Feature(json, feature));
        json.WriteObject("duplicates", () => Duplicates(json, model.Duplicates));
    });

    private static void Table(Utf8JsonWriter json, TableForm form)
    {
        TextOrNull(json, "sheet", form.Sheet);
        json.WriteNumberOrNull("headerRow", form.HeaderRow);
        json.WriteNumberOrNull("firstRow", form.FirstRow);
        Texts(json, "notPeople", form.NotPeople);
        TextOrNull(json, "encoding", form.Encoding);
        TextOrNull(json, "separator", form.Separator?.ToString());
        TextOrNull(json, "decimal", form.Decimal?.ToString());
        TextOrNull(json, "hiddenRows", form.HiddenRows);
    }

    private static void Id(Utf8JsonWriter json, IdRule rule)
    {
        Given(json, "column", rule.Column);
        Given(json, "create", rule.Create?.ToString());
        Given(json, "keep", rule.Keep);
    }

    private static void Status(Utf8JsonWriter json, StatusRule rule)
    {
        json.WriteString("column", rule.Column);
        Texts(json, "in", rule.In);
        Texts(json, "out", rule.Out);
        Given(json, "other", rule.Other);
    }

    private static void Contact(Utf8JsonWriter json, ContactRule rule)
    {
        Texts(json, "name", rule.Name);
        TextOrNull(json, "email", rule.Email);
        TextOrNull(json, "phone", rule.Phone);
    }

    private static void Feature(Utf8JsonWriter json, FeatureRule rule)
    {
        json.WriteString("name", rule.Name);
        json.WriteString("column", rule.Column);
        if (rule.Kind != FeatureKind.Value)
        {
            json.WriteString("kind", MappingReader.NameOf(rule.Kind));
            Bands(json, rule);
        }

        Given(json, "edge", rule.Edge);
        if (rule.EdgeColumn is string column)
        {
            json.WriteObject("edge", () => json.WriteString("column", column));
        }

        Given(json, "dateOrder", rule.DateOrder);
        if (rule.Lookup is LookupRule lookup)
        {
            json.WriteObject("lookup", () =>
            {
                json.WriteString("file", lookup.File);
                Given(json, "sheet", lookup.Sheet);
                json.WriteString("from", lookup.From);
                json.WriteString("to", lookup.To);
            });
        }

        if (rule.Values is not null)
        {
            json.WriteObject("values", () =>
            {
                foreach (Spellings value in rule.Values)
                {
                    Texts(json, value.Value, value.Also);
                }
            });
        }

        Answer(json, "blank", rule.Blank);
        Answer(json, "other", rule.Other);
        if (rule.Kind != FeatureKind.Value)
        {
            Answer(json, "outside", rule.Outside);
        }
    }

    private static void Bands(Utf8JsonWriter json, FeatureRule rule)
    {
        if (rule.AreBandsOpen)
        {
            json.WriteString("bands", Open.Mark);
            return;
        }

        json.WriteObject("bands", () =>
        {
            foreach (Band band in rule.Bands)
            {
                OneLine(json, band.Name, [Text(band.From), band.To is int to ? Text(to) : "null"]);
            }
        });
    }

    private static void Answer(Utf8JsonWriter json, string name, Fallback answer)
    {
        if (answer.Value is string value)
        {
            json.WriteObject(name, () => json.WriteString("value", value));
            return;
        }

        json.WriteString(name, answer.Kind switch
        {
            FallbackKind.LeaveOut => "leaveOut",
            FallbackKind.Open => Open.Mark,
            _ => "fault",
        });
    }

    private static void Duplicates(Utf8JsonWriter json, DuplicateRule rule)
    {
        OneLine(json, "by", rule.By.Select(parts => InBrackets(parts.Select(part => Quoted(MappingReader.NameOf(part))))));
        json.WriteObjects("decisions", rule.Decisions, decision =>
        {
            Texts(json, "ids", decision.Ids);
            if (decision.Keep is { Count: > 1 } several)
            {
                Texts(json, "keep", several);
            }
            else
            {
                json.WriteString("keep", decision.Keep is [string one] ? one : Open.Mark);
            }
        });
    }

    /// <summary>A list on one line: so a person can take it in.</summary>
    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts) => OneLine(json, name, texts.Select(Quoted));

    private static void OneLine(Utf8JsonWriter json, string name, IEnumerable<string> items)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(InBrackets(items));
    }

    private static string InBrackets(IEnumerable<string> items) => $"[{string.Join(", ", items)}]";

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Given(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static void TextOrNull(Utf8JsonWriter json, string name, string? text)
    {
        if (text is null)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteString(name, text);
        }
    }
}
