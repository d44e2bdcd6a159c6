using Sortition.Core;
using Sortition.Files.Storage;
using Sortition.Publication;
using Sortition.Publication.Checks;
using Sortition.Web.Hosting;
using Sortition.Web.Pages;

namespace Sortition.Web.Steps;

/// <summary>Checks a lottery that somebody has published, point by point.</summary>
internal static class CheckStep
{
    private const int RootDigits = 64;

    /// <summary>Asks for the archive.</summary>
    public static Task ShowAsync(Visit visit) => visit.ShowAsync<CheckPage>(visit.View());

    /// <summary>Checks it. Nothing of it is kept.</summary>
    public static async Task CheckAsync(Visit visit)
    {
        View view = visit.View();
        string root = visit.Form["root"].ToLowerInvariant();
        if (root.Length > 0 && (root.Length != RootDigits || !root.All(char.IsAsciiHexDigitLower)))
        {
            view.Errors = [new PageError(visit.T("check/no-root"), "root")];
        }

        if (visit.Form.File("archive") is not { IsEmpty: false } archive)
        {
            view.Errors = [.. view.Errors, new PageError(visit.T("check/no-archive"), "archive")];
            await visit.ShowAsync<CheckPage>(view, ("Root", root));
            return;
        }

        VerificationReport? report = null;
        if (view.Errors.Count == 0)
        {
            try
            {
                report = await Task.Run(() => Verify(archive, root, visit.Aborted), visit.Aborted);
            }
            catch (MalformedInputException e)
            {
                visit.Blame(view, e.Faults, e.FaultCount, "archive");
            }
        }

        await visit.ShowAsync<CheckPage>(view, ("Report", report), ("HasRoot", root.Length > 0), ("Root", root));
    }

    private static VerificationReport Verify(UploadedFile archive, string root, CancellationToken cancellationToken)
    {
        FileSource file = FileSource.From(() => new MemoryStream(archive.Content, writable: false), "archive.zip");
        VerificationOptions options = new() { Root = root.Length > 0 ? root : null };
        return PublicationVerifier.Verify(FolderSource.FromZip(file, cancellationToken), options, cancellationToken);
    }
}
