using Hts.Models;

namespace Hts.Tests.Models;

public sealed class RecipeTests
{
    private const string Metrics =
        """{"chosen":"average","candidates":[{"name":"cond","members":["cond"]},{"name":"average","members":["ridge","trees","mlp"]}]}""";

    [Theory]
    [InlineData("average", Metrics, "average(mlp,ridge,trees)")]
    [InlineData("ridge", Metrics, "ridge")]
    [InlineData("cond", "{}", "cond")]
    [InlineData("average", "{}", "average")]
    [InlineData("average", """{"candidates":[]}""", "average")]
    public void A_model_is_of_its_kind_and_an_average_of_its_members_too(string kind, string metrics, string recipe) =>
        Recipe.Of(kind, metrics).ShouldBe(recipe);
}
