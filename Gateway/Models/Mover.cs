using Hts.Access;

namespace Hts.Models;

/// <summary>On whose word a call moves the serving model: the name of its key, and whether the command line sent it.</summary>
internal static class Mover
{
    public static string Of(HttpContext context)
    {
        var holder = context.Features.Get<ApiKey>()?.Name;
        return context.Request.Headers[Movers.ViaHeader] == Movers.Command
            ? holder is null ? Movers.Command : $"{Movers.Command} ({holder})"
            : holder ?? Movers.Rest;
    }
}
