namespace Hts.Load.Shadows;

/// <summary>What one slot cost.</summary>
/// <param name="ChampionMs">From the slot's boundary until the last champion's row was durable.</param>
/// <param name="PredictCpu">Processor seconds of silo and database until all rows were durable.</param>
/// <param name="SettleCpu">Processor seconds of silo and database for settling them.</param>
internal sealed record TickCost(int Rows, int Settled, double ChampionMs, double PredictCpu, double SettleCpu)
{
    public double Cpu => PredictCpu + SettleCpu;
}
