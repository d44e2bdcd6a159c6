using System.Globalization;
using System.Text;
using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Files.Tables.Model;

namespace Sortition.Files.Tables.Csv;

/// <summary>Finds how the bytes of a text file are to be read.</summary>
internal sealed class TextEncoding
{
    private const int Windows1252 = 1252;
    private const int Windows1250 = 1250;
    private const int BigEndian = 1201;
    private const int SampleWords = 3;
    private const int LongestWord = 40;

    /// <summary>What is looked through for samples.</summary>
    private const int SampleBytes = 1 << 20;

    private TextEncoding(Encoding encoding, int start)
    {
        Encoding = encoding;
        Start = start;
    }

    public Encoding Encoding { get; }

    /// <summary>Where the text begins, behind a byte order mark.</summary>
    public int Start { get; }

    /// <summary>The encoding to write tables in that go with this one: the same, with a byte order mark where this one has one.</summary>
    public Encoding ToWrite() => Encoding switch
    {
        UTF8Encoding => Start > 0 ? TextForm.Marked : TextForm.Plain.Encoding,
        UnicodeEncoding => new UnicodeEncoding(Encoding.CodePage == BigEndian, byteOrderMark: true),

        // Its byte order mark begins as that of UTF-16 does.
        UTF32Encoding => TextForm.Marked,
        _ => CodePagesEncodingProvider.Instance.GetEncoding(Encoding.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
            ?? Encoding.GetEncoding(Encoding.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback),
    };

    /// <summary>The encoding of a file, or null where it has none that is certain enough; whatever is to be told of it goes to the faults.</summary>
    public static TextEncoding? Of(string name, ReadOnlySpan<byte> all, string? asked, FaultList faults)
    {
        FaultLocation file = new(name);
        if (all.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || all.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            UnicodeEncoding utf16 = new(all[0] == 0xFE, byteOrderMark: false, throwOnInvalidBytes: true);
            return Checked(new TextEncoding(utf16, 2), all, file, FileFaults.NoText, faults);
        }

        Encoding? named = null;
        if (asked is not null && (named = Named(asked)) is null)
        {
            faults.Add(FileFaults.NoSuchEncoding, file, asked);
            return null;
        }

        if (all.Contains((byte)0) && named is not (UnicodeEncoding or UTF32Encoding))
        {
            faults.Add(FileFaults.NoText, file);
            return null;
        }

        int mark = all.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
        Utf8Scan scan = new(all[mark..]);

        // Where the bytes are UTF-8 they are hardly anything else, whatever the other files of a command are.
        bool isUtf8 = mark > 0 || named is UTF8Encoding
            || (named is null ? scan.FirstInvalid < 0 || scan.HasSequences : named.IsSingleByte && scan.FirstInvalid < 0);
        if (isUtf8 && scan.FirstInvalid >= 0)
        {
            faults.Add(FileFaults.MixedEncoding, new FaultLocation(name, LineOf(all, mark + scan.FirstInvalid)));
            return null;
        }

        return isUtf8 ? new TextEncoding(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), mark)
            : named is not null ? Checked(new TextEncoding(named, 0), all, file, FileFaults.NotInEncoding, faults, asked)
            : Assumed(all, file, faults);
    }

    /// <summary>Western European, told with a sample; unless there are bytes that it does not have.</summary>
    private static TextEncoding? Assumed(ReadOnlySpan<byte> all, FaultLocation file, FaultList faults)
    {
        if (all.IndexOfAny((ReadOnlySpan<byte>)[0x81, 0x8D, 0x8F, 0x90, 0x9D]) is >= 0 and int unknown)
        {
            faults.Add(FileFaults.EncodingUnknown, new FaultLocation(file.Source, LineOf(all, unknown)));
            return null;
        }

        Encoding western = CodePagesEncodingProvider.Instance.GetEncoding(Windows1252)!;
        faults.Add(FileFaults.EncodingAssumed, file, "Windows-1252", string.Join(", ", Samples(all, western)));
        return new TextEncoding(western, 0);
    }

