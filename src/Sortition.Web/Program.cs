using Sortition.Web.Hosting;
using Sortition.Web.Projects;

namespace Sortition.Web;

/// <summary>
/// The program <c>sortition-web</c>: <c>sortition-web [FOLDER] [--language CODE] [--no-browser]</c>. The command <c>sortition web</c> starts it.
/// </summary>
internal static class Program
{
    private const int Done = 0;
    private const int BadInput = 2;

    public static async Task<int> Main(string[] args)
    {
        if (Arguments.Read(args) is not Arguments given)
        {
            await Console.Error.WriteLineAsync(Language.Of(Language.CodeOfLocale()).Text("program/usage"));
            return BadInput;
        }

        Language language = Language.Of(given.Language ?? Language.CodeOfLocale());
        try
        {
            string home = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "Sortition");
            using Shelf shelf = given.Folder is null ? Shelf.OfProjects(home) : Shelf.OfProject(given.Folder);
            await using Site site = await Site.StartAsync(new SiteOptions { Shelf = shelf, Language = language });
            using OpeningFile opening = OpeningFile.Create(
                shelf.Folder, site.Origin, site.Session.Token!, language.Text("program/open"), language.Code);
            bool isShown = !given.WithoutBrowser && Browser.Show(opening.Path);
            await Console.Out.WriteLineAsync(language.Text(isShown ? "program/started" : "program/open-yourself", ("file", opening.Path)));
            await site.WaitAsync();
            await Console.Out.WriteLineAsync(language.Text("program/ended"));
            return Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            await Console.Error.WriteLineAsync(language.Text("program/no-folder"));
            return BadInput;
        }
    }
}
