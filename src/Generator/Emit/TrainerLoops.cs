using ModelGen.Training;

namespace ModelGen.Emit;

/// <summary>Writes the loops of a trainer that are the same whoever computes a step: over epochs, over batches, and over learning rates.</summary>
internal sealed class TrainerLoops(TrainingPlan plan, RecipeWords recipe, EvaluationWords evaluation, BackendWords words)
{
    private string Sample => plan.Table is null ? "image" : "row";

    /// <summary><c>Fit</c> and <c>TrainEpoch</c>.</summary>
    public void WriteFit(CodeWriter writer) => writer.Write($$"""
        /// <summary>Trains all epochs, or those that a stopped run left. After each one it tests, reports and saves.</summary>
        /// <param name="train">The {{Sample}}s to learn from.</param>
        /// <param name="test">The {{Sample}}s to test with after each epoch, or null.</param>
        /// <param name="run">Tells the progress and keeps the run's files.</param>
        /// <exception cref="global::ModelGen.ModelGenException">The loss is no longer a number, a file can't be written, or a run can't be resumed.</exception>
        /// <exception cref="global::ModelGen.Training.TrainingStoppedException">The run was cancelled; its checkpoint is written.</exception>
        public global::ModelGen.Training.TrainingResult Fit(Data train, Data? test, global::ModelGen.Training.TrainingRun run)
        {
            run.Begin(new {{words.Namespace}}TrainingState(_model, _optimizer, _totals{{(words.IsTorch ? "" : ", _random")}}{{recipe.Averages}}));
            while (run.NextEpoch(train) is { } progress)
            {
                var trained = TrainEpoch(train, progress.Epoch, progress);
                progress.Trained();

                global::ModelGen.Training.Scores? tested = test is null ? null : Evaluate(test);
                progress.Complete(trained, tested{{evaluation.DetailsArgument}});
                OnEpochEnd(progress.Epoch, trained, tested);
            }

            return run.Complete();
        }

        /// <summary>Shows the network every {{Sample}} once, and takes a step after {{recipe.GroupWords}}.</summary>
        /// <returns>The mean {{plan.Task.Measured}}, each {{Sample}} judged before its own step.</returns>
        public global::ModelGen.Training.Scores TrainEpoch(Data data, int epoch, global::ModelGen.Training.EpochProgress? progress = null)
        {
            {{recipe.EpochStart}}
            var done = progress?.BatchesDone ?? 0;
            if (done == 0)
                _totals.Reset();
            foreach (var batch in data.Shuffled(epoch, skip: done))
            {
                {{recipe.StepCall}}
            }

            return _totals.Read();
        }
        """);

    /// <summary><c>FindLearningRate</c>.</summary>
    public void WriteFindLearningRate(CodeWriter writer) => writer.Write($$"""
        /// <summary>
        /// The range test (Smith 2015): trains with a learning rate that grows from step to step, until the loss explodes. The network's
        /// weights are of no use afterwards.
        /// </summary>
        /// <param name="data">The {{Sample}}s to learn from, shown again as often as the steps need it.</param>
        /// <param name="search">Chooses the rates and keeps the losses; it serves once.</param>
        /// <exception cref="global::System.OperationCanceledException">The search was cancelled.</exception>
        public global::ModelGen.Training.LearningRateResult FindLearningRate(Data data, global::ModelGen.Training.LearningRateSearch search)
        {
            {{recipe.SearchMode}}
            try
            {
                for (var epoch = 1; epoch <= search.Steps; epoch++)
                {
                    {{recipe.SearchStart}}
                    {
                        {{recipe.SearchStep}}
                    }
                }
            }
            catch (global::ModelGen.Training.TrainingDivergedException) when (search.HasBegun)
            {
                // A loss that is no longer a number is where the curve ends.
            }

            return search.Complete();
        }
        """);
}
