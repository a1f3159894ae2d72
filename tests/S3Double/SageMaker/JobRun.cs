namespace Hts.S3Double.SageMaker;

/// <summary>The life of one job, from its machine to its output.</summary>
internal sealed class JobRun(S3Server server, SageMakerJob job, JobFault fault)
{
    private const string LastWords = "AlgorithmError: ";

    public async Task Go()
    {
        try
        {
            await Run();
        }
        catch (S3Error e)
        {
            job.End("Failed", "Failed", $"ClientError: {e.Message}", Now);
        }
        catch (Exception e)
        {
            job.End("Failed", "Failed", $"InternalServerError: {e.Message}", Now);
        }
    }

    private DateTimeOffset Now => server.Time.GetUtcNow();

    private async Task Run()
    {
        if (fault == JobFault.NoCapacity)
        {
            job.End("Failed", "Failed", "CapacityError: Unable to provision requested ML compute capacity. Please retry using a different ML instance type.", Now);
            return;
        }
        if (fault == JobFault.Unstoppable)
            return;
        if (fault is JobFault.StuckStarting or JobFault.StuckTraining)
        {
            if (fault == JobFault.StuckTraining)
                job.Turn("Training", Now);
            await Task.WhenAny(Task.Delay(Timeout.InfiniteTimeSpan, job.Stop.Token));
            job.End("Stopped", "Stopped", null, Now);
            return;
        }
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(job.MaxRuntime));
        while (true)
        {
            job.Turn("Downloading", Now);
            using var container = new JobContainer(server, job);
            container.Fill();
            job.Turn("Training", Now);
            job.Starts++;
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(job.Stop.Token, job.Interruption.Token, limit.Token);
            var exit = await container.Run(ending.Token, server.Training.StopGrace);
            container.SaveCheckpoints();
            if (exit == 0)
            {
                job.Turn("Uploading", Now);
                container.Upload(torn: fault == JobFault.TornOutput);
                job.End("Completed", "Completed", null, Now);
                return;
            }
            if (job.Stop.IsCancellationRequested)
            {
                job.End("Stopped", "Stopped", null, Now);
                return;
            }
            if (limit.IsCancellationRequested)
            {
                job.End("Stopped", "MaxRuntimeExceeded", null, Now);
                return;
            }
            if (!job.Interruption.IsCancellationRequested)
            {
                job.End("Failed", "Failed", $"{LastWords}{container.Failure}, exit code: {exit}", Now);
                return;
            }
            job.Turn("Interrupted", Now);
            job.Interruption = new CancellationTokenSource();
        }
    }
}
