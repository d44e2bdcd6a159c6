namespace Sortition.Testing;

/// <summary>The instances and documents that come with the project, copied beside the tests.</summary>
internal static class TestFiles
{
    /// <summary>The path of what lies beside the tests, or of a file in it: <c>verify.py</c>; <c>albertslund</c> and <c>categories.csv</c>.</summary>
    public static string PathOf(string name, string file = "") => Path.Combine(AppContext.BaseDirectory, "data", name, file);
}
