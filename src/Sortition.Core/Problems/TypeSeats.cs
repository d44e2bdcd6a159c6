namespace Sortition.Core.Problems;

/// <summary>How many members of a type a panel has.</summary>
public readonly struct TypeSeats
{
    /// <summary>Pairs a type with its seats.</summary>
    /// <param name="type">See <see cref="Type"/>.</param>
    /// <param name="seats">See <see cref="Seats"/>.</param>
    public TypeSeats(int type, int seats)
    {
        Type = type;
        Seats = seats;
    }

    /// <summary>Index into the lottery's types.</summary>
    public int Type { get; }

    /// <summary>Seats, 1 or more.</summary>
    public int Seats { get; }

    /// <summary>The two numbers, with a colon between them.</summary>
    public override string ToString() => FormattableString.Invariant($"{Type}:{Seats}");

    /// <summary>Takes the pair apart.</summary>
    /// <param name="type">See <see cref="Type"/>.</param>
    /// <param name="seats">See <see cref="Seats"/>.</param>
    public void Deconstruct(out int type, out int seats) => (type, seats) = (Type, Seats);
}
