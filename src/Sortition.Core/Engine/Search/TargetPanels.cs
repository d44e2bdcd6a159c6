using Sortition.Core.Engine.Polytope;

namespace Sortition.Core.Engine.Search;

/// <summary>Panels of a face that, evenly mixed, come near its expected seats: as many and as different as it takes to give them exactly.</summary>
/// <remarks>The first panels are found one by one. Where many more are wanted, the others come from these by exchanges.</remarks>
internal sealed class TargetPanels
{
    private const double PanelsPerType = 1.15;
    private const int SpareTypes = 10;
    private const int FewPanels = 384;
    private const int Found = 128;
    private const double ExchangedPerType = 1.5;
    private const int MorePanels = 8;
    private const int MostRounds = 40;

    // The even mix of exchanged panels may be off by so many standard deviations; farther off, finding more panels is quicker than to look for a mix.
    private const double NearEnough = 1;
    private const int PatientRounds = 12;

    private readonly Herding _herding;
    private readonly PanelExchange? _exchange;
    private readonly int _copies = 1;
    private readonly int _capacity;
    private readonly int _more;

    /// <param name="face">The panels wanted, and the expected seats.</param>
    public TargetPanels(Face face)
    {
        int fractional = face.Expected.Count(y => y != Math.Round(y));
        Wanted = (int)(PanelsPerType * (fractional + SpareTypes));
        _more = Wanted / 64;
        if (Wanted > FewPanels && PanelExchange.Suits(face))
        {
            _copies = (int)Math.Ceiling(ExchangedPerType * fractional / Found);
            _capacity = _copies * (Found + (MostRounds * MorePanels));
            _exchange = new PanelExchange(face, _capacity);
            (Wanted, _more) = (Found, MorePanels);
        }

        _herding = new Herding(face.Search, face.Expected, _exchange?.Spread);
    }

    /// <summary>How many panels are looked for one by one, about.</summary>
    public int Wanted { get; }

    /// <summary>The panels so far, each once, and how often each was found.</summary>
    public PanelCollection Panels { get; private set; } = new();

    /// <summary>Finds the first panels.</summary>
    /// <param name="maxThreads">The most threads that may compute at the same time.</param>
    /// <param name="found">Told after each pair of panels; never from two threads at once.</param>
    /// <param name="keep">Given the panels, as for <see cref="Herding.Run"/>.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public void Find(int maxThreads, Action found, Action<int[]> keep, CancellationToken cancellationToken) =>
        Find(Wanted, maxThreads, found, keep, cancellationToken);

    /// <summary>Finds a panel that weighs no less than the expected seats, and some more.</summary>
    /// <param name="weights">A weight for each type.</param>
    /// <param name="maxThreads">The most threads that may compute at the same time.</param>
    /// <param name="found">Told after each pair of panels; never from two threads at once.</param>
    /// <param name="keep">Given the panels, as for <see cref="Herding.Run"/>.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>Whether there was one.</returns>
    public bool Separate(double[] weights, int maxThreads, Action found, Action<int[]> keep, CancellationToken cancellationToken)
    {
        if (IsFull || !_herding.Separate(weights, Take, cancellationToken))
        {
            return false;
        }

        Find(_more, maxThreads, found, keep, cancellationToken);
        return true;

        void Take(int[] panel) => this.Take(panel, keep);
    }

    private bool IsFull => _exchange is not null && _exchange.Count + (_copies * MorePanels) > _capacity;

    private void Find(int count, int maxThreads, Action found, Action<int[]> keep, CancellationToken cancellationToken)
    {
        if (_exchange is null)
        {
            _herding.Run(count, maxThreads, found, Take, cancellationToken);
            return;
        }

        _herding.Find(count, maxThreads, found, Take, cancellationToken);
        Exchange(cancellationToken);
        _herding.SeatRareTypes(found, Take, cancellationToken);
        for (int round = 0; round < PatientRounds && _exchange.Distance > NearEnough && !IsFull; round++)
        {
            _herding.Find(_more, maxThreads, found, Take, cancellationToken);
            Exchange(cancellationToken);
        }

        void Take(int[] panel) => this.Take(panel, keep);
    }

    private void Take(int[] panel, Action<int[]> keep)
    {
        Panels.Add(panel);
        if (_exchange is not null && _exchange.Count + _copies <= _capacity)
        {
            _exchange.Add(panel, _copies);
        }

        keep(panel);
    }

    private void Exchange(CancellationToken cancellationToken)
    {
        _exchange!.Mix(_exchange.Count, cancellationToken);
        _exchange.Run(cancellationToken);
        Panels = new PanelCollection();
        Array.ForEach(_exchange.ToPanels(), panel => Panels.Add(panel));
        _herding.GoOn(_exchange.Count / _copies, [.. _exchange.Counts.Select(c => c / (double)_copies)]);
    }
}
