using System.Collections;
using System.Globalization;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>Blocks of one type behind each other: each takes what the one before it gives. PyTorch's Sequential, with typed elements.</summary>
/// <typeparam name="TBlock">The type of the blocks.</typeparam>
public sealed class Repeated<TBlock> : nn.Module<Tensor, Tensor>, IReadOnlyList<TBlock>
    where TBlock : nn.Module<Tensor, Tensor>
{
    private readonly TBlock[] _blocks;

    /// <summary>Makes and registers <paramref name="count"/> blocks.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="create">Makes the block at an index.</param>
    /// <param name="name">The block's name in the state_dict by its index; the index itself where it is null.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public Repeated(int count, Func<int, TBlock> create, Func<int, string>? name = null)
        : base(nameof(Repeated<>))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentNullException.ThrowIfNull(create);
        _blocks = new TBlock[count];
        for (var i = 0; i < count; i++)
        {
            _blocks[i] = create(i);
            register_module(name?.Invoke(i) ?? i.ToString(CultureInfo.InvariantCulture), _blocks[i]);
        }
    }

    /// <summary>Registers blocks that are there already, by their indices.</summary>
    /// <param name="blocks">The blocks, at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no block.</exception>
    public Repeated(IReadOnlyList<TBlock> blocks)
        : this(blocks, i => i.ToString(CultureInfo.InvariantCulture))
    {
    }

    /// <summary>Registers blocks that are there already.</summary>
    /// <param name="blocks">The blocks, at least one.</param>
    /// <param name="name">The block's name in the state_dict by its index.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no block.</exception>
    public Repeated(IReadOnlyList<TBlock> blocks, Func<int, string> name)
        : this(blocks?.Count ?? throw new ArgumentNullException(nameof(blocks)), i => blocks[i], name)
    {
    }

    /// <summary>The number of blocks.</summary>
    public int Count => _blocks.Length;

    /// <summary>The block at <paramref name="index"/>, from 0.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such block.</exception>
    public TBlock this[int index] => _blocks[index];

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        var value = _blocks[0].call(input);
        for (var i = 1; i < _blocks.Length; i++)
        {
            // Also where a block throws, what is between is freed.
            using var previous = value;
            value = _blocks[i].call(previous);
        }

        return value;
    }

    /// <inheritdoc/>
    public IEnumerator<TBlock> GetEnumerator() => ((IEnumerable<TBlock>)_blocks).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
