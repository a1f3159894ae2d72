namespace Hts.Files;

/// <summary>What is wrong with a file or one of its rows.</summary>
/// <param name="Line">Line number from 1; 0 when the file as a whole is meant, -1 for a row whose line is unknown.</param>
/// <param name="Rule">The broken rule, in words that name the field.</param>
/// <param name="Text">The row's beginning, or the value; empty for a whole file.</param>
internal sealed record FileProblem(string File, long Line, string Rule, string Text)
{
    private const int ShownText = 120;

    public override string ToString() =>
        Line <= 0 ? $"{File}: {Rule}{(Text.Length > 0 ? ": " : "")}{Shown}" : $"{File}:{Line}: {Rule}: {Shown}";

    private string Shown => Text.Length <= ShownText ? Text : Text[..ShownText];
}
