using Hts.Tests.Files;

namespace Hts.Tests.Commands;

/// <summary>Every mistake is one line with exit code 1 that names what to put right.</summary>
public sealed class CommandErrorTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("audit", "Prediction__SettleGraceSeconds=abc", "Prediction:SettleGraceSeconds is 'abc'; a whole number is needed.")]
    [InlineData("models current", "Gateway__Port=abc", "Gateway:Port is 'abc'; a whole number is needed.")]
    [InlineData("models current", "Gateway__Keys__0__Admin=true", "Gateway:Keys:0:Name is empty; each key needs the name of its holder. Gateway:Keys:0 needs either Value or File.")]
    [InlineData("models current", "Gateway__Address=myhost", "Gateway:Address is 'myhost'; allowed are localhost, an IP address or *.")]
    [InlineData("migrate --data-dir OUT", "Strategies__FeeBps=-1", "Strategies:FeeBps is -1; allowed are 0 to 500 basis points.")]
    [InlineData("migrate --data-dir OUT", "Storage__StopWithin=soon", "Storage:StopWithin is 'soon'; a duration (hh:mm:ss) is needed.")]
    [InlineData("evaluate --bars FILE", "Strategies__FeeBps=-1", "Strategies:FeeBps is -1; allowed are 0 to 500 basis points.")]
    [InlineData("evaluate --bars FILE", "Features__MinSigmaSlotBp=-1", "Features:MinSigmaSlotBp must lie within [0.01, 100]. It is -1.")]
    [InlineData("evaluate --bars FILE --draws 5", "", "Evaluation:Draws must lie within [100, 100000]. It is 5.")]
    [InlineData("evaluate --bars FILE", "Training__Gate__WindowDays=0", "Training:Gate:WindowDays must lie within [1, 366]. It is 0.")]
    [InlineData("evaluate --bars FILE", "Evaluation__Ablation=maybe", "Evaluation:Ablation is 'maybe'; true or false is needed.")]
    [InlineData("serve --data-dir OUT", "Cluster__Address=myhost", "Cluster:Address is 'myhost'; allowed is an IP address of this machine.")]
    [InlineData("serve --data-dir OUT", "Cluster__SiloPort=abc", "Cluster:SiloPort is 'abc'; a whole number is needed.")]
    [InlineData("serve --data-dir OUT", "Cluster__SiloPort=70000", "Cluster:SiloPort is '70000'; allowed is 1 to 65535.")]
    [InlineData("serve --data-dir OUT", "Gateway__Port=0", "Gateway:Port is 0; allowed is 1 to 65535.")]
    [InlineData("label FILE --out OUT", "Strategies__SlippageBps=x", "Strategies:SlippageBps is 'x'; a number is needed.")]
    [InlineData("label FILE --out OUT --bar-seconds 7", "", "--bar-seconds and Prediction:SlotSeconds do not fit: A bar must divide the slot of 600 s. It is 7.")]
    [InlineData("label FILE", "", "Option '--out' is required. See label --help.")]
    [InlineData("label FILE --out OUT --max-quiet soon", "", "Cannot parse argument 'soon' for option '--max-quiet'; a whole number is needed. See label --help.")]
    [InlineData("label FILE --out OUT --bar-seconds x", "", "Cannot parse argument 'x' for option '--bar-seconds'; a whole number is needed. See label --help.")]
    [InlineData("evaluate --synthetic null --slots x", "", "Cannot parse argument 'x' for option '--slots'; a whole number is needed. See evaluate --help.")]
    [InlineData("demo --speed fast", "", "Cannot parse argument 'fast' for option '--speed'; a whole number is needed. See demo --help.")]
    [InlineData("predict", "", "Unrecognized command or argument 'predict'. See --help.")]
    [InlineData("models", "", "Required command was not provided. See models --help.")]
    [InlineData("train FILE --out OUT", "Training__Model__MinRows=-5", "Training:Model:MinRows must lie within [1, 1000000]. It is -5.")]
    [InlineData("train FILE --out OUT", "Training__Model__Mlp__Dropout=2", "Training:Model:Mlp:Dropout must lie within [0, 0.9]. It is 2.")]
    public async Task A_mistake_is_told_in_one_line(string command, string setting, string line)
    {
        var environment = new Dictionary<string, string> { ["ConnectionStrings__Storage"] = "Host=127.0.0.1;Port=1;Username=a;Database=b;Timeout=2" };
        if (setting.Split('=') is [var key, var value])
            environment[key] = value;
        var file = folder.Write("ABCUSDT.csv", "symbol,ts,open,high,low,close,volume\nABCUSDT,1704067200000,1,1,1,1,1\n");
        var arguments = command.Replace("FILE", file).Replace("OUT", Path.Combine(folder.Path, "out")).Split(' ');

        var run = await SiloRun.Of(environment, arguments);

        run.ExitCode.ShouldBe(1, run.Output + run.Errors);
        run.Errors.TrimEnd().ShouldBe("error: " + line);
    }

    [Fact]
    public async Task A_value_that_is_not_among_the_allowed_ones_names_its_option()
    {
        var run = await SiloRun.Of(new Dictionary<string, string>(), "evaluate", "--synthetic", "luck");

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldStartWith("error: --synthetic: ");
        run.Errors.Trim().Split('\n').Length.ShouldBe(1, run.Errors);
    }

    [Theory]
    [InlineData("audit")]
    [InlineData("evaluate")]
    [InlineData("gate", "hts-1")]
    [InlineData("verify", "FILE")]
    public async Task A_verb_that_only_reads_makes_no_database_in_a_mistyped_folder(params string[] verb)
    {
        var file = folder.Write("ABCUSDT.csv", "symbol,ts,open,high,low,close,volume\nABCUSDT,1704067200000,1,1,1,1,1\n");
        var mistyped = Path.Combine(folder.Path, "dtaa");

        var run = await SiloRun.Of(new Dictionary<string, string>(), [.. verb.Select(word => word == "FILE" ? file : word), "--data-dir", mistyped]);

        run.ExitCode.ShouldBe(1);
        run.Errors.TrimEnd().ShouldStartWith($"error: There is no database in the data folder {mistyped}");
        Directory.Exists(mistyped).ShouldBeFalse();
    }
}
