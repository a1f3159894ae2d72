namespace Hts.OpenApi;

/// <summary>Describes a route of the API in one breath: its name for generated clients, what it does, and which problems it may answer.</summary>
internal static class RouteDescriptions
{
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string name, string summary, string description, params ReadOnlySpan<int> problems)
    {
        route.WithName(name).WithSummary(summary).WithDescription(description);
        foreach (var status in problems)
        {
            if (status == StatusCodes.Status400BadRequest)
                route.ProducesValidationProblem();
            else
                route.ProducesProblem(status);
        }
        // Any route of the API may find the cluster away.
        return route.ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }
}
