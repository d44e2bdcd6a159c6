namespace Sortition.Publication.Report.Model;

/// <summary>Texts that are part of the assembly.</summary>
internal static class EmbeddedText
{
    /// <summary>A text by its name, with line feeds at the ends of lines whatever the machine it was built on.</summary>
    public static string Read(string name)
    {
        using StreamReader reader = new(
            typeof(EmbeddedText).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The text {name} is missing."));
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
