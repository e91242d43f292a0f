using ModelGen.Formats.Pickle;

namespace ModelGen.Formats;

/// <summary>Writes an optimizer's state_dict as Python's pickler would: <c>{"state": {0: {"exp_avg": ...}}, "param_groups": [{"lr": ..., "params": [0]}]}</c>.</summary>
internal static class PthOptimizerWriter
{
    public static ReadOnlySpan<byte> WritePickle(OptimizerStateDict state, PickledTensors tensors)
    {
        var pickle = new PickleWriter();
        pickle.Write(Opcode.EMPTY_DICT);
        pickle.WriteText("state");
        pickle.Write(Opcode.EMPTY_DICT);
        foreach (var (number, entries) in state.States.OrderBy(item => item.Key))
        {
            pickle.WriteNumber(number);
            pickle.Write(Opcode.EMPTY_DICT);
            foreach (var (name, tensor) in entries)
            {
                pickle.WriteText(name);
                if (tensor is null)
                    pickle.Write(Opcode.NONE);
                else
                    tensors.Write(pickle, tensor);
                pickle.Write(Opcode.SETITEM);
            }

            pickle.Write(Opcode.SETITEM);
        }

        pickle.Write(Opcode.SETITEM);
        pickle.WriteText("param_groups");
        pickle.Write(Opcode.EMPTY_LIST);
        var first = 0;
        foreach (var group in state.Groups)
        {
            WriteGroup(pickle, group, first);
            first += group.Count;
        }

        pickle.Write(Opcode.SETITEM);
        return pickle.Finish();
    }

    private static void WriteGroup(PickleWriter pickle, OptimizerGroup group, int first)
    {
        pickle.Write(Opcode.EMPTY_DICT);
        foreach (var (key, value) in group.Settings)
        {
            pickle.WriteText(key);
            WriteSetting(pickle, value);
            pickle.Write(Opcode.SETITEM);
        }

        pickle.WriteText("params");
        pickle.Write(Opcode.EMPTY_LIST);
        for (var number = first; number < first + group.Count; number++)
        {
            pickle.WriteNumber(number);
            pickle.Write(Opcode.APPEND);
        }

        pickle.Write(Opcode.SETITEM);
        pickle.Write(Opcode.APPEND);
    }

    private static void WriteSetting(PickleWriter pickle, object value)
    {
        switch (value)
        {
            case bool flag:
                pickle.Write(flag ? Opcode.NEWTRUE : Opcode.NEWFALSE);
                break;
            case double number:
                pickle.WriteReal(number);
                break;
            case double[] numbers:
                pickle.Write(Opcode.MARK);
                foreach (var number in numbers)
                    pickle.WriteReal(number);
                pickle.Write(Opcode.TUPLE);
                break;
            default:
                throw new ArgumentException($"A group has a setting that is {value}: no number, flag or numbers.", nameof(value));
        }
    }
}
