using ModelGen.Diagnostics;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Training;

/// <summary>A setting of training that does not go together with another one.</summary>
internal static class Conflict
{
    /// <param name="setting">The one that can go.</param>
    /// <param name="words">The sentence without its full stop.</param>
    public static Finding Of(Parameter setting, string words) => Of(setting.Name, words);

    /// <summary>The same by the setting's name.</summary>
    public static Finding Of(string setting, string words) => Finding.Of(Rules.TrainingSettings, "training." + setting, words)
        .WithFixes([Fix.Of("remove " + setting, new SetSectionSetting("training", setting, null))]);
}
