namespace Hts.Settings;

/// <summary>What a number among the settings may be.</summary>
public static class SettingRange
{
    /// <exception cref="ArgumentOutOfRangeException">The value lies outside or is no number; the message names key and range.</exception>
    public static void Check<T>(string key, T value, T least, T most)
        where T : IComparable<T>
    {
        // Not a number compares as less than all.
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
            throw new ArgumentOutOfRangeException(key, value, FormattableString.Invariant($"{key} must lie within [{least}, {most}]."));
    }
}
