using Sortition.Core.Problems;

namespace Sortition.Core.DropOuts;

/// <summary>How much less likely people are to stay for having one value rather than the best value of its feature.</summary>
public sealed class RetentionFactor
{
    internal RetentionFactor(FeatureValue value, double factor, int observations, int droppedOut)
    {
        Value = value;
        Factor = factor;
        Observations = observations;
        DroppedOut = droppedOut;
    }

    /// <summary>The value.</summary>
    public FeatureValue Value { get; }

    /// <summary>What the chance to stay is multiplied by, 0..1. In each feature the largest is 1; 0 where nobody with the value stayed.</summary>
    public double Factor { get; }

    /// <summary>How many past members had the value; where there were none, the factor is the mean of its feature.</summary>
    public int Observations { get; }

    /// <summary>How many of them dropped out.</summary>
    public int DroppedOut { get; }
}
