namespace Hts.Strategies;

/// <summary>One way of trading a window. What kinds there are: <see cref="HoldStrategy"/> and <see cref="ActiveStrategy"/>.</summary>
/// <param name="name">Name in tables, columns and REST: lower case, digits and underscores.</param>
public abstract class Strategy(string name)
{
    public string Name { get; } = name;

    /// <summary>Everything but the name that decides what the strategy does, as text: goes into the set's hash.</summary>
    public abstract string Parameters { get; }
}
