import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kindStored } from "@/lib/evidence/rules";
import { EVIDENCE_KINDS } from "@/lib/evidence/schema";
import { Sniffer } from "@/lib/protocols/files/kinds";

const bytes = (content: string | readonly number[]) =>
  typeof content === "string" ? new TextEncoder().encode(content) : Uint8Array.from(content);

function kindsOf(content: string | readonly number[] | Uint8Array) {
  const sniffer = new Sniffer();
  sniffer.add(content instanceof Uint8Array ? content : bytes(content));
  return sniffer.kinds;
}

const PCAP = [0xd4, 0xc3, 0xb2, 0xa1, ...Array.from({ length: 20 }, () => 0)];
const PCAPNG = [0x0a, 0x0d, 0x0d, 0x0a, 28, 0, 0, 0, 0x4d, 0x3c, 0x2b, 0x1a];
const PNG = [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52];
const KEYS = `# keys\nCLIENT_RANDOM ${"ab".repeat(32)} ${"cd".repeat(48)}\nSERVER_HANDSHAKE_TRAFFIC_SECRET ${"ab".repeat(32)} ${"cd".repeat(32)}\n`;

describe("what a file is, by its bytes", () => {
  it.each([
    ["a capture", PCAP, ["pcap"]],
    ["a newer capture", PCAPNG, ["pcapng"]],
    ["a picture", PNG, ["png"]],
    ["a SIP message", "INVITE sip:b@example.org SIP/2.0\r\nVia: x\r\n\r\n", ["sip", "log"]],
    ["a log with SIP in it", "12:00:01 recv: SIP/2.0 200 OK\n", ["sip", "log"]],
    ["a key log", KEYS, ["keylog", "log"]],
    ["a report", "<?xml version='1.0'?><testsuite/>", ["xml", "log"]],
    ["JSON", ' {"a": 1}', ["json", "log"]],
    ["a log", "all is well\n\u001b[31mnot quite\u001b[0m\n", ["log"]],
    ["a web page", "<!DOCTYPE html><script>alert(1)</script>", []],
    ["a program", [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0], []],
    ["an archive", [0x1f, 0x8b, 8, 0, 1, 2, 3, 4], []],
    ["a capture cut off", PCAP.slice(0, 8), []],
    ["nothing", "", []],
  ])("%s", (_, content, kinds) => {
    expect(kindsOf(content)).toEqual(kinds);
  });

  it("does not depend on how the bytes were cut into pieces", () => {
    const contents = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.constantFrom(PCAP, PCAPNG, PNG).map((content) => Uint8Array.from(content)),
      fc.string({ unit: "grapheme" }).map((text) => bytes(`SIP/2.0 200 OK\n${text}`)),
    );
    fc.assert(
      fc.property(contents, fc.integer({ min: 1, max: 40 }), (content, step) => {
        const sniffer = new Sniffer();
        for (let at = 0; at < content.length; at += step) {
          sniffer.add(content.subarray(at, at + step));
        }
        expect(sniffer.kinds).toEqual(kindsOf(content));
        expect(sniffer.kinds.every((kind) => EVIDENCE_KINDS.includes(kind))).toBe(true);
      }),
    );
  });

  it("makes a NUL anywhere in it no text", () => {
    expect(kindsOf(`${"x".repeat(200_000)}\u0000`)).toEqual([]);
  });

  it("decides what is stored: as declared, but for captures under each other's name", () => {
    expect(kindStored("log", ["sip", "log"])).toBe("log");
    expect(kindStored("pcap", ["pcapng"])).toBe("pcapng");
    expect(kindStored("pcap", ["log"])).toBe(null);
    expect(kindStored("png", [])).toBe(null);
  });
});
