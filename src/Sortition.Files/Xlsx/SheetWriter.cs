using System.Buffers;
using System.Globalization;
using System.Text;
using Sortition.Files.Tables;

namespace Sortition.Files.Xlsx;

/// <summary>Writes a sheet. Text becomes cells of text, which no spreadsheet program takes for a formula, whatever it begins with.</summary>
internal sealed class SheetWriter : TableWriter
{
    private const int MaxCellChars = 32_767;

    private static readonly SearchValues<char> Markup = SearchValues.Create("&<>");

    private readonly string _name;
    private readonly StreamWriter _writer;
    private readonly List<string> _columns = [];
    private int _row;
    private int _column;

    public SheetWriter(string name, Stream stream)
    {
        _name = name;
        _writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16);
        _writer.Write($"{WorkbookParts.Declaration}<worksheet xmlns=\"{WorkbookParts.Main}\"><sheetViews><sheetView workbookViewId=\"0\">");
        _writer.Write("<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><sheetData>");
    }

    public override TableWriter Cell(string text)
    {
        if (text.Length > MaxCellChars)
        {
            throw TooMuch(FormattableString.Invariant($"has a text of {text.Length} characters in row {_row + 1}, but a cell"), MaxCellChars, "characters");
        }

        int style = _row == 0 ? WorkbookParts.HeadingStyle : WorkbookParts.TextStyle;
        string reference = Next();
        if (text.Length > 0)
        {
            _writer.Write($"<c r=\"{reference}\" s=\"{style.ToString(CultureInfo.InvariantCulture)}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{Escape(RichText.Encode(text))}</t></is></c>");
        }

        return this;
    }

    public override TableWriter Cell(double number)
    {
        _writer.Write($"<c r=\"{Next()}\"><v>{number.ToString("R", CultureInfo.InvariantCulture)}</v></c>");
        return this;
    }

    public override void EndRow()
    {
        if (_column == 0)
        {
            BeginRow();
        }

        _writer.Write("</row>");
        _row++;
        _column = 0;
    }

    public override void Dispose()
    {
        _writer.Write("</sheetData></worksheet>");
        _writer.Dispose();
    }

    /// <summary>The reference of the next cell, such as <c>B7</c>.</summary>
    private string Next()
    {
        if (_column == 0)
        {
            BeginRow();
        }

        if (_column == SheetReader.MaxColumns)
        {
            throw TooMuch("has more columns, but a sheet", SheetReader.MaxColumns, "columns");
        }

        if (_column == _columns.Count)
        {
            _columns.Add(NameOf(_column));
        }

        return FormattableString.Invariant($"{_columns[_column++]}{_row + 1}");
    }

    private void BeginRow()
    {
        if (_row == SheetReader.MaxSheetRows)
        {
            throw TooMuch("has more rows, but a sheet", SheetReader.MaxSheetRows, "rows");
        }

        _writer.Write(FormattableString.Invariant($"<row r=\"{_row + 1}\">"));
    }

    private NotSupportedException TooMuch(string what, int limit, string unit) => new(FormattableString.Invariant($"The table \"{_name}\" {what} holds at most {limit} {unit}."));

    /// <summary>A to Z, AA to ZZ, AAA to XFD.</summary>
    private static string NameOf(int column)
    {
        string name = "";
        for (int rest = column; rest >= 0; rest = (rest / 26) - 1)
        {
            name = (char)('A' + (rest % 26)) + name;
        }

        return name;
    }

    private static string Escape(string text) => !text.AsSpan().ContainsAny(Markup)
        ? text
        : text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
