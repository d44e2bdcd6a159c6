using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Sortition.Web.Hosting;

/// <summary>A form as it was sent: its fields, and its files in memory. Nothing of it is put on the disk, and all of it is bounded.</summary>
/// <remarks>The framework would write large files to the folder for temporary files, where they may outlive the program.</remarks>
internal sealed class UploadedForm
{
    /// <summary>The largest file, in bytes.</summary>
    public const long MaxFileBytes = 64 << 20;

    /// <summary>The most that all of a form may have, in bytes.</summary>
    public const long MaxBytes = 2 * MaxFileBytes;

    private const int MaxFields = 20_000;
    private const int MaxFieldBytes = 1 << 20;
    private const int MaxPlainBytes = 4 << 20;
    private const int MaxFiles = 4;
    private const int MaxBoundary = 100;

    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UploadedFile> _files = new(StringComparer.Ordinal);

    private UploadedForm()
    {
    }

    /// <summary>The fields by their names; of several with one name, the last.</summary>
    public IReadOnlyDictionary<string, string> Fields => _fields;

    /// <summary>The value of a field, without blanks around it; empty where there is none.</summary>
    public string this[string name] => _fields.GetValueOrDefault(name, "").Trim();

    /// <summary>A file that somebody has chosen; null where they have chosen none.</summary>
    public UploadedFile? File(string name) => _files.GetValueOrDefault(name);

    /// <summary>A whole number; null where there is none in the field.</summary>
    public int? Number(string name) =>
        int.TryParse(this[name], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    /// <summary>Reads a form.</summary>
    /// <exception cref="UploadException">It is none, or larger than is allowed.</exception>
    public static async Task<UploadedForm> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        UploadedForm form = new();
        try
        {
            if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type))
            {
                throw new UploadException(isTooLarge: false);
            }

            if (type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
            {
                await form.ReadPlainAsync(request, cancellationToken);
            }
            else if (type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
                && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= MaxBoundary } boundary)
            {
                await form.ReadPartsAsync(new MultipartReader(boundary.ToString(), request.Body), cancellationToken);
            }
            else
            {
                throw new UploadException(isTooLarge: false);
            }
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
        {
            throw new UploadException(isTooLarge: e is not BadHttpRequestException { StatusCode: not StatusCodes.Status413PayloadTooLarge });
        }

        return form;
    }

    private async Task ReadPlainAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxPlainBytes)
        {
            throw new UploadException(isTooLarge: true);
        }

        FormPipeReader reader = new(request.BodyReader) { ValueCountLimit = MaxFields, ValueLengthLimit = MaxFieldBytes };
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues value) in await reader.ReadFormAsync(cancellationToken))
        {
            _fields[name] = value[^1] ?? "";
        }
    }

    private async Task ReadPartsAsync(MultipartReader reader, CancellationToken cancellationToken)
    {
        reader.HeadersCountLimit = 8;
        reader.HeadersLengthLimit = 4096;
        reader.BodyLengthLimit = MaxFileBytes;
        while (await reader.ReadNextSectionAsync(cancellationToken) is MultipartSection section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out ContentDispositionHeaderValue? header))
            {
                throw new UploadException(isTooLarge: false);
            }

            string name = HeaderUtilities.RemoveQuotes(header.Name).ToString();
            if (!header.IsFileDisposition())
            {
                ThrowIfFull(_fields.Count, MaxFields);
                using MemoryStream text = await ReadAsync(section.Body, MaxFieldBytes, cancellationToken);
                _fields[name] = Encoding.UTF8.GetString(text.GetBuffer().AsSpan(0, (int)text.Length));
                continue;
            }

            ThrowIfFull(_files.Count, MaxFiles);
            MemoryStream content = await ReadAsync(section.Body, MaxFileBytes, cancellationToken);
            string label = HeaderUtilities.RemoveQuotes(header.FileNameStar.HasValue ? header.FileNameStar : header.FileName).ToString();
            if (content.Length > 0 || label.Length > 0)
            {
                _files[name] = new UploadedFile(label, content.ToArray());
            }
        }
    }

    private static void ThrowIfFull(int count, int most)
    {
        if (count >= most)
        {
            throw new UploadException(isTooLarge: true);
        }
    }

    private static async Task<MemoryStream> ReadAsync(Stream body, long most, CancellationToken cancellationToken)
    {
        MemoryStream read = new();
        byte[] buffer = new byte[1 << 16];
        for (int n = await body.ReadAsync(buffer, cancellationToken); n > 0; n = await body.ReadAsync(buffer, cancellationToken))
        {
            if (read.Length + n > most)
            {
                throw new UploadException(isTooLarge: true);
            }

            read.Write(buffer, 0, n);
        }

        return read;
    }
}

/// <summary>A file that was sent. Its name is a label, and leads nowhere.</summary>
internal sealed class UploadedFile(string label, byte[] content)
{
    /// <summary>How it is called where it came from.</summary>
    public string Label { get; } = label;

    /// <summary>Its bytes.</summary>
    public byte[] Content { get; } = content;

    /// <summary>Whether nothing was chosen.</summary>
    public bool IsEmpty => Content.Length == 0;
}

/// <summary>What was sent is no form, or too large.</summary>
internal sealed class UploadException(bool isTooLarge) : Exception
{
    /// <summary>Whether it is too large.</summary>
    public bool IsTooLarge { get; } = isTooLarge;
}
