// dotnet run -c Release -- --data FOLDER trains on FOLDER/CLASS/*.jpg, or on FOLDER/train/CLASS/*.jpg, and holds a fifth out for validation;
// dotnet run -c Release -- eval --data FOLDER measures on FOLDER/test/CLASS/*.jpg;
// dotnet run -c Release -- predict PHOTO.jpg says what is on it, and --help tells the rest.
return ModelGenNamespace.Classifier.Run(args);
