using Hts.Models;
using Hts.Training;

namespace Hts.Tests.Training;

public sealed class MlpLearnerTests
{
    [Fact]
    public void The_weights_of_the_best_epoch_are_kept()
    {
        var (task, train, validation) = Tasks.Planted(seed: 1, slots: 600);
        var learner = new MlpLearner();

        var member = (Mlp)learner.Fit(task, train, validation);

        learner.BestLoss.ShouldBe(learner.Losses.Min());
        learner.Losses.Count.ShouldBe(learner.Losses.IndexOf(learner.BestLoss) + 1 + task.Options.Mlp.Patience);
        learner.Losses[^1].ShouldBeGreaterThan(learner.BestLoss);
        // What the returned weights say on the validation rows has the loss of the best epoch, not of the last.
        var outputs = RawOutputs.Of(new CondTable(new double[2 * task.Layout.OutputCount]), member, task, validation);
        double sum = 0;
        for (var i = 0; i < validation.Length; i++)
            for (var t = 0; t < task.Layout.OutputCount; t++)
                sum += Math.Pow((outputs.Row(i)[t] - task.Targets.Row(validation[i])[t]) / member.OutputScale[t], 2);
        (sum / validation.Length / task.Layout.OutputCount).ShouldBe(learner.BestLoss, 1e-4);
    }

    [Fact]
    public void Adam_takes_the_steps_of_its_paper()
    {
        // Two steps by hand on one weight, gradients 0.5 and −0.25, rate 0.1.
        var adam = new Adam(0.1);
        float[] weight = [1];
        adam.Begin();
        adam.Update(0, weight, [0.5f]);
        weight[0].ShouldBe(0.9f, 1e-6f);
        adam.Begin();
        adam.Update(0, weight, [-0.25f]);
        // m = .9·.05 − .025 = .02, v = .999·.00025 + .0000625 = .00031225; both corrected by 1 − .81 and 1 − .998001.
        weight[0].ShouldBe(0.9f - (0.1f * (0.02f / 0.19f) / MathF.Sqrt(0.00031225f / 0.001999f)), 1e-5f);
    }

    [Fact]
    public void Adam_treats_every_place_of_an_array_alike()
    {
        var adam = new Adam(0.01);
        var weights = new float[37];
        var gradients = Enumerable.Repeat(0.3f, 37).ToArray();
        for (var step = 0; step < 5; step++)
        {
            adam.Begin();
            adam.Update(0, weights, gradients);
        }
        weights.ShouldAllBe(w => Math.Abs(w - weights[36]) < 1e-7f);
    }
}
