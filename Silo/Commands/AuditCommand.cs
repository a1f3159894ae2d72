using System.CommandLine;
using Hts.Hosting;
using Hts.Predictions;

namespace Hts.Commands;

/// <summary><c>audit</c>: prints every broken invariant of the ledger and the bars; exit code 1 if there is any.</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var dataDir = CommonOptions.DataDir();
        var command = new Command(
            "audit", "Prints every missing, double or unsettled prediction and every unmarked hole in the bars; exit code 1 if any.")
        {
            dataDir,
        };
        command.SetAction((parsed, cancellation) => Run(parsed.GetRequiredValue(dataDir), cancellation));
        return command;
    }

    private static async Task<int> Run(DirectoryInfo dataDir, CancellationToken cancellation)
    {
        if (!dataDir.Exists)
            throw new UserErrorException($"There is no data folder {dataDir.FullName}.");
        var prediction = HtsConfiguration.Read().GetSection("Prediction").Get<PredictionOptions>() ?? new PredictionOptions();
        await using var session = await StorageSession.Open(dataDir, cancellation);
        long findings = 0;
        var audit = session.Store.Audit(session.Grid, TimeSpan.FromSeconds(prediction.SettleGraceSeconds));
        await foreach (var finding in audit.Run(cancellation))
        {
            Console.WriteLine(finding);
            findings++;
        }
        Console.WriteLine(findings == 0 ? "Clean: nothing missing, double, unsettled or unmarked." : $"{findings} findings.");
        return findings == 0 ? 0 : 1;
    }
}
