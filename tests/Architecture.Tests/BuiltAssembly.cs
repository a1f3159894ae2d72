using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;

namespace Hts.Tests;

/// <summary>What the built assemblies beside the tests use, read from their metadata without loading them.</summary>
internal static class BuiltAssembly
{
    /// <summary>The product's own assemblies.</summary>
    public static readonly string[] Ours = ["Domain", "Learning", "Grains", "Grains.Interfaces", "Gateway", "Silo"];

    private static readonly HashSet<string> Framework =
        [.. Directory.GetFiles(RuntimeEnvironment.GetRuntimeDirectory(), "*.dll").Select(file => Path.GetFileNameWithoutExtension(file)!)];

    /// <summary>Names of the assemblies that this one uses, without those of Microsoft.NETCore.App.</summary>
    public static IReadOnlyList<string> ReferencesOf(string name)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, name + ".dll"));
        using PEReader assembly = new(file);
        var metadata = assembly.GetMetadataReader();
        return [.. from handle in metadata.AssemblyReferences
                   let reference = metadata.GetString(metadata.GetAssemblyReference(handle).Name)
                   where !Framework.Contains(reference)
                   orderby reference
                   select reference];
    }
}
