namespace Sortition.Cli;

/// <summary>The command line asks for something that cannot be done; the message says what to do instead.</summary>
internal sealed class UsageException(string message) : Exception(message)
{
    /// <summary>What the library says of an argument, without the name that it has in code.</summary>
    /// <param name="options">The options it came from.</param>
    /// <param name="e">What the library says.</param>
    public static UsageException Of(string options, ArgumentException e) => new($"{options}: {e.Message.Split(" (Parameter", 2)[0]}");
}
