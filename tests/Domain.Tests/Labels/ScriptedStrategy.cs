using Hts.Strategies;

namespace Hts.Tests.Labels;

/// <summary>A machine that says after bar n (from 1) what the script says, so that a window's accounting can be followed by hand.</summary>
internal sealed class ScriptedStrategy(Func<long, int> script) : ActiveStrategy("scripted", 60)
{
    public override string Parameters => "scripted";

    public override sbyte Next(sbyte standing, TimeframeSeries series) => (sbyte)script(series.Count);

    public override double Trigger(TimeframeSeries series) => 0;
}
