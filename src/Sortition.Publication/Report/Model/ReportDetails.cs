namespace Sortition.Publication.Report.Model;

/// <summary>What an organiser says of the whole: who, when, whom to ask, and what it is about.</summary>
internal sealed record ReportDetails
{
    public DateOnly? Date { get; init; }

    public string? Organiser { get; init; }

    public string? Contact { get; init; }

    /// <summary>The paragraphs of the introduction.</summary>
    public IReadOnlyList<string> Introduction { get; init; } = [];

    public ReportLogo? Logo { get; init; }

    /// <summary>How many people were invited to volunteer; null where that is not said.</summary>
    public int? Invited { get; init; }

    public static ReportDetails Of(CitizenReportOptions options) => new()
    {
        Date = options.Date,
        Organiser = Said(options.Organiser),
        Contact = Said(options.Contact),
        Introduction = options.Introduction is null ? []
            : options.Introduction.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        Logo = options.Logo,
        Invited = options.Invited,
    };

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
