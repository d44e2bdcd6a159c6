using System.Globalization;
using System.Text;

namespace Sortition.Files.Tables.Xlsx;

/// <summary>Text as workbooks store it: in runs of one look each, with <c>_x000D_</c> for characters that XML has no way to write.</summary>
internal static class RichText
{
    /// <summary>The most characters of a text; spreadsheet programs allow 32,767.</summary>
    public const int MaxChars = 1 << 20;

    private const int EscapeLength = 7;

    /// <summary>Reads the text inside the element at hand, without hints on pronunciation, and moves to its end.</summary>
    public static string Read(XmlPart xml, StringBuilder buffer)
    {
        buffer.Clear();
        if (!xml.IsEmptyElement)
        {
            int depth = xml.Depth;
            int hint = -1;
            while (xml.ReadInside(depth))
            {
                if (hint >= 0 && xml.Depth > hint)
                {
                    continue;
                }

                hint = xml.IsStart("rPh") ? xml.Depth : -1;
                if (xml.IsStart("t"))
                {
                    xml.AppendText(buffer, MaxChars);
                }
            }
        }

        return Decode(buffer.ToString());
    }

    /// <summary>Replaces escapes by the characters they stand for.</summary>
    public static string Decode(string text)
    {
        int next = text.IndexOf("_x", StringComparison.Ordinal);
        if (next < 0)
        {
            return text;
        }

        StringBuilder decoded = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (IsEscape(text.AsSpan(i)))
            {
                decoded.Append((char)int.Parse(text.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += EscapeLength - 1;
            }
            else
            {
                decoded.Append(text[i]);
            }
        }

        return decoded.ToString();
    }

    /// <summary>Writes characters that XML cannot hold as escapes, and the beginnings of what would be taken for one.</summary>
    public static string Encode(string text)
    {
        StringBuilder? encoded = null;
        for (int i = 0; i < text.Length; i++)
        {
            int length = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) ? 2 : 1;
            if (length == 2 || !NeedsEscape(text.AsSpan(i)))
            {
                encoded?.Append(text, i, length);
                i += length - 1;
                continue;
            }

            encoded ??= new StringBuilder(text, 0, i, text.Length + EscapeLength);
            encoded.Append(CultureInfo.InvariantCulture, $"_x{(int)text[i]:X4}_");
        }

        return encoded?.ToString() ?? text;
    }

    // XML turns carriage returns into line feeds.
    private static bool NeedsEscape(ReadOnlySpan<char> rest) =>
        (rest[0] < ' ' && rest[0] is not ('\t' or '\n')) || char.IsSurrogate(rest[0]) || rest[0] is '\uFFFE' or '\uFFFF' || IsEscape(rest);

    private static bool IsEscape(ReadOnlySpan<char> text)
    {
        if (text.Length < EscapeLength || text[0] != '_' || text[1] != 'x' || text[EscapeLength - 1] != '_')
        {
            return false;
        }

        foreach (char digit in text[2..(EscapeLength - 1)])
        {
            if (!char.IsAsciiHexDigit(digit))
            {
                return false;
            }
        }

        return true;
    }
}
