using ModelGen.Reporting;

return ModelGen.Tool.ToolProgram.Run(args, Terminal.OfProcess(), trace: Environment.GetEnvironmentVariable("MODELGEN_TRACE") == "1");
