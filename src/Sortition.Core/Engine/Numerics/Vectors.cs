using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Sortition.Core.Engine.Numerics;

/// <summary>Dense vectors. The order of the additions is fixed, so that results do not depend on how wide the processor's registers are.</summary>
internal static class Vectors
{
    /// <summary>Σ a_i·b_i, in four interleaved partial sums.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        b = b[..a.Length];
        ReadOnlySpan<Vector256<double>> wideA = MemoryMarshal.Cast<double, Vector256<double>>(a);
        ReadOnlySpan<Vector256<double>> wideB = MemoryMarshal.Cast<double, Vector256<double>>(b);
        Vector256<double> sums = Vector256<double>.Zero;
        for (int i = 0; i < wideA.Length; i++)
        {
            sums += wideA[i] * wideB[i];
        }

        double first = sums[0];
        for (int i = wideA.Length * Vector256<double>.Count; i < a.Length; i++)
        {
            first += a[i] * b[i];
        }

        return first + sums[1] + (sums[2] + sums[3]);
    }

    /// <summary>target −= factor·source, entry by entry.</summary>
    public static void SubtractMultiple(Span<double> target, ReadOnlySpan<double> source, double factor)
    {
        Span<Vector<double>> wideTarget = MemoryMarshal.Cast<double, Vector<double>>(target);
        ReadOnlySpan<Vector<double>> wideSource = MemoryMarshal.Cast<double, Vector<double>>(source[..target.Length]);
        Vector<double> wideFactor = new(factor);
        for (int i = 0; i < wideTarget.Length; i++)
        {
            wideTarget[i] -= wideFactor * wideSource[i];
        }

        for (int i = wideTarget.Length * Vector<double>.Count; i < target.Length; i++)
        {
            target[i] -= factor * source[i];
        }
    }
}
