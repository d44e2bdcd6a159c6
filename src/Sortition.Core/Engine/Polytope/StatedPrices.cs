using Sortition.Core.Lotteries;

namespace Sortition.Core.Engine.Polytope;

/// <summary>What is wrong with a stated price.</summary>
internal enum PriceFault
{
    None,
    Foreign,
    WrongSign,
    Twice,
}

/// <summary>Reads the prices of a claim back into prices of a polytope's rows.</summary>
internal sealed class StatedPrices(QuotaPolytope polytope)
{
    private readonly long[] _rows = new long[polytope.Rows.Count];
    private readonly long[] _households = new long[polytope.HouseholdRows.Count];

    public PriceList List => new(_rows, _households);

    public PriceFault Add(ConstraintPrice price)
    {
        if (price.Constraint is { Kind: ConstraintKind.HouseholdLimit, Quota: null })
        {
            bool isKnown = price.HouseholdClass is >= 0 and int number && number < _households.Length;
            return isKnown ? Put(ref _households[price.HouseholdClass!.Value], price.Price, price.Price > 0) : PriceFault.Foreign;
        }

        for (int r = 0; r < _rows.Length && price.HouseholdClass is null; r++)
        {
            bool isMin = price.Constraint.Equals(polytope.Rows[r].MinReason);
            bool isMax = price.Constraint.Equals(polytope.Rows[r].MaxReason);
            if (isMin || isMax)
            {
                return Put(ref _rows[r], price.Price, (isMin && price.Price < 0) || (isMax && price.Price > 0));
            }
        }

        return PriceFault.Foreign;
    }

    private static PriceFault Put(ref long place, long price, bool isSignRight)
    {
        if (!isSignRight || place != 0)
        {
            return isSignRight ? PriceFault.Twice : PriceFault.WrongSign;
        }

        place = price;
        return PriceFault.None;
    }
}
