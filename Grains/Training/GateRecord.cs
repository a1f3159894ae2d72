namespace Hts.Training;

/// <summary>A gate's decision of a run with what it rests on, as JSON documents of <see cref="GateJson"/>.</summary>
public sealed record GateRecord(string JobName, string InputJson, string DecisionJson);
