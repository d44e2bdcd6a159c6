using System.Text;
using System.Text.Json;
using Sortition.Core;
using Sortition.Files.Storage;
using Sortition.Shared;

namespace Sortition.Files.Documents;

/// <summary>Parses documents from what hosts have: a stream that is read asynchronously, or a string.</summary>
/// <remarks>The answer is null where a document is none; then there is a fault.</remarks>
internal static class JsonInput
{
    public static async Task<JsonDocument?> ParseAsync(FileSource file, JsonFaults faults, CancellationToken cancellationToken)
    {
        try
        {
            return faults.Parse(await file.ReadAsync(JsonFaults.MaxBytes, cancellationToken).ConfigureAwait(false));
        }
        catch (MalformedInputException e)
        {
            faults.AddOfFile(e);
            return null;
        }
    }

    public static JsonDocument? Parse(string text, JsonFaults faults)
    {
        try
        {
            if (text.Length > JsonFaults.MaxBytes || JsonForm.Utf8.GetByteCount(text) > JsonFaults.MaxBytes)
            {
                faults.Add(FileFaults.FileTooLarge, "$", JsonFaults.MaxBytes);
                return null;
            }

            return faults.Parse(JsonForm.Utf8.GetBytes(text));
        }
        catch (EncoderFallbackException e)
        {
            // Half of a surrogate pair, which no UTF-8 can hold.
            faults.Found.Add(JsonFaultCodes.InvalidUnicode, new FaultLocation("$", 1 + text.AsSpan(0, e.Index).Count('\n')));
            return null;
        }
    }
}
