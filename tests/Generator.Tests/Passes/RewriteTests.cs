using ModelGen.Graph.Passes;
using ModelGen.Layers;

namespace ModelGen.Tests.Passes;

/// <summary>What each pass rewrites and what it leaves, seen by the forward pass that is written.</summary>
public sealed class RewriteTests
{
    private static readonly Pass[] Memory = [.. Pass.All.Where(pass => pass.Name is "activations in place" or "early release of memory")];

    // Those that arrange what is computed. The others only decide where in memory, and would be seen in every line.
    private static readonly Pass[] Arranging = [.. Pass.All.Except(Memory)];

    [Fact]
    public void Max_pooling_moves_before_its_activation_pair_by_pair() => AssertForward(
        """{ "input": [4, 8, 8], "layers": ["relu", { "max_pool2d": 2 }, "sigmoid", { "max_pool2d": 2, "padding": 1 }] }""",
        """
        using var pool1 = Pool1.call(input); // [N, 4, 4, 4], moved before relu1: the same maximum
        using var relu1 = Relu1.call(pool1); // [N, 4, 4, 4], moved behind pool1: fewer values
        using var pool2 = Pool2.call(relu1); // [N, 4, 3, 3], moved before sigmoid1: the same maximum
        return Sigmoid1.call(pool2);         // [N, 4, 3, 3], moved behind pool2: fewer values
        """);

    [Theory]
    [InlineData("\"relu\"")]
    [InlineData("\"relu6\"")]
    [InlineData("{ \"leaky_relu\": 0 }")]
    [InlineData("{ \"elu\": 3 }")]
    [InlineData("{ \"celu\": 0.1 }")]
    [InlineData("\"selu\"")]
    [InlineData("\"tanh\"")]
    [InlineData("\"sigmoid\"")]
    [InlineData("\"hardsigmoid\"")]
    [InlineData("\"softplus\"")]
    public void It_moves_before_what_never_falls(string activation) => AssertApplied(Pooled(activation), "max-pooling before its activation");

    [Theory]
    [InlineData("\"gelu\"")]
    [InlineData("\"silu\"")]
    [InlineData("\"mish\"")]
    [InlineData("\"hardswish\"")]
    [InlineData("\"prelu\"")] // Its slope is trained, and may become negative.
    [InlineData("{ \"softplus\": 1, \"threshold\": 1 }")] // It falls from 1.3 to 1 where it becomes x.
    [InlineData("\"dropout\"")]
    [InlineData("\"batch_norm2d\"")] // A scale may be negative.
    public void It_stays_behind_what_may_fall(string activation) => AssertApplied(Pooled(activation));

    [Fact]
    public void An_average_is_not_a_maximum() => AssertApplied("""{ "input": [4, 8, 8], "layers": ["relu", { "avg_pool2d": 2 }] }""");

    [Fact]
    public void An_activation_that_another_layer_takes_stays() => AssertForward(
        """{ "input": [4, 8, 8], "layers": ["relu", { "max_pool2d": 3, "stride": 1, "padding": 1 }, { "add": "relu1" }] }""",
        """
        using var relu1 = Relu1.call(input); // [N, 4, 8, 8]
        using var pool1 = Pool1.call(relu1); // [N, 4, 8, 8]
        return pool1.add(relu1);             // [N, 4, 8, 8]
        """);

    [Fact]
    public void An_activation_that_is_an_output_stays() => AssertForward(
        """{ "input": [4, 8, 8], "outputs": ["relu1", "pool1"], "layers": ["relu", { "max_pool2d": 2 }] }""",
        """
        using var relu1 = Relu1.call(input);             // [N, 4, 8, 8]
        using var pool1 = Pool1.call(relu1);             // [N, 4, 4, 4]
        return new Output(relu1.alias(), pool1.alias()); // [N, 4, 8, 8], [N, 4, 4, 4]
        """);

