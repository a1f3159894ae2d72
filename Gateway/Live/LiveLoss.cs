namespace Hts.Live;

/// <summary>Messages other than bars were lost: read again by REST.</summary>
/// <param name="Dropped">How many; 0 when that cannot be known.</param>
internal sealed record LiveLoss(int Dropped);
