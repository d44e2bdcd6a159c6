using System.Numerics;

namespace Sortition.Core.Lotteries;

/// <summary>What a series of claims leaves to everybody, as fractions: the values of leximin's stages.</summary>
/// <remarks>
/// A claim says that no panel weighs more than a limit. A lottery that reaches it gives those whom the claim weighs, and no earlier one did, what the limit
/// leaves: Σ w_t·y_t = limit, where y_t = value·share_t for them, and y_t is known for the others. So one claim after the other gives a fraction, whatever the
/// floating-point numbers were that suggested the weights.
/// </remarks>
internal sealed class StageValues
{
    private const int Open = -1;
    private const int Sure = -2;

    private readonly int[] _people;
    private readonly bool[] _covered;
    private readonly Fraction[] _shares;
    private readonly int[] _stageOf;
    private readonly List<Fraction> _values = [];

    /// <param name="people">How many people there are of each type.</param>
    /// <param name="covered">The types that count; the others have no seats.</param>
    /// <param name="entitlements">What the chance of a type's members is measured by, above 0.</param>
    /// <param name="isSure">Which types are sure of all their seats, as far as that is known.</param>
    public StageValues(int[] people, bool[] covered, double[] entitlements, Func<int, bool> isSure)
    {
        _people = people;
        _covered = covered;
        _shares = [.. entitlements.Select((e, t) => Fraction.Of(e) * people[t])];
        _stageOf = [.. Enumerable.Range(0, people.Length).Select(t => covered[t] && isSure(t) ? Sure : Open)];
    }

    /// <summary>The expected seats of a type; null as long as no claim has settled it.</summary>
    public Fraction? SeatsOf(int type) => !_covered[type] ? (Fraction)0L : _stageOf[type] switch
    {
        Open => null,
        Sure => (Fraction)(long)_people[type],
        int stage => _values[stage] * _shares[type],
    };

    /// <summary>Whether a value gives a type no fewer seats than it has people.</summary>
    public bool FillsSeats(Fraction value, int type) => ((value * _shares[type]) - _people[type]).Top.Sign >= 0;

    /// <summary>Settles those whom the next claim weighs and no earlier one did.</summary>
    /// <param name="weights">The claim's weights, 0 or more.</param>
    /// <param name="limit">Its limit.</param>
    /// <returns>Their value; null if there is nobody to be settled.</returns>
    public Fraction? Settle(IReadOnlyList<long> weights, Int128 limit)
    {
        (Fraction settled, Fraction open) = WeightOf(weights);
        if (open.Top.IsZero)
        {
            return null;
        }

        for (int t = 0; t < weights.Count; t++)
        {
            _stageOf[t] = weights[t] > 0 && _covered[t] && _stageOf[t] == Open ? _values.Count : _stageOf[t];
        }

        _values.Add(((BigInteger)limit - settled) / open);
        return _values[^1];
    }

    /// <summary>The lowest limit with which the next claim leaves no less than a value.</summary>
    /// <param name="weights">The claim's weights, 0 or more.</param>
    /// <param name="value">The value.</param>
    public BigInteger LimitFor(IReadOnlyList<long> weights, Fraction value)
    {
        (Fraction settled, Fraction open) = WeightOf(weights);
        Fraction limit = settled + (open * value);
        return limit.Ceiling();
    }

    /// <summary>What those weigh who are settled, by their values, and what the others weigh for each unit of theirs.</summary>
    private (Fraction Settled, Fraction Open) WeightOf(IReadOnlyList<long> weights)
    {
        BigInteger sure = 0;
        Fraction open = 0L;
        Fraction[] settled = new Fraction[_values.Count];
        for (int t = 0; t < weights.Count; t++)
        {
            if (weights[t] == 0 || !_covered[t])
            {
                continue;
            }

            switch (_stageOf[t])
            {
                case Open:
                    open += _shares[t] * weights[t];
                    break;
                case Sure:
                    sure += (BigInteger)weights[t] * _people[t];
                    break;
                case int stage:
                    settled[stage] += _shares[t] * weights[t];
                    break;
            }
        }

        return (settled.Zip(_values).Aggregate((Fraction)sure, (sum, stage) => sum + (stage.First * stage.Second)), open);
    }
}
