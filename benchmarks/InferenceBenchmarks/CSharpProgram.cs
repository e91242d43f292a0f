using ModelGen.Cpu;

namespace InferenceBenchmarks;

/// <summary>The C# backend: each thread computes its share of a batch, image by image, in a workspace of its own.</summary>
internal sealed class CSharpProgram : IDisposable
{
    private readonly Network _network;
    private readonly Team _team;
    private readonly Forward[] _forwards;
    private readonly float[] _inputs;
    private readonly float[] _outputs;
    private readonly int _batch;

    public CSharpProgram(Network network, string weights, float[] inputs, int batch, int threads)
    {
        (_network, _inputs, _batch) = (network, inputs, batch);
        var model = network.Load(weights);
        _team = new Team(threads);
        _forwards = [.. Enumerable.Range(0, threads).Select(_ => network.NewForward(model))];
        _outputs = new float[batch * network.Outputs];
    }

    public float[] Run()
    {
        if (_batch == 1)
            Compute(0, 0, 1);
        else
            _team.Run(worker =>
            {
                var (first, end) = _team.Share(worker, _batch);
                Compute(worker, first, end);
            });
        return _outputs;
    }

    public void Dispose() => _team.Dispose();

    private void Compute(int worker, int first, int end)
    {
        for (var n = first; n < end; n++)
            _forwards[worker](_inputs.AsSpan(n * _network.InputLength, _network.InputLength), _outputs.AsSpan(n * _network.Outputs, _network.Outputs));
    }
}
