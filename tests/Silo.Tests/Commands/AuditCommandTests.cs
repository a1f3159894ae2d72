using Hts.Commands;

namespace Hts.Tests.Commands;

public sealed class AuditCommandTests
{
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
