namespace Sortition.Core.Sampling;

/// <summary>Finds weights under which a walk through a table mostly keeps the rows that the table does not track.</summary>
internal static class TableFit
{
    private const int Rounds = 5;

    /// <summary>Fits the weights: the means that a table gives are exact, and each round moves the logarithms by a step of Newton's method.</summary>
    /// <param name="table">The table.</param>
    /// <param name="model">The first guess.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The table with the weights.</returns>
    public static TableWeights Fit(SeatTable table, SeatModel model, CancellationToken cancellationToken)
    {
        TrackedRows tracked = table.Tracked;
        PanelSpace space = tracked.Space;
        int[] rows = [.. tracked.Untracked.SelectMany(g => space.Groups[g])];
        double[] logarithms = new double[space.Rows.Length];
        foreach (int r in rows)
        {
            logarithms[r] = model.Logarithms[r];
        }

        TableWeights weights = new(table, Tilt.Round(tracked, logarithms), cancellationToken);
        for (int round = 0; round < Rounds && rows.Length > 0 && weights is { IsSound: true, IsEmpty: false }; round++)
        {
            double[] kinds = Means(weights, cancellationToken);
            double[] means = new double[space.Rows.Length];
            for (int j = 0; j < kinds.Length; j++)
            {
                foreach (int r in tracked.Kinds[j].Rows)
                {
                    means[r] += kinds[j];
                }
            }

            foreach (int r in rows)
            {
                double deviation = Math.Max(model.Deviations[r], 0.3);
                logarithms[r] += SeatModel.Move(model.Target(r, means[r], deviation) - means[r], deviation * deviation) / 2;
            }

            weights = new TableWeights(table, Tilt.Round(tracked, logarithms), cancellationToken);
        }

        return weights;
    }

    /// <summary>How many people of each kind a walk seats on average.</summary>
    public static double[] Means(TableWeights weights, CancellationToken cancellationToken) =>
        Means(weights.Table, weights.Totals, weights.OptionWeights, weights.KindWeights, cancellationToken);

    /// <summary>The same for any totals, weights of options and weights of kinds.</summary>
    public static double[] Means(SeatTable table, double[] totals, double[][] optionWeights, double[] kindWeights, CancellationToken cancellationToken)
    {
        TrackedRows tracked = table.Tracked;
        double[] means = new double[tracked.Kinds.Length];
        double[] reach = [1];
        for (int i = 0; i < tracked.Steps.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double[] next = new double[table.SizeOf(i + 1)];
            double[] probabilities = new double[optionWeights[i].Length];
            for (int s = 0; s < reach.Length; s++)
            {
                int state = table.Layers[i] + s;
                if (reach[s] == 0 || totals[state] == 0)
                {
                    continue;
                }

                (int from, int to) = table.WaysOf(state);
                for (int way = from; way < to; way++)
                {
                    int option = table.OptionOf(way);
                    int after = table.NextOf(way);
                    double probability = reach[s] * (optionWeights[i][option] * totals[after] / totals[state]);
                    next[after - table.Layers[i + 1]] += probability;
                    probabilities[option] += probability;
                }
            }

            tracked.Steps[i].AddMeans(kindWeights, probabilities, means);
            reach = next;
        }

        return means;
    }
}
