using System.Runtime.ExceptionServices;

namespace Sortition.Core.Engine;

/// <summary>Two parts of a computation, at the same time where there are threads for it. What they compute does not depend on that.</summary>
internal static class SideBySide
{
    /// <summary>Runs both parts. The calling thread does its share, so that a busy thread pool makes it slower, not wrong.</summary>
    /// <param name="maxThreads">The most threads that may compute at the same time.</param>
    /// <param name="one">A part.</param>
    /// <param name="other">The other part; they touch nothing in common.</param>
    public static void Run(int maxThreads, Action one, Action other)
    {
        if (maxThreads < 2)
        {
            one();
            other();
            return;
        }

        try
        {
            Parallel.Invoke(new ParallelOptions { MaxDegreeOfParallelism = 2 }, one, other);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.Flatten().InnerExceptions[0]);
        }
    }
}
