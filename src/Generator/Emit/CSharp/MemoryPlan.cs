using System;
using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Emit.CSharp;

/// <summary>
/// Where buffers lie, so that those that are not needed at the same time share memory: the largest first, each at the lowest place that is free
/// for all of its life (Pisarchyk and Lee 2020, "greedy by size").
/// </summary>
/// <param name="Shared">The buffers that a whole batch needs, for each sample.</param>
/// <param name="Local">Those that are needed for one sample at a time, for each worker.</param>
/// <param name="SharedLength">Floats for each sample.</param>
/// <param name="LocalLength">Floats for each worker.</param>
internal sealed record MemoryPlan(IReadOnlyList<Buffer> Shared, IReadOnlyList<Buffer> Local, long SharedLength, long LocalLength)
{
    public static MemoryPlan Of(IReadOnlyList<Phase> phases)
    {
        var places = new Dictionary<Buffer, List<(int Phase, int Run, int Statement)>>();
        var order = new List<Buffer>();
        for (var phase = 0; phase < phases.Count; phase++)
        {
            var (run, time) = (0, 0);
            foreach (var statements in phases[phase].Runs)
            {
                foreach (var statement in statements)
                {
                    foreach (var buffer in statement.Buffers)
                    {
                        buffer.IsDense |= statement.IsRows;
                        Use(buffer, (phase, statement.IsRows ? -1 : run, time));
                    }

                    time++;
                }

                run++;
            }
        }

        foreach (var buffer in order)
        {
            var uses = places[buffer];
            // In a loop over samples, a buffer that only this loop uses serves one after the other. Its life is then counted in statements, else in phases.
            buffer.IsLocal = uses.All(use => use.Run >= 0 && (use.Phase, use.Run) == (uses[0].Phase, uses[0].Run));
            buffer.Life = buffer.IsLocal ? (uses.Min(use => use.Statement), uses.Max(use => use.Statement)) : (uses.Min(use => use.Phase), uses.Max(use => use.Phase));
        }

        var (shared, local) = (order.Where(buffer => !buffer.IsLocal).ToArray(), order.Where(buffer => buffer.IsLocal).ToArray());
        var groups = local.GroupBy(buffer => places[buffer][0].Phase).Select(group => Place([.. group]));
        return new MemoryPlan(shared, local, Place(shared), groups.DefaultIfEmpty().Max());

        void Use(Buffer buffer, (int, int, int) place)
        {
            if (!places.TryGetValue(buffer, out var uses))
            {
                places.Add(buffer, uses = []);
                order.Add(buffer);
            }

            uses.Add(place);
        }
    }

    /// <summary>Gives each buffer its place, and tells how much all of them take.</summary>
    private static long Place(Buffer[] buffers)
    {
        var placed = new List<Buffer>(buffers.Length);
        var total = 0L;
        // A stable sort: of equal ones the first used is the first placed.
        foreach (var buffer in buffers.OrderByDescending(buffer => buffer.Length))
        {
            buffer.Offset = 0;
            foreach (var other in placed.Where(other => other.Life.First <= buffer.Life.Last && buffer.Life.First <= other.Life.Last).OrderBy(other => other.Offset))
            {
                if (buffer.Offset + Aligned(buffer.Length) <= other.Offset)
                    break;
                buffer.Offset = Math.Max(buffer.Offset, other.Offset + Aligned(other.Length));
            }

            placed.Add(buffer);
            total = Math.Max(total, buffer.Offset + Aligned(buffer.Length));
        }

        return total;
    }

    /// <summary>Whole cache lines of 64 bytes, so that two workers never write into the same one.</summary>
    public static long Aligned(long length) => checked(length + 15) / 16 * 16;
}
