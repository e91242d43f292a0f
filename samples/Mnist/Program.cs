return args is ["json", .. var rest] ? Mnist.ConvNetJson.Run(rest) : Mnist.ConvNet.Run(args);
