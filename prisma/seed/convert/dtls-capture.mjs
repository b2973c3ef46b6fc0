// What a capture of one DTLS 1.2 exchange shows without any key: RFC 6347 section 4.1 and 4.2.2.
import { udpPackets } from "./pcapng.mjs";

const HANDSHAKE = 22;
const CLIENT_HELLO = 1;

function records(packet) {
  const found = [];
  for (let at = 0; at + 13 <= packet.data.length; ) {
    const length = packet.data.readUInt16BE(at + 11);
    const epoch = packet.data.readUInt16BE(at + 3);
    found.push({
      at: packet.at,
      from: packet.from,
      type: packet.data[at],
      epoch,
      body: packet.data.subarray(at + 13, at + 13 + length),
    });
    at += 13 + length;
  }
  return found;
}

/** Several handshake messages may share a record. */
function messages(record) {
  const found = [];
  for (let at = 0; at + 12 <= record.body.length; at += 12 + record.body.readUIntBE(at + 9, 3)) {
    const seq = record.body.readUInt16BE(at + 4);
    const offset = record.body.readUIntBE(at + 6, 3);
    found.push({ at: record.at, from: record.from, type: record.body[at], seq, offset });
  }
  return found;
}

/**
 * { startedAtNs, handshakeMs, repeats, sent: { client: [type], server: [type] }, finished: [who] }:
 * first ClientHello to last encrypted handshake record; repeats are messages sent more than once.
 */
export function readHandshake(bytes, serverPort) {
  const all = udpPackets(bytes)
    .flatMap(records)
    .filter((record) => record.type === HANDSHAKE);
  const clear = all.filter((record) => record.epoch === 0).flatMap(messages);
  const sealed = all.filter((record) => record.epoch > 0);
  const hello = clear.find((message) => message.type === CLIENT_HELLO);
  const who = (one) => (one.from === serverPort ? "server" : "client");
  const names = clear.map((one) => `${who(one)} ${one.type} ${one.seq} ${one.offset}`);
  return {
    startedAtNs: hello.at,
    handshakeMs: Math.round((sealed.at(-1).at - hello.at) / 1e3) / 1e3,
    repeats: names.length - new Set(names).size,
    sent: {
      client: clear.filter((one) => who(one) === "client").map((one) => one.type),
      server: clear.filter((one) => who(one) === "server").map((one) => one.type),
    },
    finished: [...new Set(sealed.map(who))].sort(),
  };
}
