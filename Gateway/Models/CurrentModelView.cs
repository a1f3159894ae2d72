namespace Hts.Models;

/// <summary>The epoch in force, or the first one to come, and its model when the catalogue has it.</summary>
internal sealed record CurrentModelView(EpochView Epoch, ModelView? Model);
