using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Diagnostics;

namespace ModelGen.Layers;

/// <summary>What layers and their settings are called elsewhere: in papers, in other frameworks, in short.</summary>
internal static class Synonyms
{
    // By the layer, without its number of directions: bn is the batch norm of what flows there.
    private static readonly (string Layer, string Words)[] Table =
    [
        ("linear", "fc dense fully_connected full_connection inner_product matmul gemm"),
        ("conv", "conv convolution convolutional cnn pointwise_conv"),
        ("conv_transpose", "deconv deconvolution conv_transpose transposed_conv transpose_conv transposed_convolution up_conv"),
        ("depthwise_conv", "depthwise dw_conv depthwise_convolution"),
        ("batch_norm", "bn batch_norm batch_normalization batch_normalisation"),
        ("instance_norm", "instance_norm instance_normalization instance_normalisation"),
        ("layer_norm", "ln layer_normalization layer_normalisation"),
        ("group_norm", "gn group_normalization group_normalisation"),
        ("rms_norm", "rms_normalization rms_normalisation"),
        ("local_response_norm", "lrn local_response_normalization"),
        ("max_pool", "max_pool max_pooling"),
        ("avg_pool", "avg_pool avg_pooling average_pool average_pooling mean_pool mean_pooling"),
        ("adaptive_avg_pool", "adaptive_pool adaptive_pooling adaptive_average_pool adaptive_average_pooling"),
        ("global_avg_pool", "gap global_pool global_pooling global_average_pool global_average_pooling global_mean_pool"),
        ("global_max_pool", "gmp global_max_pooling"),
        ("relu", "rectifier rectified_linear"),
        ("leaky_relu", "lrelu"),
        ("prelu", "parametric_relu"),
        ("silu", "swish"),
        ("hardswish", "h_swish"),
        ("hardsigmoid", "h_sigmoid"),
        ("sigmoid", "logistic"),
        ("dropout", "drop"),
        ("dropout2d", "spatial_dropout channel_dropout feature_dropout"),
        ("drop_path", "stochastic_depth"),
        ("concat", "cat concatenate join"),
        ("add", "sum plus"),
        ("mul", "multiply product times"),
        ("mean", "average reduce_mean"),
        ("amax", "max reduce_max"),
        ("reshape", "view squeeze unsqueeze expand_dims"),
        ("transpose", "swap_axes swap_dims"),
        ("pad", "zero_pad zero_padding constant_pad reflection_pad replication_pad"),
        ("upsample", "interpolate resize up_sampling upscale"),
        ("pixel_shuffle", "depth_to_space"),
        ("pixel_unshuffle", "space_to_depth"),
        ("embedding", "emb word_embedding lookup_table"),
        ("positional_embedding", "position_embedding pos_embed pos_embedding"),
        ("sinusoidal_embedding", "positional_encoding position_encoding"),
        ("patch_embed", "patch_embedding patchify"),
        ("class_token", "cls cls_token"),
        ("multi_head_attention", "mha attention self_attention multi_head multi_head_self_attention"),
        ("transformer_encoder_layer", "transformer transformer_encoder transformer_block encoder_layer"),
        ("transformer_decoder_layer", "transformer_decoder decoder_layer"),
        ("squeeze_excite", "se se_block se_layer squeeze_excitation squeeze_and_excitation"),
        ("rnn", "simple_rnn elman vanilla_rnn"),
        ("lstm", "bi_lstm"),
        ("gru", "bi_gru"),
        ("residual", "skip skip_connection residual_block res_block resnet_block"),
        ("sequence", "seq sequential"),
        ("branches", "branch parallel inception"),
        ("identity", "no_op pass_through"),
        ("custom", "module lambda"),
    ];

    // What settings are called elsewhere. A word can mean one in one place and another in the next.
    private static readonly (string Setting, string Words)[] Settings =
    [
        ("learning_rate", "lr"),
        ("beta1", "betas"),
        ("epochs", "num_epochs max_epochs n_epochs"),
        ("schedule", "lr_scheduler"),
        ("validation_share", "validation_split val_split"),
        ("clip_norm", "max_norm max_grad_norm grad_clip"),
        ("class_weights", "weight"),
        ("out_channels", "filters"),
        ("out_features", "units"),
        ("hidden_size", "units"),
        ("num_heads", "nhead heads n_head n_heads"),
        ("embedding_dim", "output_dim"),
        ("normalized_dims", "normalized_shape"),
        ("sizes", "unflattened_size"),
        ("delimiter", "sep separator"),
    ];

    private static readonly Dictionary<string, string> ByWord =
        Table
            .SelectMany(row => row.Words.Split(' ').Select(word => (row.Layer, Word: Suggestion.Fold(word))))
            .ToDictionary(pair => pair.Word, pair => pair.Layer, StringComparer.Ordinal);

    private static readonly ILookup<string, string> SettingsByWord =
        Settings
            .SelectMany(row => row.Words.Split(' ').Select(word => (row.Setting, Word: Suggestion.Fold(word))))
            .ToLookup(pair => pair.Word, pair => pair.Setting, StringComparer.Ordinal);

    /// <summary>Every word of the table of layers, as it compares.</summary>
    public static IEnumerable<string> Words => ByWord.Keys;

    /// <summary>The one of <paramref name="parameters"/> that <paramref name="written"/> means in another place; null when nobody calls one so.</summary>
    public static string? FindSetting(string written, IReadOnlyList<Parameter> parameters) =>
        SettingsByWord[Suggestion.Fold(written)].FirstOrDefault(setting => Parameter.Find(setting, parameters) is not null);

    /// <summary>The layer that <paramref name="written"/> means in another place; null when nobody calls one so.</summary>
    /// <param name="written">The word, with a number of directions or without: bn, BatchNormalization, Conv2DTranspose.</param>
    /// <param name="directions">Of how many directions it is where the word does not say.</param>
    public static CatalogueEntry? Find(string written, int directions = 2)
    {
        var word = Suggestion.Fold(written);
        for (var i = 0; i + 1 < word.Length; i++)
        {
            if (word[i] is >= '1' and <= '3' && word[i + 1] == 'd')
                (word, directions) = (word.Remove(i, 2), word[i] - '0');
        }

        return ByWord.TryGetValue(word, out var layer)
            ? LayerCatalogue.Find(layer) ?? LayerCatalogue.Find($"{layer}{Math.Max(1, directions)}d") ?? LayerCatalogue.Find(layer + "2d")
            : null;
    }
}
