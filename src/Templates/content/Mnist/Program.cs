// dotnet run -c Release trains on digits that it draws itself;
// dotnet run -c Release -- data --download mnist brings MNIST, for --data data/mnist, and --help tells the rest.
return ModelGenNamespace.ConvNet.Run(args);
