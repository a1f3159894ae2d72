namespace Hts.Postgres;

/// <summary>What to do after a failed write.</summary>
internal enum Fault
{
    /// <summary>The database is away or short of something: the same rows will be taken later.</summary>
    Passing,

    /// <summary>A row breaks a rule of the database and will never be taken.</summary>
    Row,

    /// <summary>Neither: a defect, or a schema that does not fit.</summary>
    Lasting,
}
