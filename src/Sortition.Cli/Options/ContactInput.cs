using System.CommandLine;
using Sortition.Cli.Texts;

namespace Sortition.Cli.Options;

/// <summary>The options of commands that write a table for letters.</summary>
internal static class ContactInput
{
    private const string Columns = "--contact-columns";
    private const string FindMe = "--find-me-at";

    /// <summary>Adds the option of the columns.</summary>
    public static void AddTo(Command command) => command.Options.Add(new Option<string?>(Columns) { HelpName = "COLUMN,…" });

    /// <summary>Adds the option of the page on which people find themselves.</summary>
    public static void AddFindMeTo(Command command) => command.Options.Add(new Option<string?>(FindMe) { HelpName = "ADDRESS" });

    /// <summary>The headings of the columns by which people are written to; those of the mapping where the command line names none.</summary>
    public static IReadOnlyList<string> ColumnsOf(ParseResult line, MappedPeople? mapped) =>
        ReadingInput.ValueOf(line, Columns) is string named ? ProblemInput.SplitList(named) : mapped?.Pool.ContactColumns ?? [];

    /// <summary>The address of the page.</summary>
    /// <exception cref="UsageException">It is no address of a page on the web.</exception>
    public static string? FindMeAt(ParseResult line)
    {
        string? address = ReadingInput.ValueOf(line, FindMe);
        return address is null || (Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Scheme is "https" or "http" && uri.Fragment.Length == 0)
            ? address
            : throw new UsageException("usage/find-me", ("option", FindMe));
    }
}
