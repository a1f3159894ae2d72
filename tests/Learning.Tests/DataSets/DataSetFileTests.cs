using System.Text;
using DuckDB.NET.Data;
using Hts.DataSets;

namespace Hts.Tests.DataSets;

public sealed class DataSetFileTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly PlantedMarket market = new(seed: 1, features: 12, embeddings: 4);

    private string FilePath => folder.File("train.parquet");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Rows_come_back_to_the_bit_over_several_row_groups()
    {
        var rows = market.Rows(250, "AAA", "BBB").ToList();

        await PlantedMarket.WriteFile(FilePath, market.Header, rows, groupRows: 64);

        var data = await DataSetReader.Read(FilePath, CancellationToken.None);
        data.Count.ShouldBe(rows.Count);
        (data.Header with { Strategies = market.Header.Strategies }).ShouldBe(market.Header);
        data.Header.Strategies.ShouldBe(market.Header.Strategies);
        for (var i = 0; i < rows.Count; i++)
        {
            data.Symbols[data.Symbol[i]].ShouldBe(rows[i].Symbol);
            data.BaseTs[i].ShouldBe(rows[i].BaseTs);
            data.Sigma(i).ShouldBe(rows[i].SigmaSlot);
            data.Features.Row(i).SequenceEqual(rows[i].Features).ShouldBeTrue();
            data.Standing(i).SequenceEqual(rows[i].Standing).ShouldBeTrue();
            data.Gross(i).SequenceEqual(rows[i].Gross).ShouldBeTrue();
            data.Sides(i).SequenceEqual(rows[i].Sides).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task An_independent_reader_sees_the_same()
    {
        var rows = market.Rows(130, "AAA", "BBB").ToList();
        await PlantedMarket.WriteFile(FilePath, market.Header, rows, groupRows: 50);

        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            select count(*)::bigint, min(len(features))::bigint, max(len(features))::bigint, sum(list_sum(gross)), sum(list_sum(sides))::bigint,
                   sum(list_sum(standing))::bigint, sum(base_ts)::varchar, sum(features[3]::double), count(distinct symbol)::bigint
            from read_parquet('{FilePath}')
            """;
        using var reader = command.ExecuteReader();
        reader.Read().ShouldBeTrue();
        reader.GetInt64(0).ShouldBe(rows.Count);
        reader.GetInt64(1).ShouldBe(12);
        reader.GetInt64(2).ShouldBe(12);
        reader.GetDouble(3).ShouldBe(rows.Sum(r => r.Gross.Sum()), 1e-12);
        reader.GetInt64(4).ShouldBe(rows.Sum(r => r.Sides.Sum()));
        reader.GetInt64(5).ShouldBe(rows.Sum(r => r.Standing.Sum(s => s)));
        reader.GetString(6).ShouldBe(rows.Sum(r => r.BaseTs).ToString(System.Globalization.CultureInfo.InvariantCulture));
        reader.GetDouble(7).ShouldBe(rows.Sum(r => (double)r.Features[2]), 1e-9);
        reader.GetInt64(8).ShouldBe(2);
    }

    [Fact]
    public async Task A_file_cut_short_anywhere_is_refused()
    {
        await PlantedMarket.WriteFile(FilePath, market.Header, market.Rows(100), groupRows: 40);
        var whole = await File.ReadAllBytesAsync(FilePath);
        var cut = folder.File("cut.parquet");

        for (var share = 0; share < 40; share++)
        {
            await File.WriteAllBytesAsync(cut, whole[..(whole.Length * share / 40)]);
            var error = await Should.ThrowAsync<DataSetException>(() => DataSetReader.Read(cut, CancellationToken.None));
            error.Message.ShouldContain("cut.parquet");
        }
    }

    [Fact]
    public async Task A_row_that_breaks_a_rule_is_named_when_it_is_written()
    {
        await using var writer = await DataSetWriter.Create(FilePath, market.Header, CancellationToken.None);
        var rows = market.Rows(5).ToList();
        await writer.Write(rows[0], CancellationToken.None);
        rows[1].Features[7] = float.NaN;

        var error = await Should.ThrowAsync<DataSetException>(async () => await writer.Write(rows[1], CancellationToken.None));

        error.Row.ShouldBe(1);
        error.Message.ShouldContain("features[7] is not finite");
        writer.Rows.ShouldBe(1);
    }

    [Theory]
    [InlineData("features", "row 66: features[5] is not finite")]
    [InlineData("gross", "row 66: gross[2] is not finite")]
    [InlineData("standing", "row 66: standing holds")]
    [InlineData("sides", "row 66: sides holds")]
    public async Task A_bad_value_in_a_file_is_named_with_its_row(string column, string message)
    {
        var rows = market.Rows(100).ToList();
        await using (var writer = await DataSetWriter.Create(FilePath, market.Header, CancellationToken.None, groupRows: 60))
        {
            foreach (var row in rows)
            {
                // The writer has checked the row; what it holds until the group is full can still be spoiled behind its back.
                await writer.Write(row, CancellationToken.None);
                if (row != rows[66])
                    continue;
                if (column == "features")
                    row.Features[5] = float.PositiveInfinity;
                if (column == "gross")
                    row.Gross[2] = double.NaN;
                if (column == "standing")
                    row.Standing[1] = 2;
                if (column == "sides")
                    row.Sides[0] = -1;
            }
            await writer.Complete(CancellationToken.None);
        }

        var error = await Should.ThrowAsync<DataSetException>(() => DataSetReader.Read(FilePath, CancellationToken.None));

        error.Message.ShouldContain(message);
        error.Row.ShouldBe(66);
    }

    [Theory]
    [InlineData("\"feature_count\":12", "\"feature_count\":13", "'features' has 1200 values in a group of 100 rows, 13 a row are needed")]
    [InlineData("\"feature_count\":12", "\"feature_count\":-2", "-2 features")]
    [InlineData("\"cost_per_fill\"", "\"cost_per_fall\"", "the header is not as it must be")]
    [InlineData("long_hold", "long_held", "no 'long_hold'")]
    public async Task A_header_that_does_not_fit_is_refused(string from, string to, string message)
    {
        await PlantedMarket.WriteFile(FilePath, market.Header, market.Rows(100));
        var bytes = await File.ReadAllBytesAsync(FilePath);
        var at = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(from));
        at.ShouldBeGreaterThan(0);
        Encoding.ASCII.GetBytes(to).CopyTo(bytes, at);
        await File.WriteAllBytesAsync(FilePath, bytes);

        var error = await Should.ThrowAsync<DataSetException>(() => DataSetReader.Read(FilePath, CancellationToken.None));

        error.Message.ShouldContain(message);
    }

    [Theory]
    [InlineData(100, 100)]
    [InlineData(101, 100)]
    [InlineData(500, 500)]
    [InlineData(2, 2)]
    public async Task Only_the_newest_instants_are_read_and_the_rest_is_counted(int maxRows, int kept)
    {
        // Symbol after symbol, as data sets are built.
        var rows = market.Rows(250, "AAA", "BBB").OrderBy(r => r.Symbol).ToList();
        await PlantedMarket.WriteFile(FilePath, market.Header, rows, groupRows: 64);

        var data = await DataSetReader.Read(FilePath, maxRows, PlantedMarket.SlotMs, null, CancellationToken.None);

        var from = rows.Select(r => r.BaseTs).Distinct().Order().ElementAt(250 - (kept / 2));
        var newest = rows.Where(r => r.BaseTs >= from).ToList();
        data.Count.ShouldBe(kept);
        data.OlderRows.ShouldBe(500 - kept);
        data.BaseTs.ToArray().ShouldBe(newest.Select(r => r.BaseTs));
        data.Symbol.ToArray().Select(s => data.Symbols[s]).ShouldBe(newest.Select(r => r.Symbol));
        data.Features.Row(kept - 1).SequenceEqual(newest[^1].Features).ShouldBeTrue();
    }

    [Fact]
    public async Task Of_too_many_symbols_the_same_few_keep_the_least_time_and_the_rest_is_counted()
    {
        // S9 joined lately, S0 stopped early.
        var rows = Enumerable.Range(0, 10).SelectMany(s => market.Rows(1500, $"S{s}").Skip(s == 9 ? 1400 : 0).Take(s == 0 ? 300 : 1500)).ToList();
        await PlantedMarket.WriteFile(FilePath, market.Header, rows, groupRows: 256);

        var data = await DataSetReader.Read(FilePath, 5000, 1200 * PlantedMarket.SlotMs, null, CancellationToken.None);

        data.Symbols.Count.ShouldBe(5);
        data.SymbolsLeftOut.ShouldBe(5);
        data.Symbols.ShouldContain("S9");
        data.Symbols.ShouldNotContain("S0");
        data.Count.ShouldBe(4 * 1225 + 100);
        data.OlderRows.ShouldBe(rows.Count - data.Count);
        var again = await DataSetReader.Read(FilePath, 5000, 1200 * PlantedMarket.SlotMs, null, CancellationToken.None);
        again.Symbols.ShouldBe(data.Symbols);
    }

    [Fact]
    public async Task An_unfinished_file_leaves_the_old_one_in_place()
    {
        await PlantedMarket.WriteFile(FilePath, market.Header, market.Rows(10));
        await using (var writer = await DataSetWriter.Create(FilePath, market.Header, CancellationToken.None))
            await writer.Write(market.Row("AAA", 0), CancellationToken.None);

        (await DataSetReader.Read(FilePath, CancellationToken.None)).Count.ShouldBe(10);
        Directory.GetFiles(folder.Path).ShouldBe([FilePath]);
    }
}
