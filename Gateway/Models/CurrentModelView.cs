namespace Hts.Models;

/// <summary>The epoch in force, or the first one to come, and its model when the catalogue has it.</summary>
/// <param name="Pin">What holds it in its place; null while nothing is pinned.</param>
/// <param name="PointerProblem">Why the pointer in object storage is not followed; null while it is.</param>
internal sealed record CurrentModelView(EpochView Epoch, ModelView? Model, PinView? Pin, string? PointerProblem);
