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
        ("kernel_size", "pool_size"),
        ("bias", "use_bias"),
        ("p", "rate prob drop_prob drop_rate"),
        ("eps", "epsilon"),
        ("dim", "axis"),
        ("num_embeddings", "input_dim vocab_size n_vocab"),
        ("output", "return_sequences"),
        ("dim_feedforward", "d_ff ff_dim mlp_dim"),
        ("d_model", "embed_dim"),
        ("scale_factor", "scale"),
        ("weight_decay", "wd"),
        ("parameters", "params num_params num_parameters"),
        ("multiply_adds", "macs mult_adds flops"),
        ("batch_size", "bs"),
        ("patience", "early_stopping"),
        ("accumulate", "gradient_accumulation_steps accumulation_steps accumulate_grad_batches grad_accum"),
        ("precision", "amp dtype mixed_precision"),
        ("step_epochs", "step_size"),
        ("restart_epochs", "t_0"),
        ("restart_factor", "t_mult"),
    ];

    // What other frameworks set where nothing is to be set here, and where else it is.
    private static readonly (string Elsewhere, string Words)[] Absent =
    [
        ("an activation is a layer of its own, behind this one", "activation"),
        ("the compiler finds what can be computed in place; leave it out", "inplace"),
        ("the batch is always first here; leave it out", "batch_first"),
        ("only a block is repeated: make one of this layer", "repeat"),
        ("a run has it, as --seed", "seed random_state"),
        ("a run has it, as --device", "device"),
        ("a run has it, as --workers", "num_workers"),
        ("a run has it, as --data", "path root folder data_dir"),
        ("training always shuffles, and the order follows from the seed; leave it out", "shuffle"),
        ("images come in the size of the network's input; leave it out", "image_size img_size"),
    ];

    // What words of a choice are called elsewhere.
    private static readonly (string Choice, string Words)[] Choices =
    [
        ("cross_entropy", "categorical_crossentropy sparse_categorical_crossentropy cross_entropy_loss softmax_cross_entropy"),
        ("bce", "binary_cross_entropy bce_loss"),
        ("bce_with_logits", "bce_with_logits_loss binary_cross_entropy_with_logits sigmoid_cross_entropy"),
        ("l1", "mae mean_absolute_error l1_loss"),
        ("mse", "mean_squared_error mse_loss l2 l2_loss"),
        ("nll", "nll_loss negative_log_likelihood"),
        ("kl_div", "kl kld kl_divergence kullback_leibler"),
        ("cosine", "cosine_annealing cosine_annealing_lr cosine_annealing_warm_restarts cosine_decay"),
        ("step", "step_lr"),
        ("multi_step", "multi_step_lr"),
        ("exponential", "exponential_lr exponential_decay"),
        ("polynomial", "polynomial_lr polynomial_decay linear"),
        ("bfloat16", "bf16"),
        ("float32", "fp32 float"),
        ("int64", "long int int32 integer"),
    ];

    private static readonly ILookup<string, string> LayersByWord = ByWord(Table);
    private static readonly ILookup<string, string> SettingsByWord = ByWord(Settings);
    private static readonly ILookup<string, string> ElsewhereByWord = ByWord(Absent);
    private static readonly ILookup<string, string> ChoicesByWord = ByWord(Choices);

    /// <summary>The one of <paramref name="choices"/> that <paramref name="written"/> means, elsewhere or with a letter wrong; null when it is near to none.</summary>
    public static string? FindChoice(string written, IReadOnlyList<string> choices) =>
        ChoicesByWord[Suggestion.Fold(written)].FirstOrDefault(choices.Contains) ?? Suggestion.Nearest(written, choices);

    /// <summary>Where else that is said which <paramref name="written"/> sets in another place; null where nobody sets such a thing.</summary>
    public static string? FindElsewhere(string written) => ElsewhereByWord[Suggestion.Fold(written)].FirstOrDefault();

    /// <summary>Every word of the table of layers, as it compares.</summary>
    public static IEnumerable<string> Words => LayersByWord.Select(layers => layers.Key);

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

        return LayersByWord[word].SingleOrDefault() is { } layer
            ? LayerCatalogue.Find(layer) ?? LayerCatalogue.Find($"{layer}{Math.Max(1, directions)}d") ?? LayerCatalogue.Find(layer + "2d")
            : null;
    }

    private static ILookup<string, string> ByWord((string Meaning, string Words)[] rows) => rows
        .SelectMany(row => row.Words.Split(' ').Select(word => (row.Meaning, Word: Suggestion.Fold(word))))
        .ToLookup(pair => pair.Word, pair => pair.Meaning, StringComparer.Ordinal);
}
