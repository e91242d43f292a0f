// dotnet run -c Release -- --data FOLDER trains on FOLDER/train/CLASS/*.jpg and tests on FOLDER/test/CLASS/*.jpg;
// dotnet run -c Release -- predict PHOTO.jpg says what is on it, and --help tells the rest.
return ModelGenProject.Classifier.Run(args);
