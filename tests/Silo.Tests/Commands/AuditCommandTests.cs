using Hts.Tests.Postgres;

namespace Hts.Tests.Commands;

public sealed class AuditCommandTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_configured_database_is_audited_without_a_data_folder()
    {
        await using var database = await CommandDatabase.Create(postgres);

        var run = await database.Run("audit", "--features", "1");

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("Clean");
        Directory.Exists(database.DataDir).ShouldBeFalse();
    }
}
