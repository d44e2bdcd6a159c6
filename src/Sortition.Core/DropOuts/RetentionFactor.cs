using Sortition.Core.Problems;

namespace Sortition.Core.DropOuts;

/// <summary>How much less likely people are to stay for having one value rather than the best value of its feature.</summary>
/// <param name="Value">The value.</param>
/// <param name="Factor">What the chance to stay is multiplied by, 0..1. In each feature the largest is 1; 0 where nobody with the value stayed.</param>
/// <param name="Observations">How many past members had the value; where there were none, the factor is the mean of its feature.</param>
/// <param name="DroppedOut">How many of them dropped out.</param>
public sealed record RetentionFactor(FeatureValue Value, double Factor, int Observations, int DroppedOut);
