using System.Collections.Concurrent;
using Hts.Artefacts;
using Hts.Forecasts;
using Hts.Models;
using Microsoft.Extensions.Logging;

namespace Hts.Inference;

/// <summary>
/// Runs all models of a process on one thread of its own, so that native work holds up neither a grain's turn nor the thread pool.
/// Forecasts queue up to a bound; each batch is whatever waits at that moment, so a lone one is not delayed and a storm is amortised.
/// </summary>
public sealed partial class InferenceEngine : IForecaster, IAsyncDisposable
{
    private readonly InferenceOptions options;
    private readonly ModelExpectations? expectations;
    private readonly ILogger logger;
    private readonly RequestRing queue;
    private readonly ConcurrentQueue<PendingForecast> pool = new();
    private readonly ConcurrentDictionary<string, LoadedModel> models = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim loading = new(1, 1);
    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long uses;
    private int stopping;

    /// <param name="expectations">What a model must fit to be loaded; null takes any.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is not allowed.</exception>
    public InferenceEngine(InferenceOptions options, ModelExpectations? expectations, ILogger<InferenceEngine> logger)
    {
        options.Validate();
        this.options = options;
        this.expectations = expectations;
        this.logger = logger;
        queue = new RequestRing(options.QueueCapacity);
        new Thread(Work) { IsBackground = true, Name = "inference" }.Start();
    }

    public bool Holds(string version) => models.ContainsKey(version);

    public ModelTraits? Traits(string version) => models.TryGetValue(version, out var loaded)
        ? new ModelTraits(loaded.Runner.Model.Kind, loaded.Runner.Model.Facts.MeanNet)
        : null;

    public async Task Load(string version, Stream artefact, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        await loading.WaitAsync(cancellation);
        try
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref stopping) != 0, this);
            var model = await ModelArtefact.Read(artefact, options.Limits, sha256: null, cancellation, expectations);
            // Off the caller's turn: the first perceptron loads libtorch, which takes a while.
            var loaded = await Task.Run(() => PrepareAll(version, model), cancellation);
            Shelve(version, loaded);
            LogLoaded(version, model.Kind, model.Facts.TrainedUntilTs);
        }
        catch (ArtefactRefusedException refusal)
        {
            LogRefused(version, refusal.Message);
            throw;
        }
        finally
        {
            loading.Release();
        }
    }

    /// <summary>See <see cref="IForecaster.Forecast"/>. A cancelled request is dropped when its turn comes.</summary>
    /// <exception cref="ArgumentException">The input does not fit the model.</exception>
    public ValueTask<Forecast> Forecast(string version, ForecastInput input, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var model = Acquire(version);
        if (model.Runner.Check(input) is { } rule)
        {
            model.Release();
            throw new ArgumentException($"The input does not fit model {version}: {rule}.", nameof(input));
        }
        if (!pool.TryDequeue(out var request))
            request = new PendingForecast(pool);
        var answer = request.Begin(model, input, cancellation);
        try
        {
            if (queue.TryAdd(request))
                return answer;
        }
        catch (ObjectDisposedException)
        {
            request.Abandon();
            throw;
        }
        request.Abandon();
        throw new ForecasterBusyException(options.QueueCapacity);
    }

    /// <summary>Takes no more, answers what is queued, ends the thread and lets the models go.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref stopping, 1) == 0)
        {
            queue.Close();
            await stopped.Task;
            await loading.WaitAsync();
            foreach (var version in models.Keys.Where(key => !ForecastParts.IsPart(key)))
                Drop(version);
            loading.Release();
        }
        await stopped.Task;
    }

    private LoadedModel Acquire(string version)
    {
        while (models.TryGetValue(version, out var model))
            if (model.TryAcquire(Interlocked.Increment(ref uses)))
                return model;
        throw new KeyNotFoundException($"Model {version} is not loaded.");
    }

    /// <summary>The model and the parts of it that can be asked alone, each by its name.</summary>
    private List<(string Name, LoadedModel Model)> PrepareAll(string version, Model model)
    {
        List<(string Name, LoadedModel Model)> prepared = [];
        try
        {
            prepared.Add((version, Prepare(model)));
            foreach (var (part, cut) in ModelParts.Of(model))
                prepared.Add((ForecastParts.Of(version, part), Prepare(cut)));
            return prepared;
        }
        catch
        {
            prepared.ForEach(p => p.Model.Release());
            throw;
        }
    }

    private LoadedModel Prepare(Model model)
    {
        var runner = model.CreateRunner(options.MaxBatch);
        try
        {
            var probe = new Forecast[1];
            var input = new ForecastInput(new float[model.Facts.FeatureCount], SigmaSlot: 1, new sbyte[model.Layout.ActiveCount]);
            runner.Predict([input], probe);
            if (!IsFinite(probe[0]))
                throw new ArtefactRefusedException("The model puts out a value that is not finite.");
            return new LoadedModel(runner);
        }
        catch
        {
            runner.Dispose();
            throw;
        }
    }

    private void Shelve(string version, List<(string Name, LoadedModel Model)> loaded)
    {
        Drop(version);
        for (var whole = Whole(); whole.Length >= options.MaxModels; whole = Whole())
            Drop(whole.MinBy(m => m.Value.LastUse).Key);
        foreach (var (name, model) in loaded)
        {
            model.Touch(Interlocked.Increment(ref uses));
            models[name] = model;
        }
    }

    private KeyValuePair<string, LoadedModel>[] Whole() => [.. models.Where(m => !ForecastParts.IsPart(m.Key))];

    private void Drop(string version)
    {
        foreach (var part in ForecastParts.All)
            if (models.TryRemove(ForecastParts.Of(version, part), out var cut))
                cut.Release();
        if (!models.TryRemove(version, out var model))
            return;
        model.Release();
        LogLeft(version, Whole().Length);
    }

    private void Work()
    {
        var batch = new PendingForecast[options.MaxBatch];
        var worker = new BatchWorker(options.MaxBatch);
        try
        {
            for (int count; (count = queue.Take(batch)) > 0; batch.AsSpan(0, count).Clear())
                worker.Run(batch.AsSpan(0, count), LogBatchFailed);
            stopped.SetResult();
        }
        catch (Exception e)
        {
            stopped.SetException(e);
            throw;
        }
    }

    internal static bool IsFinite(Forecast forecast) =>
        Array.TrueForAll(forecast.Net, double.IsFinite) && Array.TrueForAll(forecast.Lower, double.IsFinite)
        && Array.TrueForAll(forecast.Upper, double.IsFinite);
}
