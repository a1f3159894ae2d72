namespace Hts.Postgres;

/// <summary>A PostgreSQL installation: the folder of initdb, pg_ctl and postgres.</summary>
/// <param name="Major">Major version; a data folder can only be opened by the version that made it.</param>
/// <param name="Packaged">True for the npm package's build: for development and tests.</param>
internal sealed record PostgresBinaries(string BinDir, int Major, bool Packaged)
{
    public string InitDb => Tool("initdb");

    public string PgCtl => Tool("pg_ctl");

    public string Postgres => Tool("postgres");

    private string Tool(string name) => Path.Combine(BinDir, OperatingSystem.IsWindows() ? name + ".exe" : name);
}
