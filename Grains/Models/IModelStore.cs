namespace Hts.Models;

/// <summary>Durable catalogue of trained models.</summary>
public interface IModelStore
{
    /// <summary>Inserts the row or replaces the one of that version.</summary>
    Task Write(ModelRow row, CancellationToken cancellation);

    Task<ModelRow?> Find(string version, CancellationToken cancellation);

    /// <summary>The model that became the anchor last; null when none ever did.</summary>
    Task<ModelRow?> FindAnchor(CancellationToken cancellation);

    /// <summary>Newest first; of one instant, the greater version first.</summary>
    Task<IReadOnlyList<ModelRow>> List(int limit, CancellationToken cancellation);

    /// <summary>Training means of the named models, percent per strategy, by version; those that are not known are left out.</summary>
    Task<IReadOnlyDictionary<string, double[]>> Means(IReadOnlyCollection<string> versions, CancellationToken cancellation);

    /// <summary><see cref="Recipe"/> of the named models by version; those that are not known are left out.</summary>
    Task<IReadOnlyDictionary<string, string>> Recipes(IReadOnlyCollection<string> versions, CancellationToken cancellation);

    /// <summary>Those that follow a place in the order of <see cref="List"/>.</summary>
    Task<IReadOnlyList<ModelRow>> ListAfter(long createdAt, string version, int limit, CancellationToken cancellation);
}
