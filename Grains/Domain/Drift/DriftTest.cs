namespace Hts.Drift;

/// <summary>
/// Whether a day is like those before it. Slots hang together, so days are compared, not slots: a day's strangeness is its distance to all
/// other days, the new one included, in units of that channel's mean, the largest of all channels; its p-value is its rank among all
/// days. If days come in no particular order, every rank is equally likely, so alarms come at the stated rate whatever the spread within
/// a day. Source: full conformal prediction, Vovk, Gammerman, Shafer (2005).
/// </summary>
public static class DriftTest
{
    /// <param name="reference">Earlier days of the same channels.</param>
    public static DriftVerdict Judge(IReadOnlyList<DriftDay> reference, DriftDay day, DriftOptions options)
    {
        var days = (DriftDay[])[.. reference, day];
        var channels = day.Sketches.Count;
        var largest = new double[days.Length];
        var strangest = 0;
        for (var c = 0; c < channels; c++)
        {
            var whole = new Sketch();
            foreach (var one in days)
                whole.Merge(one.Sketches[c]);
            var distances = Array.ConvertAll(days, one => Sketch.DistanceToRest(one.Sketches[c], whole));
            var mean = distances.Average();
            for (var i = 0; i < days.Length && mean > 0; i++)
            {
                if (distances[i] / mean <= largest[i])
                    continue;
                largest[i] = distances[i] / mean;
                if (i == days.Length - 1)
                    strangest = c;
            }
        }
        double? p = reference.Count >= options.NeededDays ? (double)largest.Count(x => x >= largest[^1]) / days.Length : null;
        return new(day.DayTs, reference.Count, largest[^1], p, strangest, Alarm: p <= options.FalseAlarmRate);
    }
}
