using System.Runtime.InteropServices;
using TorchSharp;

namespace Hts.Models;

/// <summary>Loads libtorch on first need and sets its thread counts once: one thread is as fast at these sizes and never thrashes.</summary>
public static partial class TorchRuntime
{
    private static readonly Lazy<bool> Ready = new(Start);

    internal static void EnsureReady() => _ = Ready.Value;

    /// <summary>
    /// Ends the process at once when libtorch is loaded: to take down its tables of operators lasts a tenth of a second and frees nothing
    /// that outlives the process. For the very end of a program, when all it wrote is closed.
    /// </summary>
    public static void EndProcess(int exitCode)
    {
        if (!Ready.IsValueCreated || OperatingSystem.IsWindows())
            return;
        Console.Out.Flush();
        Console.Error.Flush();
        Exit(exitCode);
    }

    private static bool Start()
    {
        // OpenMP reads its settings from the native environment when its library loads; the managed one does not reach it on Unix.
        if (!OperatingSystem.IsWindows())
            _ = SetEnvironment("OMP_WAIT_POLICY", "passive", 0);
        torch.InitializeDeviceType(DeviceType.CPU);
        // Must come before the first parallel work, or libtorch refuses it.
        torch.set_num_interop_threads(1);
        torch.set_num_threads(1);
        return true;
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void Exit(int code);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
