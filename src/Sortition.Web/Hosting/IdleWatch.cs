namespace Sortition.Web.Hosting;

/// <summary>Ends the program when nobody has used it for long: a page with people's data must not stay open for ever.</summary>
/// <remarks>A page that is shown asks how much time is left, which is no use of the program, and warns when it is little.</remarks>
internal sealed class IdleWatch(TimeProvider clock, TimeSpan limit, Func<bool> isBusy)
{
    /// <summary>From when on pages warn.</summary>
    public static readonly TimeSpan Warning = TimeSpan.FromMinutes(5);

    private long _last = clock.GetTimestamp();

    /// <summary>The time that is left; all of it while something is being computed.</summary>
    public TimeSpan Left
    {
        get
        {
            if (isBusy())
            {
                Use();
            }

            TimeSpan left = limit - clock.GetElapsedTime(Interlocked.Read(ref _last));
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Somebody has used the program.</summary>
    public void Use() => Interlocked.Exchange(ref _last, clock.GetTimestamp());

    /// <summary>Waits until the time is over.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        for (TimeSpan left = Left; left > TimeSpan.Zero; left = Left)
        {
            await Task.Delay(left, clock, cancellationToken);
        }
    }
}
