using System.Buffers.Binary;
using System.Numerics;

namespace ModelGen.Formats;

/// <summary>CRC-32C (Castagnoli, RFC 3720), which processors compute by an instruction: several gigabytes a second.</summary>
internal static class Crc32C
{
    /// <summary>Continues a checksum.</summary>
    /// <param name="crc">The checksum of what came before; 0 at the start.</param>
    /// <param name="data">The bytes that follow.</param>
    public static uint Append(uint crc, ReadOnlySpan<byte> data)
    {
        crc = ~crc;
        for (; data.Length >= sizeof(ulong); data = data[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
        foreach (var value in data)
            crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }
}
