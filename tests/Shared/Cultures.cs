using System.Globalization;

namespace Sortition.Testing;

/// <summary>Runs a test in another culture: Turkish has its own i, Danish a decimal comma and its own sorting.</summary>
internal static class Cultures
{
    public static void In(string name, Action test)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(name);
        try
        {
            test();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
