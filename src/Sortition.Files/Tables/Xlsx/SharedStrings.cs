using System.Text;
using Sortition.Files.Storage;

namespace Sortition.Files.Tables.Xlsx;

/// <summary>The texts that cells of all sheets refer to by number.</summary>
internal static class SharedStrings
{
    private const int MaxTexts = 8_000_000;
    private const int MaxChars = 1 << 27;

    public static IReadOnlyList<string> Read(XmlPart xml)
    {
        List<string> texts = [];
        StringBuilder buffer = new();
        int chars = 0;
        while (xml.Read())
        {
            if (!xml.IsStart("si"))
            {
                continue;
            }

            string text = RichText.Read(xml, buffer);
            texts.Add(text);
            chars += text.Length;
            if (texts.Count > MaxTexts || chars > MaxChars)
            {
                throw new WorkbookException(FileFaults.TooManyTexts, MaxTexts, MaxChars);
            }
        }

        return texts;
    }
}
