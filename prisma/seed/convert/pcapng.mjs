// A reader for the captures among the samples: pcapng, Ethernet, IPv4, UDP, as tshark writes them on
// the loopback interface. Times are nanoseconds since 1970 (if_tsresol 9 in all of them).

const ENHANCED_PACKET = 6;
const ETHERNET = 14;

/** [{ at: ns, from: port, to: port, data }] */
export function udpPackets(bytes) {
  const packets = [];
  for (let at = 0; at + 12 <= bytes.length; at += bytes.readUInt32LE(at + 4)) {
    if (bytes.readUInt32LE(at) !== ENHANCED_PACKET) continue;
    const time = (BigInt(bytes.readUInt32LE(at + 12)) << 32n) | BigInt(bytes.readUInt32LE(at + 16));
    const frame = bytes.subarray(at + 28, at + 28 + bytes.readUInt32LE(at + 20));
    const udp = ETHERNET + (frame[ETHERNET] & 15) * 4;
    packets.push({
      at: Number(time),
      from: frame.readUInt16BE(udp),
      to: frame.readUInt16BE(udp + 2),
      data: frame.subarray(udp + 8, udp + frame.readUInt16BE(udp + 4)),
    });
  }
  return packets;
}