    [Fact]
    public void Where_the_pool_is_an_output_it_is_what_comes_out_behind_both() => AssertForward(
        """{ "input": [4, 8, 8], "outputs": ["pool1", "pool2"], "layers": ["relu", { "max_pool2d": 2 }, { "avg_pool2d": 2 }] }""",
        """
        using var pool1 = Pool1.call(input);             // [N, 4, 4, 4], moved before relu1: the same maximum
        using var relu1 = Relu1.call(pool1);             // [N, 4, 4, 4], moved behind pool1: fewer values
        using var pool2 = Pool2.call(relu1);             // [N, 4, 2, 2]
        return new Output(relu1.alias(), pool2.alias()); // [N, 4, 4, 4], [N, 4, 2, 2]
        """);

    [Fact]
    public void A_convolution_is_computed_where_its_batch_norm_stands() => AssertForward(
        """{ "input": [3, 8, 8], "layers": [{ "conv2d": 4, "kernel_size": 1 }, { "tanh": {}, "from": "input" }, { "batch_norm2d": {}, "from": "conv1" }, { "concat": "tanh1" }] }""",
        """
        using var tanh1 = Tanh1.call(input);                               // [N, 3, 8, 8]
        using var inputChannelsLast = ChannelsLast.Of(input);              // [N, 3, 8, 8], channels last in memory
        using var bn1 = _fusedBn1.call(inputChannelsLast);                 // [N, 4, 8, 8], conv1 and bn1 in one
        using var concat1 = global::TorchSharp.torch.cat([bn1, tanh1], 1); // [N, 7, 8, 8]
        return concat1.contiguous();                                       // [N, 7, 8, 8], in the usual order
        """);

    [Theory]
    [InlineData("""{ "input": [3, 8, 8], "layers": [{ "conv2d": 4, "kernel_size": 1 }, "batch_norm2d", { "add": "conv1" }] }""")]
    [InlineData("""{ "input": [3, 8, 8], "outputs": ["conv1", "bn1"], "layers": [{ "conv2d": 4, "kernel_size": 1 }, "batch_norm2d"] }""")]
    [InlineData("""{ "input": [3, 8, 8], "layers": [{ "conv2d": 4, "kernel_size": 3, "padding": 1, "padding_mode": "reflect" }, "batch_norm2d"] }""")]
    [InlineData("""{ "input": [3, 8, 8], "layers": [{ "conv2d": 4, "kernel_size": 3 }, { "batch_norm2d": {}, "track_running_stats": false }] }""")]
    [InlineData("""{ "input": [3, 8, 8], "layers": [{ "conv2d": 4, "kernel_size": 3 }, "relu", "batch_norm2d"] }""")]
    [InlineData("""{ "input": [3, 8, 8], "layers": [{ "conv2d": 4, "kernel_size": 3 }, { "instance_norm2d": {}, "track_running_stats": true }] }""")]
    public void A_convolution_that_others_take_or_another_kind_of_either_is_left(string spec) => AssertApplied(spec, "channels last");

    [Fact]
    public void Behind_a_transposed_convolution_nothing_is_rewritten() => AssertApplied("""{ "input": [3, 8, 8], "layers": [{ "conv_transpose2d": 4, "kernel_size": 2 }, "batch_norm2d"] }""");

    [Fact]
    public void A_module_of_the_users_own_gets_images_in_the_usual_order() => AssertForward(
        """{ "input": [4, 8, 8], "layers": [{ "conv2d": 8, "kernel_size": 1 }, { "custom": "Demo.Own" }, { "conv2d": 8, "kernel_size": 1 }] }""",
        """
        using var inputChannelsLast = ChannelsLast.Of(input);     // [N, 4, 8, 8], channels last in memory
        using var conv1 = Conv1.call(inputChannelsLast);          // [N, 8, 8, 8]
        using var conv1Contiguous = conv1.contiguous();           // [N, 8, 8, 8], for a module of your own
        using var custom1 = Custom1.call(conv1Contiguous);        // [N, 8, 8, 8]
        using var custom1ChannelsLast = ChannelsLast.Of(custom1); // [N, 8, 8, 8], channels last in memory
        using var conv2 = Conv2.call(custom1ChannelsLast);        // [N, 8, 8, 8]
        return conv2.contiguous();                                // [N, 8, 8, 8], in the usual order
        """);

