namespace Hts.Problems;

/// <summary>Problems for statuses that the framework answers by itself: no such route, no such method.</summary>
internal static class StatusProblems
{
    public static void Customize(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        if (problem.Type?.StartsWith(Problem.TypePrefix, StringComparison.Ordinal) == true)
            return;
        var request = context.HttpContext.Request;
        (var kind, problem.Detail) = problem.Status switch
        {
            404 => ("not-found", $"There is nothing at {Short(request.Path)}."),
            405 => ("method-not-allowed", $"{request.Method} is not possible here."),
            413 => ("too-large", "The request body is larger than allowed."),
            415 => ("unsupported", "Send application/json."),
            _ => ("http-" + problem.Status, problem.Detail ?? problem.Title),
        };
        problem.Type = Problem.TypePrefix + kind;
    }

    private static string Short(string? path) => path is { Length: > 80 } ? path[..80] + "…" : path ?? "/";
}
