namespace Sortition.Publication.Report;

/// <summary>What is said in place of a group's chances.</summary>
internal static class GroupTexts
{
    public static string Hidden(ReportGroup group, CitizenReport report, ReportLanguage language) => group.Visibility switch
    {
        ChanceVisibility.TooFew => language.Format("hidden.few", ("smallest", language.Whole(report.SmallestGroup))),
        ChanceVisibility.Withheld => language.Text("hidden.withheld"),
        _ => language.Text("hidden.nobody"),
    };
}
