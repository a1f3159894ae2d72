using Hts.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Hts.Tests.Postgres;

public sealed class MigrationsTests(PostgresFixture postgres)
{
    private static readonly MigrationScript First = MigrationScript.Create(1, "0001_a.sql", "CREATE TABLE hts.a (n integer)");
    private static readonly MigrationScript Second = MigrationScript.Create(2, "0002_b.sql", "CREATE TABLE hts.b (n integer)");

    [Fact]
    public async Task Missing_steps_are_applied_once_and_in_order()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.NewDatabase(migrated: false));

        (await Apply(database, First)).ShouldBe(1);
        (await Apply(database, First, Second)).ShouldBe(1);
        (await Apply(database, First, Second)).ShouldBe(0);
    }

    [Fact]
    public async Task Processes_that_start_together_apply_each_step_once()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.NewDatabase(migrated: false));

        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Apply(database, First, Second)));

        applied.Sum().ShouldBe(2);
    }

    [Fact]
    public async Task A_newer_schema_than_the_program_knows_stops_it()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.NewDatabase(migrated: false));
        await Apply(database, First, Second);

        var error = await Should.ThrowAsync<SchemaException>(() => Apply(database, First));

        error.Message.ShouldBe("The database's schema is version 2, this program knows up to 1: use a newer program, or a database of its own.");
    }

    [Fact]
    public async Task A_step_that_differs_from_the_applied_one_stops_it()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.NewDatabase(migrated: false));
        await Apply(database, First);

        await Should.ThrowAsync<SchemaException>(() => Apply(database, MigrationScript.Create(1, "0001_a.sql", "CREATE TABLE hts.other (n integer)")));
    }

    [Fact]
    public async Task A_step_that_fails_leaves_nothing_behind()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.NewDatabase(migrated: false));
        var broken = MigrationScript.Create(2, "0002_b.sql", "CREATE TABLE hts.b (n integer); SELECT 1 / 0");

        var error = await Should.ThrowAsync<SchemaException>(() => Apply(database, First, broken));

        error.Message.ShouldContain("0002_b.sql");
        (await Apply(database, First, Second)).ShouldBe(1);
    }

    [Fact]
    public void The_programs_steps_are_numbered_without_holes() =>
        MigrationScript.ReadAll().Select(s => s.Version).ShouldBe(Enumerable.Range(1, MigrationScript.ReadAll().Count));

    private static Task<int> Apply(NpgsqlDataSource database, params MigrationScript[] scripts) =>
        Migrations.Apply(database, scripts, NullLogger.Instance, TestContext.Current.CancellationToken);
}
