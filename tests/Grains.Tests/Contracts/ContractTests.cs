using System.Reflection;
using Hts.Markets;

namespace Hts.Tests.Contracts;

/// <summary>What a rolling deployment rests on: names on the wire that do not follow the code's names.</summary>
public sealed class ContractTests
{
    private static readonly Type[] Types = [.. typeof(IMarketGrain).Assembly.GetTypes().Where(t => t.Namespace?.StartsWith("Hts.", StringComparison.Ordinal) == true)];

    private static IEnumerable<Type> Interfaces => Types.Where(t => t.IsInterface && typeof(IAddressable).IsAssignableFrom(t));

    private static IEnumerable<Type> Messages => Types.Where(t => t.GetCustomAttribute<GenerateSerializerAttribute>() is not null);

    [Fact]
    public void Every_grain_interface_and_each_of_its_methods_has_a_name_of_its_own_on_the_wire()
    {
        Interfaces.Count().ShouldBeGreaterThanOrEqualTo(10);
        foreach (var type in Interfaces)
        {
            type.GetCustomAttribute<AliasAttribute>().ShouldNotBeNull(type.Name);
            var names = type.GetMethods().Select(m => m.GetCustomAttribute<AliasAttribute>()?.Alias).ToArray();
            names.ShouldAllBe(name => name != null, type.Name);
            names.Distinct().Count().ShouldBe(names.Length, type.Name);
        }
    }

    [Fact]
    public void Every_message_has_an_alias_and_members_numbered_from_zero_without_a_hole()
    {
        Messages.Count().ShouldBeGreaterThanOrEqualTo(20);
        foreach (var type in Messages)
        {
            type.GetCustomAttribute<AliasAttribute>().ShouldNotBeNull(type.Name);
            var ids = type.GetProperties().Select(p => p.GetCustomAttribute<IdAttribute>()).OfType<IdAttribute>().Select(i => (int)i.Id).ToArray();
            var parameters = type.GetConstructors().Max(c => c.GetParameters().Length);
            ids.Order().ShouldBe(Enumerable.Range(0, parameters), type.Name);
        }
    }

    [Fact]
    public void No_two_types_share_an_alias()
    {
        var names = Interfaces.Concat(Messages).Select(t => t.GetCustomAttribute<AliasAttribute>()!.Alias).ToArray();
        names.Distinct().Count().ShouldBe(names.Length);
    }
}
