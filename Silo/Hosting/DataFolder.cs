namespace Hts.Hosting;

/// <summary>Everything the program writes stands below one folder.</summary>
internal sealed record DataFolder(string Path)
{
    /// <exception cref="Commands.UserErrorException">The folder cannot be made.</exception>
    public static DataFolder Open(DirectoryInfo folder)
    {
        try
        {
            folder.Create();
            return new DataFolder(folder.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Commands.UserErrorException($"The data folder {folder.FullName} cannot be made: {e.Message}", e);
        }
    }

    /// <summary>The embedded database.</summary>
    public string Postgres => System.IO.Path.Combine(Path, Hts.Postgres.ServerFolder.Name);

    /// <summary>Working folders of trainings.</summary>
    public string Jobs => System.IO.Path.Combine(Path, "jobs");

    /// <summary>Artefacts of the models used last.</summary>
    public string Models => System.IO.Path.Combine(Path, "models");

    /// <summary>The record of the built-in market.</summary>
    public string Market => System.IO.Path.Combine(Path, Exchange.MarketOrigin.FileName);
}