    [Fact]
    public void A_module_that_makes_an_image_is_given_what_it_takes() => AssertForward(
        """{ "input": [12], "layers": [{ "sequence": [{ "unflatten": 1, "sizes": [3, 2, 2] }, { "conv2d": 4, "kernel_size": 1 }] }, { "conv2d": 4, "kernel_size": 1 }, "flatten"] }""",
        """
        using var sequence1 = Sequence1.call(input);                  // [N, 4, 2, 2]
        using var sequence1ChannelsLast = ChannelsLast.Of(sequence1); // [N, 4, 2, 2], channels last in memory
        using var conv1 = Conv1.call(sequence1ChannelsLast);          // [N, 4, 2, 2]
        return Flatten1.call(conv1);                                  // [N, 16]

        using var unflatten1 = Unflatten1.call(input); // [N, 3, 2, 2]
        return Conv1.call(unflatten1);                 // [N, 4, 2, 2]
        """);

    [Fact]
    public void A_module_of_a_single_channel_that_ends_without_an_image_is_left() => AssertForward(
        """{ "input": [1, 8, 8], "layers": [{ "sequence": [{ "conv2d": 4, "kernel_size": 3 }, "flatten"] }, { "linear": 10 }] }""",
        """
        using var sequence1 = Sequence1.call(input); // [N, 144]
        return Fc1.call(sequence1);                  // [N, 10]

        using var conv1 = Conv1.call(input); // [N, 4, 6, 6]
        return Flatten1.call(conv1);         // [N, 144]
        """);

    [Fact]
    public void A_first_convolution_of_one_channel_has_the_change_behind_it() => AssertForward(
        """{ "input": [1, 8, 8], "layers": [{ "conv2d": 4, "kernel_size": 3 }, "relu", { "conv2d": 4, "kernel_size": 3 }] }""",
        """
        using var conv1 = Conv1.call(input);                  // [N, 4, 6, 6]
        using var conv1ChannelsLast = ChannelsLast.Of(conv1); // [N, 4, 6, 6], channels last in memory
        using var relu1 = Relu1.call(conv1ChannelsLast);      // [N, 4, 6, 6]
        using var conv2 = Conv2.call(relu1);                  // [N, 4, 4, 4]
        return conv2.contiguous();                            // [N, 4, 4, 4], in the usual order
        """);

    [Fact]
    public void With_its_batch_norm_it_gives_that_order_itself() => AssertForward(
        """{ "input": [1, 8, 8], "layers": [{ "conv2d": 4, "kernel_size": 3 }, "batch_norm2d", "relu", { "conv2d": 4, "kernel_size": 3 }] }""",
        """
        using var bn1 = _fusedBn1.call(input); // [N, 4, 6, 6], conv1 and bn1 in one
        using var relu1 = Relu1.call(bn1);     // [N, 4, 6, 6]
        using var conv2 = Conv2.call(relu1);   // [N, 4, 4, 4]
        return conv2.contiguous();             // [N, 4, 4, 4], in the usual order
        """);

    [Fact]
    public void Each_input_is_changed_once() => AssertForward(
        """
        { "inputs": { "left": [3, 8, 8], "right": [3, 8, 8] }, "layers": [
            { "conv2d": 4, "kernel_size": 1, "from": "left" }, { "conv2d": 4, "kernel_size": 1, "from": "right" }, { "conv2d": 4, "kernel_size": 1, "from": "left" },
            { "add": ["conv1", "conv2"] }, { "concat": "left" }] }
        """,
        """
        using var leftChannelsLast = ChannelsLast.Of(left);                            // [N, 3, 8, 8], channels last in memory
        using var conv1 = Conv1.call(leftChannelsLast);                                // [N, 4, 8, 8]
        using var rightChannelsLast = ChannelsLast.Of(right);                          // [N, 3, 8, 8], channels last in memory
        using var conv2 = Conv2.call(rightChannelsLast);                               // [N, 4, 8, 8]
        using var conv3 = Conv3.call(leftChannelsLast);                                // [N, 4, 8, 8]
        using var add1 = conv3.add(conv1).add_(conv2);                                 // [N, 4, 8, 8]
        using var concat1 = global::TorchSharp.torch.cat([add1, leftChannelsLast], 1); // [N, 7, 8, 8]
        return concat1.contiguous();                                                   // [N, 7, 8, 8], in the usual order
        """);

