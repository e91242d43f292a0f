return MnistCSharp.ConvNet.Run(args);
