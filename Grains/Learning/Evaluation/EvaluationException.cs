namespace Hts.Evaluation;

/// <summary>The data do not allow an evaluation; the message says what is missing.</summary>
public sealed class EvaluationException(string message) : Exception(message);
