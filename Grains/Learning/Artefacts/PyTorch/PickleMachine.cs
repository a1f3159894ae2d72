using System.Buffers.Binary;
using System.Text;
using Hts.Forecasts;

namespace Hts.Artefacts.PyTorch;

/// <summary>
/// Runs a pickle of protocol 2 with the few instructions that a state dict needs. Values are numbers, texts, tuples, dictionaries and the
/// names of <see cref="PickleGlobals"/>; a call of one of those is answered here, none is ever looked up or run.
/// </summary>
internal sealed class PickleMachine(byte[] pickle)
{
    private const int MaxDepth = 1_000;

    private static readonly UTF8Encoding Text = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<object?> stack = [];
    private readonly List<int> marks = [];
    private readonly Dictionary<uint, object?> memo = [];
    private int at;

    /// <summary>The tensors by name, in order.</summary>
    /// <exception cref="ArtefactRefusedException">An instruction is not allowed, or the result is no dictionary of tensors.</exception>
    public IReadOnlyList<(string Name, PickleTensor Tensor)> Run()
    {
        if (Take(1)[0] != 0x80 || Take(1)[0] != 2)
            throw Refused("the pickle is not of protocol 2");
        while (true)
        {
            var code = Take(1)[0];
            if (code == '.')
                return Finish();
            Step(code);
            if (stack.Count > MaxDepth || marks.Count > MaxDepth)
                throw Refused($"the pickle is nested more than {MaxDepth} deep");
        }
    }

    private void Step(byte code)
    {
        switch ((char)code)
        {
            case 'c':
                stack.Add(PickleGlobals.Find(Line(), Line()) ?? throw Refused("a name that no state dict needs"));
                break;
            case 'q':
                memo[Take(1)[0]] = Peek();
                break;
            case 'r':
                memo[BinaryPrimitives.ReadUInt32LittleEndian(Take(4))] = Peek();
                break;
            case 'h':
                stack.Add(Recall(Take(1)[0]));
                break;
            case 'j':
                stack.Add(Recall(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))));
                break;
            case '(':
                marks.Add(stack.Count);
                break;
            case ')':
                stack.Add(Array.Empty<object?>());
                break;
            case '}':
                stack.Add(new PickleDictionary());
                break;
            case 't':
                stack.Add(SinceMark());
                break;
            case '\x85' or '\x86' or '\x87':
                stack.Add(Pop(code - 0x84));
                break;
            case 'X':
                stack.Add(ReadText(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))));
                break;
            case 'J':
                stack.Add((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4)));
                break;
            case 'K':
                stack.Add((long)Take(1)[0]);
                break;
            case 'M':
                stack.Add((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2)));
                break;
            case '\x8a':
                stack.Add(ReadLong(Take(1)[0]));
                break;
            case '\x88' or '\x89':
                stack.Add(code == 0x88);
                break;
            case 'Q':
                stack.Add(PickleGlobals.Storage(Pop(1)[0]));
                break;
            case 'R':
                var call = Pop(2);
                stack.Add(PickleGlobals.Call(call[0], call[1]));
                break;
            case 's':
                var entry = Pop(2);
                Target().Put(entry[0], entry[1]);
                break;
            case 'u':
                var entries = SinceMark();
                if (entries.Length % 2 != 0)
                    throw Refused("a key without a value");
                for (var i = 0; i < entries.Length; i += 2)
                    Target().Put(entries[i], entries[i + 1]);
                break;
            case 'b':
                // PyTorch hangs its versions on the dictionary; nothing here reads them.
                if (Pop(1)[0] is not PickleDictionary { Keys: ["_metadata"] } || Peek() is not PickleDictionary)
                    throw Refused("an object that is built from more than versions");
                break;
            default:
                throw Refused($"instruction 0x{code:x2} at byte {at - 1} is not one that a state dict needs");
        }
    }

    private IReadOnlyList<(string Name, PickleTensor Tensor)> Finish()
    {
        if (at != pickle.Length)
            throw Refused("something follows the end of the pickle");
        if (marks.Count > 0 || stack is not [PickleDictionary result])
            throw Refused("the pickle does not end in a dictionary");
        return result.Tensors();
    }

    private static ArtefactRefusedException Refused(string rule) => new($"model.pth: {rule}.");

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > pickle.Length - at)
            throw Refused("the pickle is cut off");
        at += count;
        return pickle.AsSpan(at - count, count);
    }

    private string Line()
    {
        var length = pickle.AsSpan(at).IndexOf((byte)'\n');
        if (length is < 0 or > 100)
            throw Refused("a name without an end");
        var name = Encoding.ASCII.GetString(Take(length));
        at++;
        return name;
    }

    private string ReadText(uint length)
    {
        if (length > (uint)pickle.Length)
            throw Refused("the pickle is cut off");
        try
        {
            return Text.GetString(Take((int)length));
        }
        catch (DecoderFallbackException e)
        {
            throw new ArtefactRefusedException("model.pth: a text that is not UTF-8.", e);
        }
    }

    private long ReadLong(int length)
    {
        if (length > 8)
            throw Refused($"a whole number of {length} bytes");
        var bytes = Take(length);
        long value = length > 0 && (bytes[^1] & 0x80) != 0 ? -1 : 0;
        for (var i = length - 1; i >= 0; i--)
            value = (value << 8) | bytes[i];
        return value;
    }

    private object? Recall(uint key) => memo.TryGetValue(key, out var value) ? value : throw Refused($"nothing is remembered under {key}");

    private object? Peek() => stack.Count > Floor ? stack[^1] : throw Refused("an instruction without its values");

    private PickleDictionary Target() => Peek() as PickleDictionary ?? throw Refused("an entry for what is no dictionary");

    private int Floor => marks.Count > 0 ? marks[^1] : 0;

    private object?[] Pop(int count)
    {
        if (stack.Count - count < Floor)
            throw Refused("an instruction without its values");
        var values = stack[^count..].ToArray();
        stack.RemoveRange(stack.Count - count, count);
        return values;
    }

    private object?[] SinceMark()
    {
        if (marks.Count == 0)
            throw Refused("an end without a beginning");
        var values = Pop(stack.Count - marks[^1]);
        marks.RemoveAt(marks.Count - 1);
        return values;
    }
}
