namespace Sortition.Core.Problems;

/// <summary>How many members of a type a panel has.</summary>
/// <param name="Type">Index into the lottery's types.</param>
/// <param name="Seats">Seats, 1 or more.</param>
public readonly record struct TypeSeats(int Type, int Seats);
