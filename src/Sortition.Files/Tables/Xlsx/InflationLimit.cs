using Sortition.Files.Storage;

namespace Sortition.Files.Tables.Xlsx;

/// <summary>How much text may still come out of a workbook: a few kilobytes of archive can hold gigabytes.</summary>
internal sealed class InflationLimit(long most = InflationLimit.MaxSize)
{
    /// <summary>The most characters that are read of one workbook, all parts together, and the most bytes of one part.</summary>
    public const long MaxSize = 1L << 30;

    /// <summary>The most characters in which headings must stand.</summary>
    public const long MaxBeginning = 1L << 26;

    private long _left = most;

    public void Take(int chars)
    {
        _left -= chars;
        if (_left < 0)
        {
            throw Exceeded();
        }
    }

    public static WorkbookException Exceeded() => new(FileFaults.WorkbookTooLarge, MaxSize);
}
