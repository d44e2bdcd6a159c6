using System.Text;
using Sortition.Shared;

namespace Sortition.Files.Tables.Model;

/// <summary>How a table is written as text so that it opens where the table it was made of opens: the same separator, encoding and byte order mark.</summary>
/// <param name="Delimiter">What separates the cells.</param>
/// <param name="Encoding">The encoding, with its byte order mark if there is to be one; it refuses what it does not have.</param>
internal sealed record TextForm(char Delimiter, Encoding Encoding)
{
    /// <summary>What programs write that no spreadsheet is known of.</summary>
    public static TextForm Plain { get; } = new(',', new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

    /// <summary>What every spreadsheet program reads rightly.</summary>
    public static Encoding Marked { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: true);

    /// <summary>The first of some cells that the encoding does not have; null where it has them all.</summary>
    public string? FirstMissing(IEnumerable<string> cells) => HasAllLetters ? null : cells.FirstOrDefault(cell => !Has(cell));

    /// <summary>Writes a table; in UTF-8 with a byte order mark where the encoding does not have all of it.</summary>
    /// <param name="stream">Where to; closed after.</param>
    /// <param name="write">Writes the table, twice where it is not sure that the encoding has all of it.</param>
    public void Write(Stream stream, Action<TableWriter> write)
    {
        using CsvWriter csv = new(stream, Delimiter, HasAllLetters || HasAll(write) ? Encoding : Marked);
        write(csv);
    }

    private bool HasAllLetters => Encoding is UTF8Encoding or UnicodeEncoding;

    private bool HasAll(Action<TableWriter> write)
    {
        try
        {
            using CsvWriter csv = new(Stream.Null, Delimiter, Encoding);
            write(csv);
            return true;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    private bool Has(string cell)
    {
        try
        {
            Encoding.GetByteCount(cell);
            return true;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }
}