    [Fact]
    public void Without_a_convolution_nothing_is_changed() => AssertApplied("""{ "input": [3, 8, 8], "layers": ["batch_norm2d", "relu", "flatten", { "linear": 4 }] }""");

    [Fact]
    public void A_layer_that_some_uses_of_a_block_do_without_is_left_and_the_network_changes_the_order() => AssertForward(
        """
        { "input": [3, 8, 8],
          "blocks": { "Cell": { "parameters": ["c", { "there": true }], "layers": [
            { "conv2d": "c", "kernel_size": 3, "padding": 1 }, { "batch_norm2d": {}, "when": "there" }, "relu", { "max_pool2d": 2 }] } },
          "layers": [{ "Cell": 4 }, { "Cell": 8, "there": false }] }
        """,
        """
        using var inputChannelsLast = ChannelsLast.Of(input); // [N, 3, 8, 8], channels last in memory
        using var cell1 = Cell1.call(inputChannelsLast);      // [N, 4, 4, 4]
        using var cell2 = Cell2.call(cell1);                  // [N, 8, 2, 2]
        return cell2.contiguous();                            // [N, 8, 2, 2], in the usual order

        using var conv1 = Conv1.call(input);        // [N, c, H, W]
        using var bn1 = Bn1?.call(conv1);           // [N, c, H, W]
        using var pool1 = Pool1.call(bn1 ?? conv1); // [N, c, H', W'], moved before relu1: the same maximum
        return Relu1.call(pool1);                   // [N, c, H', W'], moved behind pool1: fewer values
        """);

    [Fact]
    public void What_all_uses_of_a_block_have_is_rewritten_in_its_class() => AssertForward(
        """
        { "input": [3, 8, 8],
          "blocks": { "Cell": { "parameters": ["c", { "there": true }], "layers": [
            { "conv2d": "c", "kernel_size": 3, "padding": 1 }, "batch_norm2d", { "relu": {}, "when": "there" }, { "max_pool2d": 2 }] } },
          "layers": [{ "Cell": 4 }, { "Cell": 8, "there": false }] }
        """,
        """
        using var inputChannelsLast = ChannelsLast.Of(input); // [N, 3, 8, 8], channels last in memory
        using var cell1 = Cell1.call(inputChannelsLast);      // [N, 4, 4, 4]
        using var cell2 = Cell2.call(cell1);                  // [N, 8, 2, 2]
        return cell2.contiguous();                            // [N, 8, 2, 2], in the usual order

        using var bn1 = _fusedBn1.call(input); // [N, c, H, W], conv1 and bn1 in one
        using var relu1 = Relu1?.call(bn1);    // [N, c, H, W]
        return Pool1.call(relu1 ?? bn1);       // [N, c, H', W']
        """);

    [Fact]
    public void Layers_that_nobody_takes_are_left_out_and_what_only_they_take() => AssertForward(
        """{ "input": [6], "layers": [{ "linear": 3 }, "tanh", { "linear": 4, "from": "input" }, { "relu": {}, "from": "input" }] }""",
        """
        return Relu1.call(input); // [N, 6]
        """);

