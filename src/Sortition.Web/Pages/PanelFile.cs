namespace Sortition.Web.Pages;

/// <summary>A file that can be taken along.</summary>
/// <param name="Folder">Its folder in the project.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsPersonal">Whether it has personal data.</param>
public sealed record PanelFile(string Folder, string Name, bool IsPersonal);
