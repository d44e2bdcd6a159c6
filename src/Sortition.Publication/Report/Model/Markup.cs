using System.Text;

namespace Sortition.Publication.Report.Model;

/// <summary>Writes elements, for pages and drawings. Whatever is handed to it is text, and escaped.</summary>
internal sealed class Markup
{
    private readonly StringBuilder _text = new();
    private readonly Stack<string> _open = new();

    /// <summary>Begins an element. An attribute without a value is left out.</summary>
    public Markup Open(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Tag(name, attributes, ">");
        _open.Push(name);
        return this;
    }

    /// <summary>Ends the element begun last.</summary>
    public Markup Close()
    {
        _text.Append("</").Append(_open.Pop()).Append('>');
        return this;
    }

    /// <summary>Ends the element begun last, and the line.</summary>
    public Markup CloseLine() => Close().Line();

    /// <summary>An HTML element that has no end, such as meta.</summary>
    public Markup Void(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Tag(name, attributes, ">");
        return this;
    }

    /// <summary>An SVG element without content.</summary>
    public Markup Shape(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Tag(name, attributes, "/>");
        return Line();
    }

    /// <summary>An element that holds text only.</summary>
    public Markup Element(string name, string text, params ReadOnlySpan<(string Name, string? Value)> attributes) => Open(name, attributes).Text(text).Close();

    public Markup Text(string text)
    {
        Escape(text);
        return this;
    }

    /// <summary>Text from data: in HTML, an element of its own that keeps its writing direction to itself.</summary>
    public Markup Data(string text) => Element("bdi", SafeText.Of(text));

    /// <summary>A text of a language whose places may hold data.</summary>
    public Markup Sentence(ReportLanguage language, string key, params ReadOnlySpan<(string Name, Inline Value)> values)
    {
        foreach ((string piece, bool isPlace) in language.Pieces(key))
        {
            if (!isPlace)
            {
                Text(piece);
                continue;
            }

            Inline value = ReportLanguage.ValueOf(key, piece, values);
            _ = value.Element is null ? Text(value.Text) : Element(value.Element, value.Text);
        }

        return this;
    }

    /// <summary>A paragraph of a text of a language.</summary>
    public Markup Paragraph(ReportLanguage language, string key, params ReadOnlySpan<(string Name, Inline Value)> values) =>
        Open("p").Sentence(language, key, values).CloseLine();

    public Markup Line()
    {
        _text.Append('\n');
        return this;
    }

    /// <summary>A style sheet or another document of ours, as it is.</summary>
    public Markup Verbatim(string ours)
    {
        _text.Append(ours);
        return this;
    }

    public override string ToString() =>
        _open.Count == 0 ? _text.ToString() : throw new InvalidOperationException($"The element {_open.Peek()} was not ended.");

    private void Tag(string name, ReadOnlySpan<(string Name, string? Value)> attributes, string end)
    {
        _text.Append('<').Append(name);
        foreach ((string attribute, string? value) in attributes)
        {
            if (value is not null)
            {
                _text.Append(' ').Append(attribute).Append("=\"");
                Escape(value);
                _text.Append('"');
            }
        }

        _text.Append(end);
    }

    private void Escape(string text)
    {
        foreach (char c in text)
        {
            _ = c switch
            {
                '&' => _text.Append("&amp;"),
                '<' => _text.Append("&lt;"),
                '>' => _text.Append("&gt;"),
                '"' => _text.Append("&quot;"),
                '\'' => _text.Append("&#39;"),
                _ => _text.Append(c),
            };
        }
    }
}

/// <summary>What fills a place of a text.</summary>
/// <param name="Text">The text.</param>
/// <param name="Element">The HTML element around it; null for none.</param>
internal readonly record struct Inline(string Text, string? Element)
{
    public static implicit operator Inline(string text) => new(text, null);

    public static Inline Strong(string text) => new(text, "strong");

    public static Inline Code(string text) => new(text, "code");

    public static Inline Data(string text) => new(SafeText.Of(text), "bdi");
}
