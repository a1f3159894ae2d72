using Hts.Bars;
using Hts.Files;
using Hts.Trades;
using Parquet;
using Parquet.Schema;

namespace Hts.Tests.Files;

public sealed class ParquetLinesTests : IDisposable
{
    private static readonly DateTime Start = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Trades_with_whole_numbers_for_times_are_read_over_row_groups()
    {
        var (id, price, quantity, time, maker) = (
            new DataField<long>("agg_trade_id"), new DataField<double>("price"), new DataField<decimal>("quantity"), new DataField<long>("transact_time"),
            new DataField<bool>("is_buyer_maker"));
        var path = Path.Combine(folder.Path, "ABCUSDT.parquet");
        await using (var file = File.Create(path))
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(id, price, quantity, time, maker), file))
        {
            for (var g = 0; g < 2; g++)
            {
                using var group = writer.CreateRowGroup();
                await group.WriteAsync<long>(id, new[] { (g * 2) + 1L, (g * 2) + 2L });
                await group.WriteAsync<double>(price, new[] { 0.1, double.NaN });
                await group.WriteAsync<decimal>(quantity, new[] { 1.5m, 2m });
                await group.WriteAsync<long>(time, new[] { 1704067200000 + g, 1704067200000123 });
                await group.WriteAsync<bool>(maker, new[] { true, false });
            }
        }
        var report = new ReadReport();

        var trades = TradeFile.Read(path, null, report).SelectMany(batch => batch.Trades.ToArray()).ToArray();

        trades.ShouldBe([new Trade(1, 1, 1, 1704067200000, 0.1, 1.5, true), new Trade(3, 3, 3, 1704067200001, 0.1, 1.5, true)]);
        report.First.Select(problem => (problem.Line, problem.Rule)).ShouldBe([(2, "price must be positive and finite"), (4, "price must be positive and finite")]);
    }

    [Fact]
    public async Task Bars_with_timestamps_symbols_and_unknown_columns_are_read()
    {
        var time = new DateTimeDataField("ts", DateTimeFormat.Timestamp, isAdjustedToUTC: true, unit: DateTimeTimeUnit.Micros);
        DataField<double>[] values = [.. new[] { "open", "high", "low", "close", "volume" }.Select(name => new DataField<double>(name))];
        var (symbol, other) = (new DataField<string>("symbol"), new DataField<int>("whatever"));
        var path = Path.Combine(folder.Path, "bars.parquet");
        await using (var file = File.Create(path))
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema([time, .. values, symbol, other]), file))
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync<DateTime>(time, new[] { Start, Start.AddSeconds(15) });
            foreach (var value in values)
                await group.WriteAsync<double>(value, new[] { 7.25, 8.5 });
            await group.WriteAsync(symbol, new[] { "ABCUSDT", "ABCUSDT" });
            await group.WriteAsync<int>(other, new[] { 1, 2 });
        }

        var report = new ReadReport();
        var bars = BarFile.Read(path, null, report).SelectMany(batch => batch.Bars.ToArray()).ToArray();

        report.First.ShouldBeEmpty();
        var ts = new DateTimeOffset(Start).ToUnixTimeMilliseconds();
        bars.ShouldBe([new Bar(ts, 7.25, 7.25, 7.25, 7.25, 7.25, 3.625, 1, 0), new Bar(ts + 15_000, 8.5, 8.5, 8.5, 8.5, 8.5, 4.25, 1, 0)]);
    }

    [Theory]
    [InlineData("PAR1 this is none PAR1")]
    [InlineData("")]
    public void What_is_no_parquet_is_reported(string text)
    {
        var report = new ReadReport();
        TradeFile.Read(folder.Write("ABCUSDT.parquet", text), null, report).ShouldBeEmpty();
        report.First.ShouldHaveSingleItem().Rule.ShouldStartWith("the file is damaged or no Parquet");
    }
}
