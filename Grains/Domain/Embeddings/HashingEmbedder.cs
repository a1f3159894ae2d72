using System.Runtime.CompilerServices;

namespace Hts.Embeddings;

/// <summary>
/// Turns text into a vector by signed feature hashing: every token, and every pair of neighbours, adds +1 or −1 to one of
/// <see cref="Dimensions"/> places, both chosen by a 64-bit hash of its lower-cased characters. The result depends on the text alone,
/// never on the process or the machine. Safe for concurrent use; allocates nothing.
/// </summary>
/// <remarks>
/// A token is a run of letters, digits and the signs <c>_ + - = %</c>; a point or comma belongs to it between two digits.
/// Method: Weinberger et al., "Feature Hashing for Large Scale Multitask Learning" (2009).
/// </remarks>
public sealed class HashingEmbedder(EmbeddingScale scale = EmbeddingScale.UnitSum)
{
    public const int Dimensions = 256;

    // FNV-1a's 64-bit parameters; the finaliser below spreads its weak high bits.
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    // Pairs weigh less than tokens: most are rare, and rare places are noise to a learner.
    private const float PairWeight = 0.5f;

    /// <summary>Name stored beside each embedding; it changes whenever the same text would give other numbers.</summary>
    public string Model { get; } = scale == EmbeddingScale.UnitSum ? "hash-v1" : "hash-v1-l2";

    /// <summary>Writes the embedding of <paramref name="text"/>; all zeros when it holds no token.</summary>
    /// <exception cref="ArgumentException"><paramref name="into"/> is not <see cref="Dimensions"/> long.</exception>
    public void Embed(ReadOnlySpan<char> text, Span<float> into)
    {
        if (into.Length != Dimensions)
            throw new ArgumentException($"An embedding has {Dimensions} values, the buffer {into.Length}.", nameof(into));
        into.Clear();

        var hash = Basis;
        var inToken = false;
        ulong previous = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (Belongs(text, i, c))
            {
                hash = (hash ^ Lower(c)) * Prime;
                inToken = true;
            }
            else if (inToken)
            {
                previous = Count(hash, previous, into);
                hash = Basis;
                inToken = false;
            }
        }

        if (inToken)
            Count(hash, previous, into);
        EmbeddingScaling.Apply(into, scale);
    }

    private static ulong Count(ulong hash, ulong previous, Span<float> into)
    {
        var token = Mix(hash);
        Add(token, 1, into);
        if (previous != 0)
            Add(Mix((previous * 31) + token), PairWeight, into);
        return token;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ulong hash, float weight, Span<float> into) =>
        into[(int)(hash & (Dimensions - 1))] += (hash & Dimensions) == 0 ? weight : -weight;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Belongs(ReadOnlySpan<char> text, int i, char c) =>
        c is '_' or '+' or '-' or '=' or '%'
        || char.IsLetterOrDigit(c)
        || (c is '.' or ',' && i > 0 && i + 1 < text.Length && char.IsAsciiDigit(text[i - 1]) && char.IsAsciiDigit(text[i + 1]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static char Lower(char c) =>
        c < 128 ? (c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c) : char.ToLowerInvariant(c);

    // The 64-bit finaliser of MurmurHash3.
    private static ulong Mix(ulong h)
    {
        h = (h ^ (h >> 33)) * 0xff51afd7ed558ccd;
        h = (h ^ (h >> 33)) * 0xc4ceb9fe1a85ec53;
        return h ^ (h >> 33);
    }
}
