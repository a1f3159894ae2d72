using Hts.Objects;

namespace Hts.Tests.Objects;

/// <summary>A store to be disposed when it is disposable.</summary>
public sealed record OtherStore(IObjectStore Store) : IAsyncDisposable
{
    public ValueTask DisposeAsync()
    {
        (Store as IDisposable)?.Dispose();
        return ValueTask.CompletedTask;
    }
}
