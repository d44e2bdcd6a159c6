namespace Sortition.Core.Lotteries;

/// <summary>Whether a lottery is proven to be the best for its objective.</summary>
public enum CertificateStatus
{
    /// <summary>No lottery is better by more than a relative 1e-9, and a second, independent solver confirmed the bound.</summary>
    ProvenOptimal,

    /// <summary>The lottery is feasible, but that it is optimal is not proven; <see cref="Certificate.Gap"/> bounds what might be missing.</summary>
    NotProven,
}

/// <summary>What proves that no lottery gives the person worst off a higher chance.</summary>
/// <remarks>
/// <para>The proof is weak duality in whole numbers. Give every person of type t the weight <c>Weights[t]</c>. If no panel's members weigh more than
/// <see cref="HeaviestPanel"/> together, then neither do they on average in any lottery; and as every covered person's chance is at least the lowest one, the lowest
/// chance times <see cref="TotalWeight"/> is at most <see cref="HeaviestPanel"/>. That is the bound. To check it, find the heaviest panel with any solver for
/// integer programs. (Maximin's dual: Flanigan et al., Nature 2021, supplementary information.)</para>
/// <para>Immutable and safe to read from any thread.</para>
/// </remarks>
public sealed record Certificate
{
    /// <summary>The objective: <c>maximin</c>.</summary>
    public required string Objective { get; init; }

    /// <summary>What is proven.</summary>
    public required CertificateStatus Status { get; init; }

    /// <summary>The objective's value for the lottery: the lowest selection probability of a covered person, 0..1.</summary>
    public required double Value { get; init; }

    /// <summary>A bound that no lottery's value exceeds, 0..1: <see cref="HeaviestPanel"/> / <see cref="TotalWeight"/>, or 1 where nothing was proven.</summary>
    public required double Bound { get; init; }

    /// <summary>The relative gap, (bound − value) / bound, 0 or more.</summary>
    public double Gap => Math.Max(0, (Bound - Value) / Bound);

    /// <summary>One whole number for each type of the lottery, 0 or more: what a person of that type weighs. Empty where nothing was proven.</summary>
    public required IReadOnlyList<long> Weights { get; init; }

    /// <summary>The most the members of a panel can weigh together.</summary>
    public required long HeaviestPanel { get; init; }

    /// <summary>What the covered people weigh together.</summary>
    public required long TotalWeight { get; init; }

    /// <summary>The solver that confirmed <see cref="HeaviestPanel"/> independently of the computation that suggested it; null where none did.</summary>
    public required string? ConfirmedBy { get; init; }
}
