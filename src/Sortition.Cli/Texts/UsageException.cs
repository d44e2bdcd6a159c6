namespace Sortition.Cli.Texts;

/// <summary>The command line asks for something that cannot be done; the text says what to do instead.</summary>
/// <param name="key">The key of the text.</param>
/// <param name="values">What stands in its places.</param>
internal sealed class UsageException(string key, params (string Name, object? Value)[] values) : Exception(key)
{
    public string Key => Message;

    public (string Name, object? Value)[] Values => values;
}
