import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linesIn } from "@/lib/harness/formats/source";

async function linesOf(chunks: readonly Uint8Array[], longest = 1000) {
  async function* bytes() {
    yield* chunks;
  }
  const lines: string[] = [];
  for await (const line of linesIn(bytes(), longest)) lines.push(line);
  return lines;
}
const encoded = (text: string) => new TextEncoder().encode(text);

describe("the lines of a stream", () => {
  it("are those of the whole text, wherever it is cut into chunks", async () => {
    const unit = fc.constantFrom("a", "é", "🎺", "\n", "\r\n", " ");
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit, maxLength: 40 }),
        fc.array(fc.nat(100), { maxLength: 8 }),
        async (text, cuts) => {
          const whole = encoded(text);
          const ends = [...cuts.map((cut) => Math.min(cut, whole.length)), whole.length].sort(
            (a, b) => a - b,
          );
          const chunks = ends.map((end, at) => whole.subarray(ends[at - 1] ?? 0, end));
          expect(await linesOf(chunks)).toEqual(text.split(/\r?\n/));
        },
      ),
    );
  });

  it("a longer one is handed out cut, once, and the next one whole", async () => {
    const chunks = ["ab", "cdefgh", "ijk", "l\nnext\n", "123456789\nlast"].map(encoded);
    expect(await linesOf(chunks, 5)).toEqual(["abcde", "next", "12345", "last"]);
  });
});
