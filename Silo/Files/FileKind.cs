namespace Hts.Files;

internal enum FileKind
{
    Unknown,
    Trades,
    Bars,
}
