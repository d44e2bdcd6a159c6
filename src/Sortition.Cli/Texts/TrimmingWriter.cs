using System.Text;

namespace Sortition.Cli.Texts;

/// <summary>Leaves out the spaces with which tables fill lines up to their end.</summary>
internal sealed class TrimmingWriter(TextWriter inner) : TextWriter
{
    private int _spaces;

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value)
    {
        if (value == ' ')
        {
            _spaces++;
            return;
        }

        for (; value != '\n' && _spaces > 0; _spaces--)
        {
            inner.Write(' ');
        }

        _spaces = 0;
        inner.Write(value);
    }

    public override void Flush() => inner.Flush();
}
