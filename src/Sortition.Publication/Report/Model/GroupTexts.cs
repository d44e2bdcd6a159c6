namespace Sortition.Publication.Report.Model;

/// <summary>What is said of groups, also where a number is not told.</summary>
internal static class GroupTexts
{
    /// <summary>What is said in place of a group's chances.</summary>
    public static string Hidden(ReportGroup group, ReportContent report, ReportLanguage language) => group.Visibility switch
    {
        ChanceVisibility.TooFew => language.Format("hidden.few", ("smallest", language.Whole(report.SmallestGroup))),
        ChanceVisibility.Withheld => language.Text("hidden.withheld"),
        _ => language.Text("hidden.nobody"),
    };

    /// <summary>A share, or that it is not told.</summary>
    public static string Share(double? share, ReportLanguage language) => share is double known ? language.Share(known) : language.Text("unknown");
}
