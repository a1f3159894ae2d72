namespace Hts.Access;

/// <summary>Says on a route or group which key it needs.</summary>
internal static class AccessExtensions
{
    public static TBuilder RequireKey<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AccessRequirement(Admin: false));

    public static TBuilder RequireAdmin<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AccessRequirement(Admin: true));
}
