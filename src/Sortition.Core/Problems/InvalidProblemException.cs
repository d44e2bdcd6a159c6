using System.Globalization;

namespace Sortition.Core.Problems;

/// <summary>A problem is malformed. <see cref="Faults"/> lists everything that is wrong with it.</summary>
/// <remarks>The exception's message names places, kinds and ids, never a person's values, so that it may be logged.</remarks>
public sealed class InvalidProblemException : Exception
{
    private const int FaultsInMessage = 20;

    /// <summary>Makes the exception.</summary>
    /// <param name="faults">The faults, at least one.</param>
    /// <param name="faultCount">How many faults there are in all, at least as many as are listed.</param>
    public InvalidProblemException(IReadOnlyList<ProblemFault> faults, int faultCount)
        : base(Render(faults, faultCount))
    {
        Faults = faults;
        FaultCount = faultCount;
    }

    /// <summary>The faults in the order of the input; the first 10,000 where there are more.</summary>
    public IReadOnlyList<ProblemFault> Faults { get; }

    /// <summary>How many faults there are in all.</summary>
    public int FaultCount { get; }

    private static string Render(IReadOnlyList<ProblemFault> faults, int faultCount)
    {
        ArgumentNullException.ThrowIfNull(faults);
        IEnumerable<string> lines = faults.Take(FaultsInMessage).Select(f => f.ToString());
        int more = faultCount - Math.Min(faults.Count, FaultsInMessage);
        if (more > 0)
        {
            lines = lines.Append(string.Create(CultureInfo.InvariantCulture, $"and {more} more"));
        }

        return string.Create(CultureInfo.InvariantCulture, $"The problem has {faultCount} fault(s):\n") + string.Join('\n', lines);
    }
}
