namespace Hts.Imports;

/// <summary>Hears how far a reading is, on the reading thread.</summary>
internal interface IImportWatch
{
    void Begin(PartRead part);

    /// <param name="position">Bytes of the part's file that were read so far.</param>
    void Advance(PartRead part, long position);

    void End(PartRead part);
}
