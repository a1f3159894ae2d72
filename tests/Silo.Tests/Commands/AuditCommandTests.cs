using Hts.Commands;
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

    [Theory]
    [InlineData("-1")]
    [InlineData("8785")]
    public void Hours_that_would_check_nothing_or_more_than_there_is_are_refused(string hours) =>
        AuditCommand.Create().Parse(["--features", hours]).Errors.ShouldHaveSingleItem().Message.ShouldContain("0 to 8784");

    [Theory]
    [InlineData("0")]
    [InlineData("8784")]
    public void Hours_up_to_a_year_are_taken(string hours) => AuditCommand.Create().Parse(["--features", hours]).Errors.ShouldBeEmpty();
}
