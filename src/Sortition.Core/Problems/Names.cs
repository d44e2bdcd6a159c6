using System.Text;

namespace Sortition.Core.Problems;

/// <summary>How names of features and values are compared: in Unicode NFC, trimmed, without regard to case, in no culture.</summary>
internal static class Names
{
    public static StringComparer Comparer => StringComparer.OrdinalIgnoreCase;

    public static string Clean(string? name) => name is null ? "" : Compose(name.Trim());

    /// <summary>Unicode NFC; a text with broken surrogates, which has no normal form, is left as it is.</summary>
    public static string Compose(string text)
    {
        try
        {
            return text.IsNormalized() ? text : text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }
}
