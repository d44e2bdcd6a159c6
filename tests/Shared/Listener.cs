namespace Sortition.Testing;

/// <summary>Does something with every report of progress, at once and on the thread that reports.</summary>
internal sealed class Listener<T>(Action<T> told) : IProgress<T>
{
    public void Report(T value) => told(value);
}
