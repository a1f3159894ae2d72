namespace Hts.Imports;

/// <summary>Shows the progress of a reading that stores nothing.</summary>
internal sealed class ProgressWatch(ImportProgress progress) : IImportWatch
{
    public void Begin(PartRead part) => progress.Begin();

    public void Advance(PartRead part, long position) => progress.Advance(part, position);

    public void End(PartRead part) => progress.End(part);
}
