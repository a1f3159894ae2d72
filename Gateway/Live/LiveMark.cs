namespace Hts.Live;

/// <summary>Where the stream of live messages stands; sent as <c>hello</c>.</summary>
/// <param name="Stream">Names this run of the gateway; sequence numbers start anew with it.</param>
internal sealed record LiveMark(string Stream, long Seq);
