namespace Sortition.Cli;

/// <summary>Paragraphs and two columns beside each other, within the width of a terminal.</summary>
internal sealed class HelpColumns(TextWriter output, int width)
{
    private const string Indent = "  ";

    // On a narrower terminal, or one that does not know its width, lines are broken by the terminal.
    private const int Narrowest = 40;

    private readonly int _width = width < Narrowest ? int.MaxValue : width;

    public void Paragraph(string text)
    {
        foreach (string line in Lines(text, _width - Indent.Length))
        {
            output.WriteLine(Indent + line);
        }
    }

    public void Write(IReadOnlyList<(string First, string Second)> rows)
    {
        int first = rows.Max(r => r.First.Length);
        if (first + rows.Max(r => r.Second.Length) + (2 * Indent.Length) > _width)
        {
            first = rows.SelectMany(r => Lines(r.First, Math.Min(first, (_width / 2) - Indent.Length))).Max(line => line.Length);
        }

        foreach ((string names, string text) in rows)
        {
            string[] left = [.. Lines(names, first)];
            string[] right = [.. Lines(text, _width - first - (2 * Indent.Length))];
            for (int i = 0; i < Math.Max(left.Length, right.Length); i++)
            {
                string line = Indent + (i < left.Length ? left[i] : "").PadRight(first) + Indent + (i < right.Length ? right[i] : "");
                output.WriteLine(line.TrimEnd());
            }
        }
    }

    /// <summary>A text in lines of at most so many characters; a word that is longer has a line of its own.</summary>
    private static IEnumerable<string> Lines(string text, int most)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > most)
            {
                yield return line;
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        yield return line;
    }
}
