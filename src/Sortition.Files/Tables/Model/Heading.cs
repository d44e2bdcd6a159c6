using System.Text;

namespace Sortition.Files.Tables.Model;

/// <summary>How headings are compared: in Unicode NFC, trimmed, without regard to case, in no culture.</summary>
internal static class Heading
{
    public static StringComparer Comparer => StringComparer.OrdinalIgnoreCase;

    public static string Clean(string heading)
    {
        string trimmed = heading.Trim();
        try
        {
            return trimmed.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            // Broken surrogates have no normal form; such a heading equals itself only.
            return trimmed;
        }
    }
}
