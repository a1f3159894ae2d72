namespace Hts.Evaluation;

/// <summary>Measures of all strategies together and of each.</summary>
public sealed record SkillGroup(SkillMeasures Pooled, IReadOnlyDictionary<string, SkillMeasures> Strategies);
