using Hts.Forecasts;

namespace Hts.Artefacts;

/// <summary>A sound model is made for other features, strategies or slots than this system has; the message names which.</summary>
public sealed class ModelMisfitException(string reason) : ArtefactRefusedException(reason);
