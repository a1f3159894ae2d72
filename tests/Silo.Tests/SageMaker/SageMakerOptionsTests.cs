using Hts.Objects;
using Hts.SageMaker;
using Hts.Training;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Hts.Tests.SageMaker;

public sealed class SageMakerOptionsTests
{
    private static readonly Dictionary<string, string?> Good = new()
    {
        ["Objects:Uri"] = "s3://hts",
        ["Training:Backend"] = "sagemaker",
        ["Training:SageMaker:Image"] = "hts:1",
        ["Training:SageMaker:RoleArn"] = "arn:aws:iam::000000000000:role/hts",
    };

    [Fact]
    public void What_is_left_open_has_a_usual_value()
    {
        var options = Options(new() { ["Objects:Region"] = "eu-central-1", ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1" });
        (options.Instances.Single(), options.Local, options.Region, options.Endpoint)
            .ShouldBe(("ml.m5.xlarge", true, "eu-central-1", "http://127.0.0.1:1"));
    }

    [Fact]
    public void The_originals_names_work()
    {
        var old = new ConfigurationBuilder().AddInMemoryCollection(
            [new("SAGEMAKER_ROLE_ARN", "arn:aws:iam::000000000000:role/old"), new("SM_TRAIN_INSTANCE", "ml.c5.large")]).Build();
        Dictionary<string, string?> read = Hts.Hosting.LegacyNames.Read(old).ToDictionary();
        read["Training:SageMaker:RoleArn"].ShouldBe("arn:aws:iam::000000000000:role/old");
        Options(new() { ["Training:SageMaker:Instances:0"] = read["Training:SageMaker:Instances:0"] }).Instances.ShouldBe(["ml.c5.large"]);
    }

    [Theory]
    [InlineData("Training:Backend", "cloud", "Training:Backend is 'cloud'; allowed is local or sagemaker.")]
    [InlineData("Training:MemoryMegabytes", "5", "Training:MemoryMegabytes is 5; allowed is 0 or 256 to 1048576.")]
    [InlineData("Objects:Uri", "data/objects", "Training:Backend is sagemaker and Objects:Uri 'data/objects': SageMaker reads and writes s3://bucket only.")]
    [InlineData("Training:SageMaker:Image", "", "Training:SageMaker:Image is '';")]
    [InlineData("Training:SageMaker:RoleArn", "hts", "Training:SageMaker:RoleArn is 'hts'; allowed is arn:aws:iam::<account>:role/<name>")]
    [InlineData("Training:SageMaker:Instances:0", "m5", "Training:SageMaker:Instances is 'm5';")]
    [InlineData("Training:SageMaker:Endpoint", "sagemaker", "Training:SageMaker:Endpoint is 'sagemaker';")]
    [InlineData("Training:SageMaker:VolumeGigabytes", "0", "Training:SageMaker:VolumeGigabytes is 0; allowed is 1 to 16384.")]
    [InlineData("Training:SageMaker:MaxRuntimeSeconds", "3", "Training:SageMaker:MaxRuntimeSeconds is 3;")]
    [InlineData("Training:SageMaker:MaxWaitSeconds", "900", "Training:SageMaker:MaxWaitSeconds is 900; allowed is 0 without Spot.")]
    [InlineData("Training:SageMaker:KeepAliveSeconds", "4000", "Training:SageMaker:KeepAliveSeconds is 4000;")]
    [InlineData("Training:SageMaker:SubnetIds:0", "subnet-1", "Training:SageMaker:SubnetIds is 'subnet-1';")]
    [InlineData("Training:SageMaker:PricePerHour:ml.m5.xlarge", "-1", "Training:SageMaker:PricePerHour:ml.m5.xlarge is -1;")]
    [InlineData("Training:SageMaker:PollSeconds", "0", "Training:SageMaker:PollSeconds is 0;")]
    [InlineData("Training:SageMaker:Retries", "11", "Training:SageMaker:Retries is 11;")]
    public void A_value_that_cannot_work_is_named_at_the_start(string key, string value, string words) =>
        string.Join('\n', Should.Throw<OptionsValidationException>(() => Options(new() { [key] = value })).Failures).ShouldContain(words);

    [Fact]
    public void A_warm_spot_machine_is_refused() => Should.Throw<OptionsValidationException>(
        () => Options(new() { ["Training:SageMaker:Spot"] = "true", ["Training:SageMaker:KeepAliveSeconds"] = "60" }))
        .Message.ShouldContain("SageMaker keeps no spot machine warm");

    [Fact]
    public void A_wait_for_spot_capacity_is_as_long_as_the_longest_training_when_that_has_only_the_usual_bound() =>
        Should.Throw<OptionsValidationException>(
            () => Options(new() { ["Training:SageMaker:Spot"] = "true", ["Training:SageMaker:MaxWaitSeconds"] = "900" }))
            .Message.ShouldContain("Training:SageMaker:MaxWaitSeconds is 900; allowed is 1800 to 432000.");

    [Fact]
    public void Without_the_backend_its_settings_do_not_matter() =>
        Options(new() { ["Training:Backend"] = "local", ["Training:SageMaker:RoleArn"] = "x" }).RoleArn.ShouldBe("x");

    private static SageMakerOptions Options(Dictionary<string, string?> changes)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Good).AddInMemoryCollection(changes).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration)
            .AddObjects(configuration, "data").AddTraining(configuration);
        using var provider = services.BuildServiceProvider();
        _ = provider.GetRequiredService<IOptions<TrainingBackendOptions>>().Value;
        return provider.GetRequiredService<IOptions<SageMakerOptions>>().Value;
    }
}