    private static TextEncoding? Checked(
        TextEncoding found, ReadOnlySpan<byte> all, FaultLocation file, FaultCode code, FaultList faults, params IReadOnlyList<object?> values)
    {
        try
        {
            string text = found.Encoding.GetString(all[found.Start..]);

            // Single-byte code pages map what they do not have to control characters.
            int control = code == FileFaults.NoText ? -1 : text.AsSpan().IndexOfAnyInRange('\u0080', '\u009F');
            if (control >= 0)
            {
                faults.Add(code, new FaultLocation(file.Source, 1 + text.AsSpan(0, control).Count('\n')), values);
                return null;
            }

            if (code != FileFaults.NoText || (all.Length - found.Start) % 2 == 0)
            {
                return found;
            }
        }
        catch (DecoderFallbackException)
        {
            // Told below.
        }

        faults.Add(code, file, values);
        return null;
    }

    /// <summary>Words with letters beyond ASCII; first those that a Central European reader would see differ, since they show a wrong guess.</summary>
    private static IEnumerable<string> Samples(ReadOnlySpan<byte> all, Encoding western)
    {
        Encoding central = CodePagesEncodingProvider.Instance.GetEncoding(Windows1250)!;
        List<string> telling = [];
        List<string> others = [];
        ReadOnlySpan<byte> part = all[..Math.Min(all.Length, SampleBytes)];
        for (int i = 0; i < part.Length && telling.Count < SampleWords; i++)
        {
            if (part[i] < 0x80)
            {
                continue;
            }

            int start = i;
            while (start > 0 && IsInWord(part[start - 1]))
            {
                start--;
            }

            int end = i;
            while (end < part.Length && IsInWord(part[end]))
            {
                end++;
            }

            ReadOnlySpan<byte> word = part[start..Math.Min(end, start + LongestWord)];
            string read = western.GetString(word);
            List<string> list = string.Equals(read, central.GetString(word), StringComparison.Ordinal) ? others : telling;
            if (list.Count < SampleWords && !list.Contains(read, StringComparer.Ordinal))
            {
                list.Add(read);
            }

            i = end;
        }

        return telling.Concat(others).Take(SampleWords);
    }

    private static bool IsInWord(byte b) => b >= 0x80 || char.IsAsciiLetterOrDigit((char)b);

    /// <summary>An encoding by its name or number, also as <c>cp1250</c> and <c>latin2</c>; null where there is none.</summary>
    private static Encoding? Named(string asked)
    {
        string name = asked.Trim().ToLowerInvariant();
        name = name switch
        {
            "utf8" or "utf-8-sig" => "utf-8",
            "utf16" => "utf-16",
            "ansi" => "windows-1252",
            _ when name.StartsWith("cp", StringComparison.Ordinal) => name[2..],
            _ when name.StartsWith("win", StringComparison.Ordinal) && !name.StartsWith("windows-", StringComparison.Ordinal) =>
                new string([.. name.Where(char.IsAsciiDigit)]),
            _ => name,
        };
        try
        {
            bool isNumber = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int page);
            EncoderFallback encoder = EncoderFallback.ExceptionFallback;
            DecoderFallback decoder = DecoderFallback.ExceptionFallback;
            return isNumber
                ? CodePagesEncodingProvider.Instance.GetEncoding(page, encoder, decoder) ?? Encoding.GetEncoding(page, encoder, decoder)
                : CodePagesEncodingProvider.Instance.GetEncoding(name, encoder, decoder) ?? Encoding.GetEncoding(name, encoder, decoder);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static int LineOf(ReadOnlySpan<byte> all, int position)
    {
        ReadOnlySpan<byte> before = all[..position];
        int feeds = before.Count((byte)'\n');
        return 1 + (feeds > 0 ? feeds : before.Count((byte)'\r'));
    }

    /// <summary>What of the bytes is UTF-8.</summary>
    private readonly ref struct Utf8Scan
    {
        public Utf8Scan(ReadOnlySpan<byte> bytes)
        {
            FirstInvalid = -1;
            int i = 0;
            while (i < bytes.Length)
            {
                int ascii = bytes[i..].IndexOfAnyInRange((byte)0x80, (byte)0xFF);
                if (ascii < 0)
                {
                    break;
                }

                i += ascii;
                bool isValid = Rune.DecodeFromUtf8(bytes[i..], out _, out int length) == System.Buffers.OperationStatus.Done;
                HasSequences |= isValid;
                FirstInvalid = !isValid && FirstInvalid < 0 ? i : FirstInvalid;
                i += isValid ? length : 1;
            }
        }

        /// <summary>Where the first byte is that is no part of UTF-8; -1 where there is none.</summary>
        public int FirstInvalid { get; }

        /// <summary>Whether there are letters beyond ASCII in UTF-8.</summary>
        public bool HasSequences { get; }
    }
}
