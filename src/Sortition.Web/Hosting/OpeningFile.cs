using System.Net;
using System.Text;
using Sortition.Files.Storage;

namespace Sortition.Web.Hosting;

/// <summary>The file that opens the page: it hands in the token. Others on the computer see arguments and addresses, but cannot read it.</summary>
internal sealed class OpeningFile : IDisposable
{
    private const string Name = "open-sortition.html";

    private OpeningFile(string path) => Path = path;

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Writes it, for its owner only.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="origin">The address of the program.</param>
    /// <param name="token">The token.</param>
    /// <param name="button">What to press where scripts are off.</param>
    /// <param name="language">The code of the language.</param>
    public static OpeningFile Create(string folder, string origin, string token, string button, string language)
    {
        string path = System.IO.Path.Combine(folder, Name);
        string page = $"""
            <!DOCTYPE html>
            <html lang="{language}"><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>Sortition</title>
            <form method="post" action="{origin}{Guard.OpeningPath}"><input type="hidden" name="token" value="{token}">
            <button>{WebUtility.HtmlEncode(button)}</button></form>
            <script>document.forms[0].submit();</script></html>
            """;
        StagedFile.Write(path, overwrite: true, stream => stream.Write(Encoding.UTF8.GetBytes(page)), forOwnerOnly: true);
        return new OpeningFile(path);
    }

    /// <summary>Takes it away: it is good for nothing any more.</summary>
    public void Dispose()
    {
        try
        {
            File.Delete(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Its token is used up or too old.
        }
    }
}
