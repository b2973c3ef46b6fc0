import { describe, expect, it } from "vitest";
import { guessTest, guessVariant } from "@/lib/mappings/rules";

const NAMES = [
  ["DTLS-05", "DTLS-05"],
  ["DTLS-15", "DTLS-15"],
  ["handshake with client certificate", "DTLS-15"],
] as const;

describe("the test that a raw name most likely stands for", () => {
  it.each([
    ["dtls05", "DTLS-05"],
    ["suite › DTLS-15 (tcp)", "DTLS-15"],
    ["Handshake with a client certificate", "DTLS-15"],
  ])("%s is %s", (raw, key) => expect(guessTest(raw, NAMES)).toBe(key));

  it("is none where the plan is empty", () => expect(guessTest("x", [])).toBeNull());
});

describe("the variant that a raw name holds", () => {
  const variants = { algorithm: ["SHA-512", "SHA-512-256"], transport: ["udp", "tcp"] };
  it("is the longest value of each, or none at all", () => {
    expect(guessVariant("register sha-512-256 over TCP", variants)).toEqual({
      algorithm: "SHA-512-256",
      transport: "tcp",
    });
    expect(guessVariant("register over tcp", variants)).toEqual({});
    expect(guessVariant("anything", {})).toEqual({});
  });
});
