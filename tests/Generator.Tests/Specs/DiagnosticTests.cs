namespace ModelGen.Tests.Specs;

/// <summary>
/// Each mistake gives one error at its own token. The spec is written with the token between ⟦ and ⟧; the message stands below it.
/// </summary>
public sealed class DiagnosticTests
{
    public static TheoryData<string, string> Json { get; } = new()
    {
        // The words of the spec.
        { """{ "input": [4], "layers": [{ ⟦"liner"⟧: 10 }] }""", "MG1002: There is no layer 'liner'; did you mean 'linear'?" },
        { """{ "input": [3, 8, 8], "layers": [⟦"Conv2D"⟧] }""", "MG1002: There is no layer 'Conv2D': it is called 'conv2d' here." },
        { """{ "input": [4], "layers": [⟦"perceptron"⟧] }""", "MG1002: There is no layer 'perceptron'." },
        { """{ "input": [3, 8, 8], "layers": [{ "conv2d": 4, "kernel_size": 3, ⟦"paddding"⟧: 1 }] }""", "MG1003: conv2d has no property 'paddding'; did you mean 'padding'?" },
        { """{ "input": [4], "layers": ["relu"], ⟦"trainning"⟧: {} }""", "MG1003: The spec has no property 'trainning'; did you mean 'training'?" },
        { """{ "input": [4], "layers": [{ "linear": ⟦"10"⟧ }] }""", "MG1004: 'out_features' of linear is '10', but takes a whole number of at least 1." },
        { """{ "input": [4], "layers": [{ "linear": ⟦0⟧ }] }""", "MG1015: 'out_features' of linear is 0, but takes a whole number of at least 1." },
        { """{ "input": [4], "layers": [{ "linear": ⟦2.5⟧ }] }""", "MG1004: 'out_features' of linear is 2.5, but takes a whole number of at least 1." },
        { """{ "input": [3, 8, 8], "layers": [{ "conv2d": 4, "kernel_size": ⟦[3, 3, 3]⟧ }] }""", "MG1004: 'kernel_size' of conv2d is [3, 3, 3], but takes a whole number of at least 1, or two of them as [height, width]." },
        { """{ "input": [4], "layers": [{ "linear": ⟦2147483648⟧ }] }""", "MG1015: 'out_features' of linear is 2147483648, but takes a whole number of at least 1, at most 2147483647." },
        { """{ "input": [4, 8, 8], "layers": [{ "max_pool2d": ⟦[2, 4294967296]⟧ }] }""", "MG1015: 'kernel_size' of max_pool2d is [2, 4294967296], but takes a whole number of at least 1, or two of them as [height, width], at most 2147483647." },
        { """{ "input": [4], "layers": [{ "dropout": ⟦1.5⟧ }] }""", "MG1015: 'p' of dropout is 1.5, but takes a number from 0 to 1." },
        { """{ "input": ⟦[3, 0, 8]⟧, "layers": ["relu"] }""", "MG1015: 'input' of the model is [3, 0, 8], but takes the sizes of one sample without the batch, one to eight whole numbers of at least 1, such as [3, 28, 28]." },
        { """{ "input": [3, 8, 8], "layers": [⟦{ "conv2d": 4 }⟧] }""", "MG1005: conv2d lacks 'kernel_size': a whole number of at least 1, or two of them as [height, width]." },
        { """⟦{⟧ "layers": ["relu"] }""", "MG1005: The spec lacks 'input': the sizes of one sample without the batch, one to eight whole numbers of at least 1, such as [3, 28, 28]." },
        { """{ "input": [4], "layers": ⟦[]⟧ }""", "MG1015: 'layers' of the spec is an empty list, but takes at least one layer, such as [\"relu\", { \"linear\": 10 }]." },
        { """⟦{⟧ "input": [4] }""", "MG1005: The spec lacks 'layers': at least one layer." },
        { """{ "input": [4], "input": ⟦[5]⟧, "layers": ["relu"] }""", "MG1006: 'input' is set twice in the spec: keep one." },
        { """{ "input": [4], "layers": [{ "linear": 3, "name": ⟦"fc-1"⟧ }] }""", "MG1007: The name 'fc-1' can't be used: a name is a letter and then letters, digits or underscores, at most 100. Write 'fc_1'." },
        { """{ "input": [4], "layers": [{ "linear": 3, "name": ⟦"trainer"⟧ }] }""", "MG1007: The name 'trainer' can't be used: 'Trainer' is a member of every generated class. Write 'trainer_2'." },
        { """{ "input": [4], "layers": [{ "linear": 3, "name": ⟦"net"⟧ }] }""", "MG1007: The name 'net' can't be used: its property would have the name of its class. Write 'net_2'." },
        { """{ "input": [4], "blocks": { "Encoder": { "layers": [{ "linear": 4 }, "relu"] } }, "layers": [{ "Encoder": {}, "repeat": 2, "name": ⟦"encoder"⟧ }] }""", "MG1007: The name 'encoder' can't be used: its property would have the name of the class 'Encoder' inside of it. Write 'encoder_2'." },
        { """{ "name": ⟦"my net"⟧, "input": [4], "layers": ["relu"] }""", "MG1007: The name 'my net' can't be used: it must be a C# identifier: a letter and then letters, digits or underscores." },
        { """{ "input": [4], "layers": [{ "linear": 3, "name": "fc2" }, "relu", { "linear": 3, "name": "a" }, { "relu": {}, "name": ⟦"Fc2"⟧ }] }""", "MG1008: The name 'Fc2' is taken by layer 1 already. Write 'Fc2_2'." },
        { """{ "input": [4], "blocks": { ⟦"cell"⟧: { "layers": ["relu"] } }, "layers": ["cell", { "linear": 3 }, { "cell": {} }] }""", "MG1007: The name 'cell' can't be used: a block becomes a class: begin it with a capital letter, which also tells it from a layer, as 'Cell' does." },
        { """{ "input": [4], "blocks": { ⟦"cell"⟧: { "layers": ["relu"] } }, "layers": ["Cell", { "linear": 3 }] }""", "MG1007: The name 'cell' can't be used: a block becomes a class: begin it with a capital letter, which also tells it from a layer, as 'Cell' does." },
        { """{ "input": [4], "blocks": { "ResCell": { "layers": ["Inner"] }, "Inner": { "layers": ["relu"] } }, "layers": [⟦"Rescell"⟧, { "linear": 3 }] }""", "MG1002: There is no layer 'Rescell'; did you mean 'ResCell'?" },
        { """{ "input": [4], "blocks": { "Cell": ⟦5⟧ }, "layers": ["Cell", { "linear": 3 }, { "Cell": {} }] }""", "MG1004: 'Cell' of blocks is 5, but takes an object: { \"parameters\": [\"channels\"], \"layers\": […] }." },
        { """{ "input": [4], "layers": [{ "sequence": ⟦[]⟧ }] }""", "MG1015: 'layers' of sequence is an empty list, but takes a list of one or more layers." },
        { """{ "input": [4], "layers": [{ "residual": ["relu"], "shortcut": ⟦[]⟧ }] }""", "MG1015: 'shortcut' of residual is an empty list, but takes a list of one or more layers, or 'identity', or 'projection', or 'same_shape'." },
        { """{ "input": [4], "layers": [{ "linear": 3, "name": ⟦"input"⟧ }, "relu", { "linear": 4 }, { "add": "input" }] }""", "MG1007: The name 'input' can't be used: an input has it, and layers take both by their names. Write 'input_2'." },
        { """{ "inputs": { "fc1": [4] }, "layers": [⟦{ "linear": 4 }⟧, { "add": "fc1" }] }""", "MG1007: The name 'fc1' can't be used: an input has it, and layers take both by their names. Name this layer 'fc1_2'." },
        { """{ "input": [4], "blocks": { "Cell": { "inputs": ["x", "y"], "layers": [{ "linear": 4, "name": ⟦"y"⟧ }, { "add": "y" }] } }, "layers": ["relu", { "Cell": {}, "with": "input" }] }""", "MG1007: In the block 'Cell': The name 'y' can't be used: an input has it, and layers take both by their names. Write 'y_2'." },
        { """{ "input": [4], "layers": [{ "sequence": [{ "linear": 4, "name": ⟦"input"⟧ }, { "add": "input" }] }] }""", "MG1007: The name 'input' can't be used: an input has it, and layers take both by their names. Write 'input_2'." },

        { """{ "name": "a\u2028\nb", "input": [4], "layers": ["relu"] }""".Replace("\"a", "⟦\"a", StringComparison.Ordinal).Replace("b\"", "b\"⟧", StringComparison.Ordinal), "MG1007: The name 'a  b' can't be used: it must be a C# identifier: a letter and then letters, digits or underscores." },

        // Layers whose keyword is hard to tell.
        { """{ "input": [3, 8, 8], "layers": [{ "kernel_size": 5, ⟦"conv2dd"⟧: 16 }] }""", "MG1002: There is no layer 'conv2dd'; did you mean 'conv2d'?" },
        { """{ "input": [4], "layers": [{ "name": "head", ⟦"liner"⟧: 3 }] }""", "MG1002: There is no layer 'liner'; did you mean 'linear'?" },
        { """{ "input": [4], "layers": ["relu", ⟦""⟧] }""", "MG1002: There is no layer ''." },
        { """{ "input": [4], "layers": [{ ⟦""⟧: 3 }] }""", "MG1002: There is no layer ''." },
        { """{ "input": [4], "layers": [⟦"crf"⟧] }""", "MG1002: There is no layer 'crf'." },
        { """{ "input": [4], "layers": [⟦"reul"⟧] }""", "MG1002: There is no layer 'reul'; did you mean 'relu'?" },
        { """{ "input": [4], "layers": [{ "linear": 3, ⟦"bais"⟧: false }] }""", "MG1003: linear has no property 'bais'; did you mean 'bias'?" },
        { """{ "input": [4], "layers": [⟦"mich"⟧] }""", "MG1002: There is no layer 'mich'; did you mean 'mish'?" },
        { """{ "input": [4], "layers": [{ ⟦"maxpool"⟧: 2 }] }""", "MG1002: There is no layer 'maxpool': it is called 'max_pool1d' here." },
        { """{ "input": [3, 8, 8], "layers": [⟦"batchnorm"⟧] }""", "MG1002: There is no layer 'batchnorm': it is called 'batch_norm2d' here." },
        { """{ "input": [3, 8], "layers": [⟦"batchnorm"⟧] }""", "MG1002: There is no layer 'batchnorm': it is called 'batch_norm1d' here." },
        { """{ "input": [3, 8, 8, 8], "layers": [{ ⟦"maxpool"⟧: 2 }] }""", "MG1002: There is no layer 'maxpool': it is called 'max_pool3d' here." },
        { """{ "input": [3, 8, 8], "layers": [{ "conv2d": 4, ⟦"kernel"⟧: 3 }] }""", "MG1003: conv2d has no property 'kernel'; did you mean 'kernel_size'?" },
        { """{ "input": [3, 8, 8], "layers": [{ "conv2d": 4, ⟦"size"⟧: 3 }] }""", "MG1003: conv2d has no property 'size'; it has 'out_channels', 'kernel_size', 'in_channels', 'stride', 'padding', 'dilation', 'groups', 'bias', 'padding_mode', 'name', 'from', 'when'." },
        { """{ "input": [4], "layers": [{ "linear": 3, "linear": ⟦4⟧ }] }""", "MG1006: 'out_features' is set twice in linear: keep one." },
        { """{ "input": [4], "layers": [{ "linear": 3, "out_features": ⟦4⟧ }] }""", "MG1006: 'out_features' is set twice in linear: keep one." },
        { """{ "input": [4], "layers": [{ "out_features": 3, "linear": ⟦4⟧ }] }""", "MG1006: 'out_features' is set twice in linear: keep one." },
        { """{ "input": [4], "layers": [{ "linear": 3, ⟦"relu"⟧: {} }] }""", "MG1003: linear has no property 'relu'; it has 'out_features', 'in_features', 'bias', 'name', 'from', 'when'." },
        { """{ "input": [4], "layers": [{ "relu": ⟦5⟧ }] }""", "MG1004: 'relu' of the layer is 5, but takes nothing: write \"relu\", or { \"relu\": {} } with a name beside it." },
        { """{ "input": [3, 8, 8], "layers": [{ "conv2d": ⟦{ "out_channels": 3, "kernel_size": 3 }⟧ }] }""", "MG1004: 'conv2d' of the layer is an object, but takes its settings beside it, as in { \"conv2d\": 16, \"kernel_size\": 5 }." },

        // Shapes.
        { """{ "input": [3, 8, 8], "layers": ["relu", ⟦{ "linear": 10 }⟧] }""", "MG2001: Layer 'fc1' (linear) takes [N, F] or [N, L, F], but receives the input [N, 3, 8, 8]. Put flatten before it, which gives [N, 192]." },
        { """{ "input": [64], "layers": [⟦"batch_norm2d"⟧] }""", "MG2001: Layer 'bn1' (batch_norm2d) takes [N, C, H, W], but receives the input [N, 64]." },
        { """{ "input": [3, 4, 8], "layers": [{ "conv2d": 4, "kernel_size": ⟦7⟧, "padding": 1 }] }""", "MG2002: Layer 'conv1' (conv2d) leaves no rows: it receives the input [N, 3, 4, 8], and a window of 7 does not fit into 4 rows with 1 of padding on either side: floor((4 + 2 * 1 - 7) / 1) + 1 = 0. Write kernel_size [6, 7], or write padding [2, 1]." },
        { """{ "input": [3, 8, 8], "layers": [{ "conv2d": 4, "kernel_size": 3, "groups": ⟦2⟧ }] }""", "MG2004: Layer 'conv1' (conv2d) receives the input [N, 3, 8, 8], and groups 2 does not divide the 3 input channels, 3 = 1 * 2 + 1. Remove groups." },
        { """{ "input": [3, 8, 8], "layers": [{ "max_pool2d": 2, "padding": ⟦2⟧ }] }""", "MG2006: Layer 'pool1' (max_pool2d) has padding 2, more than half of kernel_size 2, so some windows would hold nothing of the image. Write padding 1." },
        { """{ "input": [8], "layers": [{ "softmax": ⟦2⟧ }] }""", "MG2005: Layer 'softmax1' (softmax) has dim 2, but receives the input [N, 8], whose only dimension behind the batch is 1. Write dim 1." },
        { """{ "input": [2147483647, 2147483647], "layers": [{ "flatten": 1 }, ⟦{ "linear": 2147483647 }⟧] }""", "MG2008: Layer 'fc1' (linear) receives [N, 4611686014132420609] (the input [N, 2147483647, 2147483647], flattened) and gives a tensor or a parameter count beyond 2^63 - 1: use smaller sizes." },

        // Sequences: what reads one gets its end only, or indices.
        { """{ "input": [20, 8], "layers": [{ "lstm": 16, "output": "last" }, "dropout", ⟦{ "lstm": 8 }⟧] }""", "MG2001: Layer 'lstm2' (lstm) takes [N, L, E], but receives [N, 16] from 'lstm1'. Write output 'sequence' for 'lstm1', or remove 'lstm1' before it." },
        { """{ "inputs": { "words": { "shape": [20], "type": "int64" } }, "layers": [⟦{ "gru": 16 }⟧] }""", "MG2013: Layer 'gru1' (gru) takes real numbers (float32), but receives the input [N, 20] of whole numbers (int64). Put embedding before it." },

        // Training and data.
        { """{ "input": [1, 8, 8], "layers": [{ "conv2d": 1, "kernel_size": 1 }, ⟦"relu"⟧], "training": { "loss": "nll", "optimizer": "sgd" }, "data": { "image_folder": {} } }""", "MG3001: A classifier's output is [N, classes], but layer 'relu1' gives [N, 1, 8, 8]. End the network with flatten and linear, then log_softmax." },
        { """{ "input": [1, 65536, 65536], "layers": [{ "conv2d": 1, "kernel_size": 1 }, ⟦"flatten"⟧], "training": { "loss": "nll", "optimizer": "sgd" }, "data": { "image_folder": {} } }""", "MG3001: A classifier's output is [N, classes], but layer 'flatten1' gives [N, 4294967296]. End the network with flatten and linear, then log_softmax." },
        { """{ "input": [1, 8, 8], "layers": ["flatten"], "training": ⟦5⟧, "data": { "image_folder": {} } }""", "MG1004: 'training' of the spec is 5, but takes an object: { \"loss\": …, \"optimizer\": … }." },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 10 }], "training": { "loss": ⟦"nll"⟧, "optimizer": "sgd" }, "data": { "image_folder": {} } }""", "MG3003: The loss 'nll' takes what log_softmax gives, but the network ends with 'fc1' (linear). Put log_softmax behind it, or use the loss cross_entropy." },
        { """{ "input": [8], "layers": ["relu"], "training": ⟦{ "loss": "nll", "optimizer": "sgd" }⟧ }""", "MG3002: The spec has a training section but no data source: add an image folder or a table, or leave both out to get the module alone." },
        { """{ "input": [1, 8, 8], "layers": ["flatten"], "training": { "loss": ⟦"nlll"⟧, "optimizer": "sgd" }, "data": { "image_folder": {} } }""", "MG1016: 'loss' of training is 'nlll', but takes one of 'bce', 'bce_with_logits', 'cross_entropy', 'huber', 'kl_div', 'l1', 'mse', 'nll', 'smooth_l1'; did you mean 'nll'?" },
        { """{ "input": [1, 8, 8], "layers": ["flatten"], "training": { "loss": "nll", "optimizer": "sgd", "learning_rate": ⟦0⟧ }, "data": { "image_folder": {} } }""", "MG1015: 'learning_rate' of training is 0, but takes a number above 0." },
        { """{ "input": ⟦[2, 8, 8]⟧, "layers": ["flatten", { "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "sgd" }, "data": { "image_folder": {} } }""", "MG4001: Images have the shape [1, H, W] (gray) or [3, H, W] (red, green, blue), but the input is [N, 2, 8, 8]." },

        { """{ "input": ⟦[64]⟧, "layers": [{ "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "sgd" }, "data": { "image_folder": { "mean": [0.5], "std": [0.5] } } }""", "MG4001: Images have the shape [1, H, W] (gray) or [3, H, W] (red, green, blue), but the input is [N, 64]. Write the input as [1, 8, 8] and begin with flatten." },

        // The settings of the data; the rest of the spec is sound.
        { WithData("\"classes\": ⟦[\"cat\", \"cat\"]⟧"), $"MG1015: 'classes' of image_folder is ['cat', 'cat'], but takes {Texts}." },
        { WithData("\"classes\": ⟦[\"cat\", \"\"]⟧"), $"MG1015: 'classes' of image_folder is ['cat', ''], but takes {Texts}." },
        { WithData("\"classes\": ⟦[\"cat\", 2]⟧"), $"MG1004: 'classes' of image_folder is ['cat', 2], but takes {Texts}." },
        { WithData("\"classes\": ⟦[]⟧"), $"MG1015: 'classes' of image_folder is [], but takes {Texts}." },
        { WithData("\"classes\": ⟦\"cat\"⟧"), $"MG1004: 'classes' of image_folder is 'cat', but takes {Texts}." },
        { WithData($"\"classes\": ⟦[\"{new string('a', 101)}\"]⟧"), $"MG1015: 'classes' of image_folder is ['{new string('a', 80)}…'], but takes {Texts}." },
        { WithData("\"train_images\": ⟦0⟧"), "MG1015: 'train_images' of image_folder is 0, but takes a whole number of at least 1." },
        { WithData("\"mean\": [0], \"std\": ⟦[0]⟧"), "MG1015: 'std' of image_folder is [0], but takes a list of one or more numbers above 0." },
        { WithData("\"mean\": [0], \"std\": ⟦[1e-50]⟧"), "MG1015: 'std' of image_folder is [1E-50], but takes a list of one or more numbers above 0." },
        { WithData("\"mean\": ⟦[1e300]⟧, \"std\": [1]"), "MG1015: 'mean' of image_folder is [1E+300], but takes a list of one or more numbers." },
        { WithData("\"mean\": ⟦0.5⟧, \"std\": [1]"), "MG1004: 'mean' of image_folder is 0.5, but takes a list of one or more numbers." },
        { WithData("\"mean\": ⟦[]⟧, \"std\": [1]"), "MG1015: 'mean' of image_folder is [], but takes a list of one or more numbers." },
        { WithData("\"horizontal_flip\": ⟦1⟧"), "MG1004: 'horizontal_flip' of image_folder is 1, but takes true or false." },
        { WithData("\"resize\": ⟦\"cropp\"⟧"), "MG1016: 'resize' of image_folder is 'cropp', but takes one of 'none', 'stretch', 'fit', 'crop'; did you mean 'crop'?" },
        { WithData("\"random_crop\": ⟦0⟧"), "MG1015: 'random_crop' of image_folder is 0, but takes a whole number from 1 to 1000." },
        { WithData("\"rotate\": ⟦181⟧"), "MG1015: 'rotate' of image_folder is 181, but takes a number from 0 to 180." },
        { WithData("\"shift\": ⟦1.5⟧"), "MG1015: 'shift' of image_folder is 1.5, but takes a number from 0 to 1." },
        { WithData("\"scale\": ⟦1⟧"), "MG1015: 'scale' of image_folder is 1, but takes a number from 0 to below 1." },
        { WithData("\"shear\": ⟦90⟧"), "MG1015: 'shear' of image_folder is 90, but takes a number from 0 to below 90." },
        { WithData("\"vertical_flip\": ⟦1⟧"), "MG1004: 'vertical_flip' of image_folder is 1, but takes true or false." },
        { WithData("\"brightness\": ⟦-0.1⟧"), "MG1015: 'brightness' of image_folder is -0.1, but takes a number of at least 0." },
        { WithData("\"contrast\": ⟦-1⟧"), "MG1015: 'contrast' of image_folder is -1, but takes a number of at least 0." },
        { WithData("\"erase\": ⟦2⟧"), "MG1015: 'erase' of image_folder is 2, but takes a number from 0 to 1." },
        { WithData("\"mean\": [0.5]", around: true), "MG1005: image_folder lacks 'std': a list of one or more numbers above 0, which goes with 'mean'." },
        { WithData("\"std\": [0.5]", around: true), "MG1005: image_folder lacks 'mean': a list of one or more numbers, which goes with 'std'." },
        { WithData("\"mean\": [0.5], ⟦\"stds\"⟧: [0.5]"), "MG1003: image_folder has no property 'stds'; did you mean 'std'?" },

        // Scores that are made into something else before the loss has them.
        { """{ "input": [4], "layers": [{ "linear": 3 }, "tanh"], "training": { "loss": ⟦"bce_with_logits"⟧, "optimizer": "adam" }, "data": { "csv": { "targets": ["a", "b", "c"] } } }""", "MG3004: The loss 'bce_with_logits' takes scores of any size, but the network ends with 'tanh1' (tanh), which gives none above 1. Remove that layer." },
        { """{ "input": [4], "layers": [{ "linear": 3 }, "softmax", "softmax"], "training": { "loss": ⟦"cross_entropy"⟧, "optimizer": "adam" }, "data": { "csv": { "label": "a" } } }""", "MG3004: The loss 'cross_entropy' applies log_softmax itself, but the network ends with 'softmax2' (softmax). Remove 'softmax1' and 'softmax2'." },
        { """{ "input": [4], "layers": [{ "linear": 3 }, "relu", "sigmoid"], "training": { "loss": ⟦"bce"⟧, "optimizer": "adam" }, "data": { "csv": { "targets": ["a", "b", "c"] } } }""", "MG3004: The loss 'bce' takes sigmoid of scores of any size, but before 'sigmoid1' stands 'relu1' (relu), which gives none below 0. Remove that layer." },
        { """{ "input": [4], "layers": [{ "linear": 3 }, "relu"], "training": { "loss": ⟦"bce"⟧, "optimizer": "adam" }, "data": { "csv": { "targets": ["a", "b", "c"] } } }""", "MG3003: The loss 'bce' takes what sigmoid gives, but the network ends with 'relu1' (relu). Replace it with sigmoid." },

        // What nobody takes.
        { """{ "input": [4], "layers": ["relu", { "linear": 3 }, ⟦"tanh"⟧, { "linear": 2, "from": "relu1" }, "gelu"], "outputs": ["gelu1"] }""", "MG2011: The output of layer 'tanh1' is never used: let a layer behind it take it, or name it in 'outputs'. Remove 'from' of 'fc2', or remove 'fc1' and 'tanh1'." },

        // Recipes.
        { WithTable("\"label\": \"kind\", \"delimiter\": ⟦\"ab\"⟧"), "MG1015: 'delimiter' of csv is 'ab', but takes one character, such as ',', ';', '|' or a tab, and none that numbers or quotes have." },
        { """{ "inputs": { "words": ⟦{ "shape": [4], "type": "int64" }⟧ }, "layers": [{ "embedding": 20, "embedding_dim": 2 }, "flatten", { "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "adam" }, "data": { "csv": { "label": "kind" } } }""", "MG4004: A table has real numbers (float32), but the input is [N, 4] of whole numbers (int64): leave its type out, or leave training and data out and train the network in a loop of your own." },
        { WithTable("\"label\": ⟦3⟧"), "MG1004: 'label' of csv is 3, but takes a text." },
        { WithTable("\"label\": \"kind\", ⟦\"feature\"⟧: [\"a\"]"), "MG1003: csv has no property 'feature'; did you mean 'features'?" },
        { """{ "input": [2], "layers": [{ "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "adam" }, "data": ⟦{ "csv": {} }⟧ }""", "MG1005: csv lacks 'label': the column with the class of a row." },
        { """{ "input": [2], "layers": [{ "linear": ⟦2⟧ }], "training": { "loss": "mse", "optimizer": "adam" }, "data": { "csv": { "targets": ["price"] } } }""", "MG3005: The data has 1 target ('price'), but the network gives [N, 2]: 'fc1' (linear) has out_features 2. Write out_features 1." },
        { """{ "input": [2], "layers": [{ "linear": 1 }], "training": { "loss": "mse", "optimizer": "adam", "monitor": ⟦"accuracy"⟧ }, "data": { "csv": { "targets": ["price"] } } }""", "MG3013: The loss 'mse' learns numbers, which have no accuracy to monitor. Remove monitor." },
        { """{ "input": [2], "layers": [{ "linear": 1 }], "training": { "loss": ⟦"bce"⟧, "optimizer": "adam" }, "data": { "csv": { "targets": ["urgent"] } } }""", "MG3003: The loss 'bce' takes what sigmoid gives, but the network ends with 'fc1' (linear). Put sigmoid behind it, or use the loss bce_with_logits." },
        { """{ "input": [2], "layers": [{ "linear": 1 }, "sigmoid"], "training": { "loss": ⟦"bce_with_logits"⟧, "optimizer": "adam" }, "data": { "csv": { "targets": ["urgent"] } } }""", "MG3004: The loss 'bce_with_logits' applies sigmoid itself, but the network ends with 'sigmoid1' (sigmoid). Remove that layer, or use the loss bce." },
        { """{ "input": [2], "layers": [{ "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "adam" }, "data": { "csv": { "label": "kind", "mean": ⟦[1]⟧, "std": [1] } } }""", "MG4002: 'mean' and 'std' of csv have 1 number each, but the input [N, 2] has 2 features: write one number per feature." },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "adam", "momentum": ⟦0.9⟧ }, "data": { "image_folder": {} } }""", "MG3013: The optimizer 'adam' has no momentum: it is a setting of 'rmsprop' and 'sgd'. Remove momentum." },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "lion", "eps": ⟦1e-8⟧ }, "data": { "image_folder": {} } }""", "MG3013: The optimizer 'lion' has no eps: it is a setting of 'adagrad', 'adam', 'adamw' and 'rmsprop'. Remove eps." },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "sgd", "schedule": "cosine", "gamma": ⟦0.5⟧ }, "data": { "image_folder": {} } }""", "MG3013: The schedule 'cosine' has no gamma: it is a setting of 'exponential', 'multi_step' and 'step'. Remove gamma." },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "sgd", "min_factor": ⟦0.5⟧ }, "data": { "image_folder": {} } }""", "MG3013: The schedule 'constant' has no min_factor: it is a setting of 'cosine'. Remove min_factor." },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "sgd", "nesterov": ⟦true⟧ }, "data": { "image_folder": {} } }""", "MG3013: 'nesterov' looks ahead along the momentum, and that is 0. Remove nesterov." },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "sgd", "freeze": ["fc1.bias", ⟦"conv*"⟧] }, "data": { "image_folder": {} } }""", "MG3015: 'freeze' has 'conv*', but no parameter has such a key: the layers that learn are fc1." },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "sgd", "freeze": ⟦["*"]⟧ }, "data": { "image_folder": {} } }""", "MG3015: 'freeze' has '*', and with it no parameter is left to train: leave out a pattern." },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "sgd", "precision": ⟦"float16"⟧ }, "data": { "image_folder": {} } }""", "MG1016: 'precision' of training is 'float16', but takes one of 'float32', 'bfloat16'; did you mean 'bfloat16'?" },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "sgd", "precision": ⟦"bfloat16"⟧ }, "data": { "image_folder": {} }, "compile": { "backend": "both" } }""", "MG3013: The backend csharp computes in float32, and the precision is 'bfloat16'. Remove precision." },
        { """{ "input": [2], "layers": [{ "linear": 1 }, "sigmoid"], "training": { "loss": "bce", "optimizer": "adam", "precision": ⟦"bfloat16"⟧ }, "data": { "csv": { "targets": ["urgent"] } } }""", "MG3013: The loss 'bce' takes the logarithm of probabilities, which bfloat16 rounds to 0 and 1, and PyTorch refuses that. Remove precision." },
        { """{ "input": [4], "layers": ["relu"], "training": ⟦{ "loss": "cross_entropy", "optimizer": "sgd" }⟧, "data": { "csv": { "label": "kind" } } }""", "MG3016: The spec trains the network, but none of its layers has a value that is trained: add one that does, such as linear, or leave out 'training' and 'data'." },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "sgd", "freeze": [⟦"fc1.bias"⟧] }, "data": { "image_folder": {} }, "compile": { "backend": "csharp" } }""", "MG3015: 'freeze' has 'fc1.bias', which is a part of layer 'fc1', but the backend csharp freezes whole layers: write 'fc1.*'." },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 4 }, "relu", { "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "sgd", "freeze": [⟦"fc2.*"⟧] }, "data": { "image_folder": {} }, "compile": { "backend": "both" } }""", "MG3015: 'freeze' has 'fc2.*', but layer 'fc2' stands behind layers that learn, and the backend csharp freezes those before them: freeze these too, or leave the backend out." },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 4 }, "relu", { "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "sgd", "freeze": [⟦"fc1.wait"⟧] }, "data": { "image_folder": {} }, "compile": { "backend": "csharp" } }""", "MG3015: 'freeze' has 'fc1.wait', but no parameter has such a key: the first are fc1.weight, fc1.bias, fc2.weight, fc2.bias." },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "sgd", "decay": ⟦"weights"⟧ }, "data": { "image_folder": {} } }""", "MG3013: 'decay' says what weight_decay takes hold of, and that is 0. Remove decay." },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "sgd", "schedule": "cosine", "restart_factor": ⟦2⟧ }, "data": { "image_folder": {} } }""", "MG3013: 'restart_factor' lengthens the time between restarts, and without restart_epochs there are none. Remove restart_factor." },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "sgd", "warmup_factor": ⟦0.5⟧ }, "data": { "image_folder": {} } }""", "MG3013: 'warmup_factor' is what a warm-up starts from, and without warmup_epochs there is none. Remove warmup_factor." },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "sgd", "clip_norm": 1, "clip_value": ⟦1⟧ }, "data": { "image_folder": {} } }""", "MG3013: 'clip_norm' and 'clip_value' are both set, and gradients are cut in one way. Remove clip_value." },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "sgd", "epochs": 5, "warmup_epochs": ⟦5⟧ }, "data": { "image_folder": {} } }""", "MG3014: 'warmup_epochs' comes to epoch 5, but the run ends with epoch 5: what would come then is never reached." },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "sgd", "schedule": "multi_step", "milestones": ⟦[5, 19.5]⟧, "warmup_epochs": 0.5 }, "data": { "image_folder": {} } }""", "MG3014: 'milestones' comes to epoch 20, but the run ends with epoch 20: what would come then is never reached." },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "sgd", "schedule": "step", "step_epochs": ⟦30⟧ }, "data": { "image_folder": {} } }""", "MG3014: 'step_epochs' comes to epoch 30, but the run ends with epoch 20: what would come then is never reached." },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "adamw", "learning_rate": ⟦0.5⟧ }, "data": { "image_folder": {} } }""", "MG3011: A learning_rate of 0.5 is above 0.1: each step would move every weight by about as much, which rarely converges." },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "lion", "learning_rate": ⟦0.1⟧ }, "data": { "image_folder": {} } }""", "MG3011: A learning_rate of 0.1 is above 0.01: each step would move every weight by as much, which rarely converges." },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "sgd", "class_weights": ⟦[1, 2, 3]⟧ }, "data": { "image_folder": {} } }""", "MG1015: 'class_weights' of training is a list of 3, but takes one number for each of the network's 2 classes." },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "sgd", "top_k": ⟦3⟧ }, "data": { "image_folder": {} } }""", "MG1015: 'top_k' of training is 3, but takes at most the number of the network's classes, 2." },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "sgd", "class_weights": ⟦[1, 0]⟧ }, "data": { "image_folder": {} } }""", "MG1015: 'class_weights' of training is [1, 0], but takes a list of one or more numbers above 0." },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": ⟦"adan"⟧, "momentum": 0.9 }, "data": { "image_folder": {} } }""", "MG1016: 'optimizer' of training is 'adan', but takes one of 'adagrad', 'adam', 'adamw', 'lion', 'rmsprop', 'sgd'; did you mean 'adam'?" },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "sgd", "schedule": ⟦"cosin"⟧, "min_factor": 0.1 }, "data": { "image_folder": {} } }""", "MG1016: 'schedule' of training is 'cosin', but takes one of 'constant', 'cosine', 'exponential', 'multi_step', 'one_cycle', 'polynomial', 'step'; did you mean 'cosine'?" },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": { "loss": "cross_entropy", "optimizer": "sgd", "validation_share": ⟦1⟧ }, "data": { "image_folder": {} } }""", "MG1015: 'validation_share' of training is 1, but takes a number above 0 and below 1." },
        { """{ "input": [1, 8, 8], "layers": ["flatten", { "linear": 2 }], "training": ⟦{ "loss": "cross_entropy", "optimizer": "sgd", "schedule": "step" }⟧, "data": { "image_folder": {} } }""", "MG1005: training lacks 'step_epochs': a number above 0." },
    };

    private const string Texts = "a list of one or more texts, all different and each from 1 to 100 characters long";

    private static string WithTable(string settings) =>
        $"{{ \"input\": [2], \"layers\": [{{ \"linear\": 2 }}], \"training\": {{ \"loss\": \"cross_entropy\", \"optimizer\": \"adam\" }}, \"data\": {{ \"csv\": {{ {settings} }} }} }}";

    private static string WithData(string settings, bool around = false)
    {
        var data = $"{{ \"image_folder\": {{ {settings} }} }}";
        return "{ \"input\": [1, 8, 8], \"layers\": [\"flatten\", { \"linear\": 2 }], \"training\": { \"loss\": \"cross_entropy\", \"optimizer\": \"sgd\" }, \"data\": "
            + $"{(around ? $"⟦{data}⟧" : data)} }}";
    }

    public static TheoryData<string, string> Attributes { get; } = new()
    {
        { "[Model, Input(3, 8, 8), Conv2d(4, ⟦0⟧)] public partial class Net;", "MG1015: 'kernel_size' of conv2d is 0, but takes a whole number of at least 1, or two of them as [height, width]." },
        { "[Model, Input(4), Linear(⟦-1⟧)] public partial class Net;", "MG1015: 'out_features' of linear is -1, but takes a whole number of at least 1." },
        { "[Model, Input(3, 8, 8), Conv2d(4, 3, Stride = 1, Strides = ⟦[2, 2]⟧)] public partial class Net;", "MG1006: 'stride' is set twice in conv2d: keep one." },
        { "[Model, Input(4), Linear(3, Name = ⟦\"a b\"⟧)] public partial class Net;", "MG1007: The name 'a b' can't be used: a name is a letter and then letters, digits or underscores, at most 100. Write 'a_b'." },
        { "[Model, Input(4), Linear(4, Name = ⟦\"input\"⟧), Add(\"input\")] public partial class Net;", "MG1007: The name 'input' can't be used: an input has it, and layers take both by their names. Write 'input_2'." },
        { "[Model, Input(4), Linear(4), ⟦Use<Cell>⟧, Use<Cell>] public partial class Net; class Cell;", "MG1002: There is no layer 'Cell': the class 'Cell' has no [Block]." },
        { "[Model, Input(4), Linear(4), ⟦Use<Cell>⟧, Use<Cell>] public partial class Net { [Block, ReLU] private sealed class Cell; }", "MG1007: The name 'Cell' can't be used: the block becomes a class inside of 'Net', where the one with [Block] stands already: move that out of 'Net'." },
        { "[Model, Input(4), Linear(3)] public partial class ⟦Net⟧ : System.Exception;", "MG1012: The class 'Net' already has the base class 'Exception', but ModelGen writes the base class of a network: remove it." },
        { "[Model, Input(4), Linear(3)] public partial class ⟦Net⟧ { public Net() { } }", "MG1014: The class 'Net' declares a parameterless constructor, but ModelGen writes that one, to build the layers: remove it, or give it parameters and end its head with ': this()'." },
        { "[Model, Input(4), Linear(3)] public partial class ⟦Net⟧(int n) { public int N => n; }", "MG1014: The class 'Net' declares a primary constructor, which the one that ModelGen writes would have to call: write it as an ordinary constructor and end its head with ': this()'." },
        { "[Model, Input(4), Linear(3)] public partial class ⟦Net⟧; [ReLU, Linear(0)] partial class Net;", "MG1013: Another part of the class 'Net' has attributes of the network, and nothing says which part comes first: write all of them where [Model] stands." },
        { "[Model, ⟦Input(sizes: null!)⟧, Linear(3)] public partial class Net;", "MG1004: 'input' of the model is null, but takes the sizes of one sample without the batch, one to eight whole numbers of at least 1, such as [3, 28, 28]." },
        { "[Model, Input(3, 8, 8), Conv2d(4, ⟦null!⟧)] public partial class Net;", "MG1004: 'kernel_size' of conv2d is null, but takes a whole number of at least 1, or two of them as [height, width]." },
        { "[Model, Input(3, 8, 8), Conv2d(4, 3, Strides = ⟦null!⟧)] public partial class Net;", "MG1004: 'stride' of conv2d is null, but takes a whole number of at least 1, or two of them as [height, width]." },
        { "[Model, Linear(3)] public partial class ⟦Net⟧;", "MG1005: The spec lacks 'input': the sizes of one sample without the batch, one to eight whole numbers of at least 1, such as [3, 28, 28]." },
        { "[Model, Input(3, 8, 8), ReLU, ⟦Linear(10)⟧] public partial class Net;", "MG2001: Layer 'fc1' (linear) takes [N, F] or [N, L, F], but receives the input [N, 3, 8, 8]. Put flatten before it, which gives [N, 192]." },
        { "[Model, Input(3, 4, 8), Conv2d(4, kernelSize: ⟦7⟧, Padding = 1)] public partial class Net;", "MG2002: Layer 'conv1' (conv2d) leaves no rows: it receives the input [N, 3, 4, 8], and a window of 7 does not fit into 4 rows with 1 of padding on either side: floor((4 + 2 * 1 - 7) / 1) + 1 = 0. Write kernel_size [6, 7], or write padding [2, 1]." },
        { "[Model, Input(1, 2, 2), Flatten, Linear(2), Training(⟦(Loss)99⟧, Optimizer.Sgd), ImageFolder] public partial class Net;", "MG1004: 'loss' of training is a Loss that does not exist, but takes one of 'bce', 'bce_with_logits', 'cross_entropy', 'huber', 'kl_div', 'l1', 'mse', 'nll', 'smooth_l1'." },
        { $"{Classifier} ImageFolder(Classes = ⟦[\"cat\", null!]⟧)] public partial class Net;", $"MG1004: 'classes' of image_folder is ['cat', null], but takes {Texts}." },
        { $"{Classifier} ImageFolder(TrainImages = ⟦-1⟧)] public partial class Net;", "MG1015: 'train_images' of image_folder is -1, but takes a whole number of at least 1." },
        { $"{Classifier} ImageFolder(Mean = ⟦[double.NaN]⟧, Std = [1])] public partial class Net;", "MG1015: 'mean' of image_folder is [NaN], but takes a list of one or more numbers." },
        { $"{Classifier} ImageFolder(Resize = ⟦(Resize)9⟧)] public partial class Net;", "MG1004: 'resize' of image_folder is a Resize that does not exist, but takes one of 'none', 'stretch', 'fit', 'crop'." },
        { $"{Classifier} ImageFolder(RandomCrop = ⟦1001⟧)] public partial class Net;", "MG1015: 'random_crop' of image_folder is 1001, but takes a whole number from 1 to 1000." },
        { $"{Classifier} ImageFolder(Rotate = ⟦-5⟧)] public partial class Net;", "MG1015: 'rotate' of image_folder is -5.0, but takes a number from 0 to 180." },
        { $"{Classifier} ImageFolder(Shift = ⟦double.NaN⟧)] public partial class Net;", "MG1015: 'shift' of image_folder is NaN, but takes a number from 0 to 1." },
        { $"{Classifier} ImageFolder(Scale = ⟦1⟧)] public partial class Net;", "MG1015: 'scale' of image_folder is 1.0, but takes a number from 0 to below 1." },
        { $"{Classifier} ImageFolder(Shear = ⟦90⟧)] public partial class Net;", "MG1015: 'shear' of image_folder is 90.0, but takes a number from 0 to below 90." },
        { $"{Classifier} ImageFolder(Brightness = ⟦-1⟧)] public partial class Net;", "MG1015: 'brightness' of image_folder is -1.0, but takes a number of at least 0." },
        { $"{Classifier} ImageFolder(Contrast = ⟦double.PositiveInfinity⟧)] public partial class Net;", "MG1015: 'contrast' of image_folder is Infinity, but takes a number of at least 0." },
        { $"{Classifier} ImageFolder(Erase = ⟦1.01⟧)] public partial class Net;", "MG1015: 'erase' of image_folder is 1.01, but takes a number from 0 to 1." },
        { $"{Classifier} ImageFolder(Classes = [\"left\", \"right\"], Rotate = ⟦50⟧)] public partial class Net;", "MG4003: rotate shows images turned by up to 50 degrees under the same label, but a 'left' turned that far is no 'left'. Write rotate 45." },
        { $"{Classifier} ImageFolder(Classes = [\"up\", \"down\"], VerticalFlip = ⟦true⟧)] public partial class Net;", "MG4003: vertical_flip shows images upside down under the same label, but an 'up' upside down is a 'down'. Remove vertical_flip." },
        { $"{Classifier} ⟦ImageFolder(Std = [0.5])⟧] public partial class Net;", "MG1005: image_folder lacks 'mean': a list of one or more numbers, which goes with 'std'." },
        { "[Model, Input(2), Linear(2), Training(Loss.CrossEntropy, Optimizer.Adam), Csv(Targets = ⟦[\"a\", \"b\"]⟧)] public partial class Net;", "MG4005: The loss 'cross_entropy' learns classes, so the data needs a 'label', a column of classes, and no 'targets', which are columns of numbers. Use the loss mse." },
        { "[Model, Input(2), Linear(2), Training(Loss.CrossEntropy, Optimizer.Adam), Csv(Label = \"kind\", Delimiter = ⟦\"\"⟧)] public partial class Net;", "MG1015: 'delimiter' of csv is '', but takes one character, such as ',', ';', '|' or a tab, and none that numbers or quotes have." },
        { "[Model, ⟦Input(3)⟧, Linear(2), Training(Loss.CrossEntropy, Optimizer.Adam), Csv(Label = \"kind\", Features = [\"a\", \"b\"])] public partial class Net;", "MG4004: The data has 2 features ('a', 'b'), but the input is [N, 3]. Write the input as [2]." },
        { $"{Trained} Optimizer.Adam, Momentum = ⟦0.9⟧), ImageFolder] public partial class Net;", "MG3013: The optimizer 'adam' has no momentum: it is a setting of 'rmsprop' and 'sgd'. Remove momentum." },
        { $"{Trained} Optimizer.Sgd, Nesterov = ⟦true⟧), ImageFolder] public partial class Net;", "MG3013: 'nesterov' looks ahead along the momentum, and that is 0. Remove nesterov." },
        { $"{Trained} Optimizer.Sgd, ClipNorm = 1, ClipValue = ⟦1⟧), ImageFolder] public partial class Net;", "MG3013: 'clip_norm' and 'clip_value' are both set, and gradients are cut in one way. Remove clip_value." },
        { $"{Trained} Optimizer.Sgd, Schedule = Schedule.MultiStep, Milestones = ⟦[5, 30]⟧), ImageFolder] public partial class Net;", "MG3014: 'milestones' comes to epoch 30, but the run ends with epoch 20: what would come then is never reached." },
        { $"{Trained} Optimizer.AdamW, LearningRate = ⟦0.5⟧), ImageFolder] public partial class Net;", "MG3011: A learning_rate of 0.5 is above 0.1: each step would move every weight by about as much, which rarely converges." },
        { $"{Trained} Optimizer.Sgd, TopK = ⟦3⟧), ImageFolder] public partial class Net;", "MG1015: 'top_k' of training is 3, but takes at most the number of the network's classes, 2." },
        { $"{Trained} Optimizer.Sgd, ClassWeights = ⟦[1, 2, 3]⟧), ImageFolder] public partial class Net;", "MG1015: 'class_weights' of training is a list of 3, but takes one number for each of the network's 2 classes." },
        { $"{Trained} Optimizer.Sgd, Schedule = ⟦(Schedule)99⟧), ImageFolder] public partial class Net;", "MG1004: 'schedule' of training is a Schedule that does not exist, but takes one of 'constant', 'cosine', 'exponential', 'multi_step', 'one_cycle', 'polynomial', 'step'." },
        { $"{Trained} Optimizer.Sgd, Monitor = ⟦\"f1\"⟧), ImageFolder] public partial class Net;", "MG1016: 'monitor' of training is 'f1', but takes one of 'loss', 'accuracy'." },
        { $"{Trained} Optimizer.Sgd, Precision = ⟦(Precision)9⟧), ImageFolder] public partial class Net;", "MG1004: 'precision' of training is a Precision that does not exist, but takes one of 'float32', 'bfloat16'." },
        { $"{Trained} Optimizer.Sgd, Precision = ⟦Precision.BFloat16⟧), ImageFolder, Compile(Backend.CSharp)] public partial class Net;", "MG3013: The backend csharp computes in float32, and the precision is 'bfloat16'. Remove precision." },
        { "[Model, Input(4), ReLU, ⟦Training(Loss.CrossEntropy, Optimizer.Sgd)⟧, Csv(Label = \"kind\")] public partial class Net;", "MG3016: The spec trains the network, but none of its layers has a value that is trained: add one that does, such as linear, or leave out 'training' and 'data'." },
        { $"{Trained} Optimizer.Sgd, Freeze = [⟦\"fc1.weight\"⟧]), ImageFolder, Compile(Backend.CSharp)] public partial class Net;", "MG3015: 'freeze' has 'fc1.weight', which is a part of layer 'fc1', but the backend csharp freezes whole layers: write 'fc1.*'." },
        { $"{Trained} Optimizer.Sgd, Freeze = [⟦\"fc2*\"⟧]), ImageFolder] public partial class Net;", "MG3015: 'freeze' has 'fc2*', but no parameter has such a key: the layers that learn are fc1." },
    };

    private const string Trained = "[Model, Input(1, 8, 8), Flatten, Linear(2), Training(Loss.CrossEntropy,";

    private const string Classifier = "[Model, Input(1, 8, 8), Flatten, Linear(2), Training(Loss.CrossEntropy, Optimizer.Sgd),";

    [Theory, MemberData(nameof(Json))]
    public void In_json(string marked, string message) => AssertOne("Net.model.json", marked, message);

    [Theory, MemberData(nameof(Attributes))]
    public void In_attributes(string marked, string message) => AssertOne("Net.cs", "using ModelGen;\n" + marked, message);

    [Theory]
    [InlineData("Input(1, 8, 8), Conv2d(16), ReLU, Flatten")]
    [InlineData("Input(1, 8, 8), Conv2d, Linear(1)")]
    [InlineData("Input(4), Linear(\"a\")")]
    [InlineData("Input(1, 8, 8), Conv2dd(16, 5), Linear(10)")]
    [InlineData("Inputs(4), Linear(10)")]
    [InlineData("Input(4), Linear(Foo.Bar)")]
    [InlineData("Input(4), Linear(3, Bias = 3)")]
    [InlineData("Input(4), Linear(foo: 3)")]
    [InlineData("Input(4), Linear(3, 4, 5)")]
    [InlineData("Input(3.5), Linear(3)")]
    [InlineData("Input(1, Foo), Conv2d(1, [2, Foo])")]
    [InlineData("Input(1, 8, 8), Flatten, Linear(10), Training(Loss.Foo, Optimizer.Sgd), ImageFolder")]
    [InlineData("Input(1, 8, 8), Flatten, Linear(10), Training(Loss.Nll), ImageFolder")]
    [InlineData("Input(1, 8, 8), Flatten, Linear(10), Training(Loss.Nll, Optimizer.Sgd), ImageFolder(3)")]
    public void What_the_compiler_refuses_is_not_refused_once_more(string attributes)
    {
        var compiled = Compiled.From(("Net.cs", $"using ModelGen;\n[Model, {attributes}] internal partial class Net;"));

        Assert.Empty(compiled.Report());
        Assert.Contains(compiled.Output.GetDiagnostics(), diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
    }

    [Theory]
    [InlineData("Input(3, 8, 8), Conv2d(12, 1, Groups = 3), AdaptiveAvgPool2d(1), Flatten, Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder(Classes = [\"a\", \"b\"], Mean = [0.5], Std = [0.5])", "Write out_channels")]
    [InlineData("Input(1, 8, 8), Flatten, Linear(10), Softmax, Training(Loss.Nll, Optimizer.Sgd), ImageFolder", "use the loss")]
    public void A_fix_that_breaks_something_else_is_not_named(string attributes, string fix)
    {
        var report = Compiled.From(("Net.cs", $"using ModelGen;\n[Model, {attributes}] public partial class Net;")).Report();

        Assert.NotEmpty(report);
        Assert.DoesNotContain(fix, string.Join("\n", report), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Input(4), Linear(3), GELU, Dropout(0.1)")]
    [InlineData("Input(4), Linear(1), ReLU, Training(Loss.Mse, Optimizer.Sgd), Csv(Targets = [\"price\"])")]
    [InlineData("Input(4), Linear(3, Name = \"x\"), Add(\"x\"), Mul(\"add1\", \"add1\")")]
    [InlineData("Input(5, 4), LSTM(3, NumLayers = 2, Dropout = 0.1), GRU(3), RNN(3, Dropout = 0)")]
    [InlineData("Input(1, 8, 8), Flatten, Linear(10), Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder(Rotate = 45, Shift = 1, Classes = [\"0\", \"1\", \"2\", \"3\", \"4\", \"5\", \"6\", \"7\", \"8\", \"9\"])")]
    [InlineData("Input(1, 8, 8), Flatten, Linear(2), Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder(Rotate = 180, VerticalFlip = true, Classes = [\"6\", \"9\"])")]
    [InlineData("Input(1, 8, 8), Flatten, Linear(2), Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder(VerticalFlip = true, Classes = [\"left\", \"right\"])")]
    [InlineData("Input(1, 8, 8), Flatten, Linear(10), Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder(HorizontalFlip = true, Classes = [\"猫\", \"犬\", \"马\", \"牛\", \"羊\", \"鸡\", \"鱼\", \"虎\", \"龙\", \"鸟\"])")]
    public void What_is_right_is_not_warned_about(string attributes) =>
        Assert.Empty(Compiled.From(("Net.cs", $"using ModelGen;\n[Model, {attributes}] public partial class Net;")).Report());

    [Fact]
    public void A_loss_that_repeats_the_last_layer_is_a_warning_and_the_code_is_written()
    {
        var compiled = Compiled.From(("Net.cs", "using ModelGen;\n[Model, Input(1, 4, 4), Flatten, Linear(10), Softmax, Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder]\npublic partial class Net;"));

        // A build that treats warnings as errors, as this one does, stops at it; others go on.
        Assert.Equal(["Net.cs(2,64,2,81): error MG3004: The loss 'cross_entropy' applies log_softmax itself, but the network ends with 'softmax1' (softmax). Remove that layer."], compiled.Report());
        Assert.Equal(Microsoft.CodeAnalysis.DiagnosticSeverity.Warning, compiled.Diagnostics[0].DefaultSeverity);
        Assert.Equal(5, compiled.Files.Count);
    }

    [Fact]
    public void Every_mistake_is_reported_and_none_twice()
    {
        var report = Compiled.From(("Net.model.json", """
            {
              "input": [3, 8, 8],
              "layers": [
                { "conv2d": 4, "kernel_sise": 3 },
                "reluu",
                { "linear": 10 }
              ],
              "training": { "loss": "nll", "optimiser": "sgd", "epochs": 0 },
              "data": { "image_folders": {} }
            }
            """)).Report();

        Assert.Equal(
            [
                "Net.model.json(4,20,4,33): error MG1003: conv2d has no property 'kernel_sise'; did you mean 'kernel_size'?",
                "Net.model.json(5,5,5,12): error MG1002: There is no layer 'reluu'; did you mean 'relu'?",
                "Net.model.json(8,32,8,43): error MG1003: training has no property 'optimiser'; did you mean 'optimizer'?",
                "Net.model.json(8,62,8,63): error MG1015: 'epochs' of training is 0, but takes a whole number of at least 1.",
                "Net.model.json(9,13,9,28): error MG1003: data has no property 'image_folders'; did you mean 'image_folder'?",
            ],
            report);
    }

    [Fact]
    public void Two_specs_of_one_class_are_both_refused()
    {
        var report = Compiled.From(SeedSpecs.Attributes, ("ConvNet.model.json", SeedSpecs.Json.Text.Replace("\"name\"", "\"namespace\": \"Demo\", \"name\"", StringComparison.Ordinal))).Report();

        Assert.Equal(2, report.Count);
        Assert.All(report, line => Assert.EndsWith("error MG1011: Two specs declare the class 'Demo.ConvNet', or classes that differ from it only in case: give one of them another name, or remove it.", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Classes_that_only_case_tells_apart_are_refused_because_their_files_would_be_one() => Assert.All(
        Compiled.From(("Net.model.json", """{ "input": [4], "layers": ["relu"] }"""), ("NET.model.json", """{ "input": [4], "layers": ["relu"] }""")).Report(),
        line => Assert.EndsWith("or classes that differ from it only in case: give one of them another name, or remove it.", line, StringComparison.Ordinal));

    [Theory]
    [InlineData("my-net.model.json", "Demo", "(1,1,1,2): error MG1007: The name 'my-net' can't be used: it must be a C# identifier: a letter and then letters, digits or underscores; set \"name\" in the spec.")]
    [InlineData("Net.model.json", "My-App", "(1,1,1,2): error MG1007: The name 'My-App' can't be used: a namespace is C# identifiers with dots between them; set \"namespace\" in the spec, or RootNamespace in the project.")]
    public void A_name_that_the_spec_did_not_choose_says_where_to_choose_one(string path, string rootNamespace, string message)
    {
        (string, string)[] files = [(path, """{ "input": [4], "layers": ["relu"] }""")];

        Assert.EndsWith(message, Assert.Single(Compiled.From(Compiled.Driver(files, rootNamespace), Compiled.Project(files)).Report()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_quotes_no_more_than_a_reader_wants() => Assert.EndsWith(
        $"MG1002: There is no layer '{new string('a', 80)}…'.",
        Assert.Single(Compiled.From(("Net.model.json", $"{{ \"input\": [4], \"layers\": [\"{new string('a', 5_000)}\"] }}")).Report()),
        StringComparison.Ordinal);

    /// <summary>The file alone gives this one error, at the marked place.</summary>
    internal static void AssertOne(string path, string marked, string message)
    {
        var text = MarkedText.Parse(marked);

        Assert.Equal([$"{path}({Assert.Single(text.Places)}): error {message}"], Compiled.From((path, text.Text)).Report());
    }
}
