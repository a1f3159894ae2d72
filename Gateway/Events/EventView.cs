using Hts.History;
using Hts.Json;

namespace Hts.Events;

/// <summary>A line of the status log.</summary>
/// <param name="Kind">"feed", "gap", "model", "training", "prediction" or "system".</param>
/// <param name="Level">"info", "warning" or "error".</param>
internal sealed record EventView(long Id, UtcTime Ts, string Kind, string Level, string? Symbol, string Message)
{
    public static EventView From(EventMessage m) => new(m.Id, new UtcTime(m.Ts), m.Kind, m.Level, m.Symbol, m.Message);
}
