namespace Sortition.Publication.Report.Charts;

/// <summary>An axis from 0 to a round number, with few round ticks.</summary>
/// <param name="Top">The end of the axis.</param>
/// <param name="Ticks">The ticks, from 0 to the end.</param>
internal sealed record Scale(double Top, IReadOnlyList<double> Ticks)
{
    /// <summary>The shortest such axis that holds a number, with at most so many ticks above 0.</summary>
    public static Scale UpTo(double number, int mostTicks)
    {
        double unit = number > 0 ? Math.Pow(10, Math.Floor(Math.Log10(number / mostTicks))) : 1;
        double step = ((double[])[1, 2, 5, 10]).Select(s => s * unit).First(s => Math.Ceiling(number / s - 1e-9) <= mostTicks || s == 10 * unit);
        int count = Math.Max(1, (int)Math.Ceiling(number / step - 1e-9));
        double[] ticks = [.. Enumerable.Range(0, count + 1).Select(i => Math.Round(i * step, 12))];
        return new Scale(ticks[^1], ticks);
    }
}
