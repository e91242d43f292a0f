return args switch
{
    ["json", .. var rest] => Mnist.ConvNetJson.Run(rest),
    ["fast", .. var rest] => Mnist.ConvNetFast.Run(rest),
    _ => Mnist.ConvNet.Run(args),
};
