using System.CommandLine;
using Hts.Audits;
using Hts.Hosting;
using Hts.Ledgers;
using Hts.Predictions;

namespace Hts.Commands;

/// <summary><c>audit</c>: prints every broken invariant of the ledger and the bars; exit code 1 if there is any.</summary>
internal static class AuditCommand
{
    // A year and a day; bars are kept a month longer unless Storage:BarDays says otherwise.
    private const int MostHours = 366 * 24;

    public static Command Create()
    {
        var dataDir = CommonOptions.DataDir();
        var features = new Option<int>("--features")
        {
            Description = $"Also make the features of predictions of so many last hours, 0 to {MostHours}, again from the tables and compare their hashes.",
        };
        features.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var hours) && hours is < 0 or > MostHours)
                result.AddError($"--features is {hours}; 0 to {MostHours} hours are allowed.");
        });
        var command = new Command(
            "audit", "Prints every missing, double or unsettled prediction and every unmarked hole in the bars; exit code 1 if any.")
        {
            dataDir, features,
        };
        command.SetAction((parsed, cancellation) => Run(parsed.GetRequiredValue(dataDir), parsed.GetValue(features), cancellation));
        return command;
    }

    private static async Task<int> Run(DirectoryInfo dataDir, int featureHours, CancellationToken cancellation)
    {
        var prediction = HtsConfiguration.Read().GetSection("Prediction").Get<PredictionOptions>() ?? new PredictionOptions();
        await using var session = await StorageSession.OpenToRead(dataDir, cancellation);
        long findings = 0;
        var audit = session.Store.Audit(session.Grid, TimeSpan.FromSeconds(prediction.SettleGraceSeconds));
        await foreach (var finding in audit.Run(cancellation))
        {
            Console.WriteLine(finding);
            findings++;
        }
        if (featureHours > 0)
            findings += await Rebuild(session, featureHours, cancellation);
        Console.WriteLine(findings == 0 ? "Clean: nothing missing, double, unsettled or unmarked." : $"{findings} findings.");
        return findings == 0 ? 0 : 1;
    }

    private static async Task<int> Rebuild(StorageSession session, int hours, CancellationToken cancellation)
    {
        var schema = HtsConfiguration.Schema(HtsConfiguration.Read(), session.Grid);
        var store = session.Store;
        string[] symbols = [.. (await store.Symbols.List(cancellation)).Select(s => s.Name)];
        var newest = long.MinValue;
        foreach (var symbol in symbols)
            newest = Math.Max(newest, (await store.Ledger.Newest(symbol, Roles.Champion, cancellation))?.BaseTs ?? long.MinValue);
        if (newest == long.MinValue)
            return 0;
        var rebuild = new FeatureRebuild(store.Bars, store.Slots, store.Embeddings, store.Ledger, schema);
        var report = await rebuild.Run(symbols, newest - (hours * 3_600_000L), newest + 1, cancellation);
        foreach (var differing in report.Differing)
            Console.WriteLine($"{differing}: the features cannot be made again");
        foreach (var foreknown in report.Foreknown)
            Console.WriteLine($"{foreknown}: the features hold an embedding that came later");
        Console.WriteLine($"{report.Checked} predictions' features made again, {report.InWords}.");
        return report.Differing.Count + report.Foreknown.Count;
    }
}