    [Theory]
    [InlineData("""{ "batch_norm1d": {}, "from": "input" }""")]
    [InlineData("""{ "instance_norm1d": {}, "track_running_stats": true, "from": "input" }""")]
    [InlineData("""{ "dropout": 0.1, "from": "input" }""")]
    [InlineData("""{ "drop_path": 0.1, "from": "input" }""")]
    [InlineData("""{ "lstm": 4, "num_layers": 2, "dropout": 0.1, "from": "input" }""")]
    [InlineData("""{ "multi_head_attention": 2, "dropout": 0.1, "from": "input" }""")]
    [InlineData("""{ "transformer_encoder_layer": 2, "from": "input" }""")]
    [InlineData("""{ "custom": "Demo.Own", "output": [6], "from": "input" }""")]
    [InlineData("""{ "sequence": ["relu"], "from": "input" }""")]
    public void What_keeps_statistics_or_draws_random_numbers_is_computed_though_nobody_takes_it(string layer) =>
        AssertApplied($$"""{ "input": [4, 6], "layers": [{{layer}}, { "relu": {}, "from": "input" }] }""");

    [Fact]
    public void A_layer_is_left_out_only_where_it_says_that_it_may_be() => Assert.Equal(
        """
        alpha_dropout, batch_norm1d, batch_norm2d, batch_norm3d, custom, drop_path, dropout, dropout1d, dropout2d, gru, instance_norm1d, instance_norm2d, instance_norm3d, lstm, multi_head_attention, rnn, transformer_decoder_layer, transformer_encoder_layer
        """,
        string.Join(", ", LayerCatalogue.Layers.Where(kind => !kind.IsOnlyItsOutput).Select(kind => kind.Keyword).Order(StringComparer.Ordinal)));

    [Fact]
    public void Relu_writes_over_what_nobody_else_takes_and_values_are_freed_behind_their_last_use() => AssertForward(
        """
        { "input": [4, 8, 8], "layers": [
            "relu", { "conv2d": 4, "kernel_size": 1 }, "relu6", { "conv2d": 4, "kernel_size": 1 }, "tanh", { "conv2d": 4, "kernel_size": 1, "name": "twice" }, "relu",
            { "add": "twice" }, "relu", "relu", "flatten", { "linear": 2 }] }
        """,
        """
        using var relu1 = Relu1.call(input);                                 // [N, 4, 8, 8]
        using var conv1 = Conv1.call(relu1); relu1.Dispose();                // [N, 4, 8, 8]
        using var relu61 = Relu61.call(conv1); conv1.Dispose();              // [N, 4, 8, 8], in place
        using var conv2 = Conv2.call(relu61); relu61.Dispose();              // [N, 4, 8, 8]
        using var tanh1 = Tanh1.call(conv2); conv2.Dispose();                // [N, 4, 8, 8]
        using var twice = Twice.call(tanh1); tanh1.Dispose();                // [N, 4, 8, 8]
        using var relu2 = Relu2.call(twice);                                 // [N, 4, 8, 8]
        using var add1 = relu2.add(twice); twice.Dispose(); relu2.Dispose(); // [N, 4, 8, 8]
        using var relu3 = Relu3.call(add1); add1.Dispose();                  // [N, 4, 8, 8], in place
        using var relu4 = Relu4.call(relu3); relu3.Dispose();                // [N, 4, 8, 8]
        using var flatten1 = Flatten1.call(relu4); relu4.Dispose();          // [N, 256]
        return Fc1.call(flatten1);                                           // [N, 2]
        """,
        Memory);

    [Fact]
    public void What_is_returned_or_was_given_is_neither_written_over_nor_freed() => AssertForward(
        """{ "inputs": { "left": [4], "right": [4] }, "layers": [{ "linear": 4, "from": "left" }, "relu", { "add": "right" }, { "relu": {}, "from": "right" }, { "mul": "relu1" }, { "add": "add1" }], "outputs": ["fc1", "add2"] }""",
        """
        using var fc1 = Fc1.call(left);                                      // [N, 4]
        using var relu1 = Relu1.call(fc1);                                   // [N, 4]
        using var add1 = relu1.add(right);                                   // [N, 4]
        using var relu2 = Relu2.call(right);                                 // [N, 4]
        using var mul1 = relu2.mul(relu1); relu1.Dispose(); relu2.Dispose(); // [N, 4]
        using var add2 = mul1.add(add1);                                     // [N, 4]
        return new Output(fc1.alias(), add2.alias());                        // [N, 4], [N, 4]
        """,
        Memory);

