using System.Runtime.CompilerServices;

namespace Hts.Trades;

/// <summary>
/// The trade ids of the bars that may still change: a hash table of 64-id blocks, so that an exchange's consecutive ids cost a bit each
/// and any other ids a block each. Blocks whose newest trade fell behind the floor are dropped when the table fills up.
/// </summary>
internal sealed class SeenIds
{
    private const int FirstCapacity = 32;

    private Block[] blocks = new Block[FirstCapacity];
    private Block[] spare = [];
    private int count;
    private int last;

    /// <summary>Remembers an id; false when it is known already.</summary>
    /// <param name="ts">Its trade's time.</param>
    /// <param name="floorTs">Ids whose block has no trade from here on may be forgotten.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Add(long id, long ts, long floorTs)
    {
        ref var block = ref blocks[last];
        if (block.Bits == 0 || block.Key != id >> 6)
            block = ref Find(id >> 6, floorTs);
        var bit = 1UL << (int)(id & 63);
        if ((block.Bits & bit) != 0)
            return false;
        block.Bits |= bit;
        block.NewestTs = Math.Max(block.NewestTs, ts);
        return true;
    }

    private ref Block Find(long key, long floorTs)
    {
        var at = Probe(blocks, key);
        if (blocks[at].Bits == 0)
        {
            if ((count + 1) * 2 > blocks.Length)
            {
                Compact(floorTs);
                at = Probe(blocks, key);
            }
            blocks[at] = new Block { Key = key, NewestTs = long.MinValue };
            count++;
        }
        last = at;
        return ref blocks[at];
    }

    private void Compact(long floorTs)
    {
        var live = 0;
        foreach (ref readonly var block in blocks.AsSpan())
            live += block.Bits != 0 && block.NewestTs >= floorTs ? 1 : 0;
        // At most a quarter full after a compaction, so that the next is far off.
        var capacity = blocks.Length;
        while ((live + 1) * 4 > capacity)
            capacity *= 2;
        if (spare.Length == capacity)
            Array.Clear(spare);
        else
            spare = new Block[capacity];
        foreach (ref readonly var block in blocks.AsSpan())
        {
            if (block.Bits != 0 && block.NewestTs >= floorTs)
                spare[Probe(spare, block.Key)] = block;
        }
        (blocks, spare) = (spare, blocks);
        count = live;
    }

    private static int Probe(Block[] table, long key)
    {
        var mask = table.Length - 1;
        var at = (int)(((ulong)key * 0x9E3779B97F4A7C15) >> 32) & mask;
        while (table[at].Bits != 0 && table[at].Key != key)
            at = (at + 1) & mask;
        return at;
    }

    private struct Block
    {
        public long Key;
        public ulong Bits;
        public long NewestTs;
    }
}
