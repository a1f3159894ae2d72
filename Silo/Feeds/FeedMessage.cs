using Hts.Trades;

namespace Hts.Feeds;

/// <summary>One decoded stream message.</summary>
/// <param name="Symbol">The trade's symbol; empty for other kinds.</param>
/// <param name="Id">Of an answer or refusal: the request's id.</param>
internal readonly record struct FeedMessage(FeedMessageKind Kind, string Symbol = "", Trade Trade = default, long EventMs = 0, long Id = 0);
