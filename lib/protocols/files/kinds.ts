// What a file is, by its bytes and never by its name. A text may be several things at once: a log
// with SIP messages in it is a log and a SIP trace.

export type FileKind = "pcap" | "pcapng" | "sip" | "log" | "keylog" | "png" | "json" | "xml";

/** How much of the beginning decides. */
export const HEAD_BYTES = 65_536;

const PCAP = ["a1b2c3d4", "d4c3b2a1", "a1b23c4d", "4d3cb2a1"];
const PCAPNG = "0a0d0d0a";
const BYTE_ORDERS = ["1a2b3c4d", "4d3c2b1a"];
const PNG = "89504e470d0a1a0a";

/** More control characters than this, one in so many, and it is no text. */
const ODD_ONE_IN = 100;

const isOdd = (byte: number) =>
  byte === 127 || (byte < 32 && !(byte >= 8 && byte <= 13) && byte !== 27);

/** Looks at bytes as they come; `kinds` tells what they are once all were seen. */
export class Sniffer {
  readonly #head: Uint8Array[] = [];
  #headBytes = 0;
  #bytes = 0;
  #odd = 0;
  #hasNul = false;

  add(chunk: Uint8Array) {
    this.#bytes += chunk.length;
    if (this.#headBytes < HEAD_BYTES) {
      const part = chunk.slice(0, HEAD_BYTES - this.#headBytes);
      this.#head.push(part);
      this.#headBytes += part.length;
    }
    for (const byte of chunk) {
      if (byte === 0) this.#hasNul = true;
      if (isOdd(byte)) this.#odd += 1;
    }
  }

  /** The likeliest first; empty for what is none of them. */
  get kinds(): FileKind[] {
    const head = joined(this.#head, this.#headBytes);
    const binary = binaryKind(head);
    if (binary) return [binary];
    const isText = this.#bytes > 0 && !this.#hasNul && this.#odd * ODD_ONE_IN <= this.#bytes;
    return isText ? textKinds(new TextDecoder().decode(head)) : [];
  }
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const hex = (bytes: Uint8Array, from: number, to: number) =>
  [...bytes.subarray(from, to)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

function binaryKind(head: Uint8Array): FileKind | undefined {
  const first = hex(head, 0, 4);
  if (PCAP.includes(first) && head.length >= 24) return "pcap";
  if (first === PCAPNG && BYTE_ORDERS.includes(hex(head, 8, 12))) return "pcapng";
  if (hex(head, 0, 8) === PNG && hex(head, 12, 16) === "49484452") return "png";
  return undefined;
}

const SIP_LINE = /\b[A-Z]{3,12} (?:sips?|tel):\S{1,2000} SIP\/2\.0\b|\bSIP\/2\.0 [1-6]\d\d /;
const KEY_LINE = /^[A-Z][A-Z0-9_]{2,40} [0-9a-fA-F]{16,64} [0-9a-fA-F]{32,256}$/;
const PAGE = /^<(?:!doctype html|html)\b/i;

function textKinds(head: string): FileKind[] {
  const text = head.replace(/^\ufeff/, "").trimStart();
  if (PAGE.test(text)) return [];
  const kinds: FileKind[] = [];
  if (isKeyLog(text)) kinds.push("keylog");
  if (/^[[{]/.test(text)) kinds.push("json");
  if (/^<(?:\?xml\b|!--|!DOCTYPE\b|[A-Za-z_])/.test(text)) kinds.push("xml");
  if (SIP_LINE.test(text)) kinds.push("sip");
  return [...kinds, "log"];
}

/** NSS' key log format: comments, and lines of label, client random and secret. */
function isKeyLog(text: string): boolean {
  const whole = text.length < HEAD_BYTES - 4 ? text : text.slice(0, text.lastIndexOf("\n"));
  const lines = whole
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "" && !line.startsWith("#"));
  return lines.length > 0 && lines.every((line) => KEY_LINE.test(line));
}