    [Fact]
    public void What_a_users_own_module_took_and_gave_lives_to_the_end_because_both_may_be_one_tensor() => AssertForward(
        """
        { "input": [4], "layers": [
            { "linear": 4 }, { "linear": 4 }, { "custom": "Demo.Own" }, { "linear": 4 }, { "sequence": [{ "linear": 4 }, { "custom": "Demo.Own" }] }, { "linear": 4 }, { "add": "fc2" }] }
        """,
        """
        using var fc1 = Fc1.call(input);              // [N, 4]
        using var fc2 = Fc2.call(fc1); fc1.Dispose(); // [N, 4]
        using var custom1 = Custom1.call(fc2);        // [N, 4]
        using var fc3 = Fc3.call(custom1);            // [N, 4]
        using var sequence1 = Sequence1.call(fc3);    // [N, 4]
        using var fc4 = Fc4.call(sequence1);          // [N, 4]
        return fc4.add(fc2);                          // [N, 4]

        using var fc1 = Fc1.call(input); // [N, 4]
        return Custom1.call(fc1);        // [N, 4]
        """,
        Memory);

    [Fact]
    public void What_flowed_past_a_layer_that_is_not_there_lives_as_long_as_its_value() => AssertForward(
        """
        { "input": [4, 8, 8],
          "blocks": { "Cell": { "parameters": [{ "there": true }], "layers": [
            { "conv2d": 4, "kernel_size": 1 }, { "tanh": {}, "when": "there" }, { "conv2d": 4, "kernel_size": 1 }, { "conv2d": 4, "kernel_size": 1 }, "relu"] } },
          "layers": [{ "Cell": {} }, { "Cell": {}, "there": false }] }
        """,
        """
        using var cell1 = Cell1.call(input); // [N, 4, 8, 8]
        return Cell2.call(cell1);            // [N, 4, 8, 8]

        using var conv1 = Conv1.call(input);                                             // [N, 4, 8, 8]
        using var tanh1 = Tanh1?.call(conv1);                                            // [N, 4, 8, 8]
        using var conv2 = Conv2.call(tanh1 ?? conv1); conv1.Dispose(); tanh1?.Dispose(); // [N, 4, 8, 8]
        using var conv3 = Conv3.call(conv2); conv2.Dispose();                            // [N, 4, 8, 8]
        return Relu1.call(conv3);                                                        // [N, 4, 8, 8], in place
        """,
        Memory);

    /// <summary>A spec whose max-pooling takes what the layer gives.</summary>
    private static string Pooled(string layer) => $$"""{ "input": [4, 8, 8], "layers": [{{layer}}, { "max_pool2d": 2 }] }""";

    private static void AssertApplied(string spec, params string[] passes)
    {
        var head = Form.Emit("Net", spec, Arranging).Split('\n')[2];

        Assert.Equal(
            passes.Length == 0 ? "#nullable enable" : $"// Optimized: {string.Join(", ", passes)}. [Compile(Optimize = false)] or \"compile\": {{ \"optimize\": false }} leaves that out.",
            head);
    }

    /// <summary>The statements of each class's forward pass, the network's first, without the namespace of the runtime.</summary>
    private static void AssertForward(string spec, string expected, IReadOnlyList<Pass>? passes = null)
    {
        var bodies = Form.Emit("Net", spec, passes ?? Arranging).Split(" forward(").Skip(1).Select(text => text.Split('\n').Skip(2).Select(line => line.Trim()).TakeWhile(line => line != "}"));
        var forward = string.Join("\n\n", bodies.Select(body => string.Join('\n', body)));

        // The comments stand behind the longest statement, which has the namespace.
        Assert.Equal(Unaligned(expected), Unaligned(forward.Replace("global::ModelGen.Torch.", "", StringComparison.Ordinal)));
    }

    private static string Unaligned(string code) => System.Text.RegularExpressions.Regex.Replace(code, " +// ", " // ");
}
