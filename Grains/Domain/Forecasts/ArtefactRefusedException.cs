namespace Hts.Forecasts;

/// <summary>A model artefact was refused; the message names the rule it broke.</summary>
public class ArtefactRefusedException(string reason, Exception? inner = null) : Exception(reason, inner);
