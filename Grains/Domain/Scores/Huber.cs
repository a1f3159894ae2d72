namespace Hts.Scores;

/// <summary>Huber's loss: a square near zero, a line beyond a knee, so that a few wild slots do not decide.</summary>
public static class Huber
{
    /// <summary>The knee in σ units: one standard deviation of the slot's return.</summary>
    public const double Knee = 1;

    /// <summary>L(e) = e²/2 for |e| ≤ knee, else knee·(|e| − knee/2). Source: Huber (1964), eq. 2.</summary>
    /// <param name="error">Outcome − forecast, in σ units.</param>
    public static double Loss(double error, double knee = Knee)
    {
        var size = Math.Abs(error);
        return size <= knee ? error * error / 2 : knee * (size - (knee / 2));
    }

    /// <summary>The loss of one slot: the mean over strategies of L((outcome − forecast) / σ).</summary>
    /// <param name="forecast">Net return of each strategy, fractions.</param>
    /// <param name="outcome">Realised net returns in the same order, fractions.</param>
    /// <param name="sigmaSlot">Standard deviation of the slot's return, a fraction, positive.</param>
    /// <returns>NaN when a forecast is NaN: a model that answers so must not pass unseen.</returns>
    public static double SlotLoss(ReadOnlySpan<double> forecast, ReadOnlySpan<double> outcome, double sigmaSlot)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sigmaSlot);
        ArgumentOutOfRangeException.ThrowIfNotEqual(forecast.Length, outcome.Length);
        double sum = 0;
        for (var i = 0; i < forecast.Length; i++)
            sum += Loss((outcome[i] - forecast[i]) / sigmaSlot);
        return sum / forecast.Length;
    }
}
