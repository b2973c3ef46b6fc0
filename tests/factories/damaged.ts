import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { FORMATS } from "@/lib/harness/formats/formats";

const isWhole = (name: string) =>
  /\.(xml|tap|json|csv|log|txt)$/.test(name) && !/expected\.json$/.test(name);

/** Every file of tests/fixtures that a reader takes; from the root of the project. */
const listSamples = (): Buffer[] =>
  FORMATS.flatMap((format) => {
    const at = path.join("tests/fixtures", format);
    return readdirSync(at, { recursive: true, encoding: "utf8" })
      .filter(isWhole)
      .map((name) => readFileSync(path.join(at, name)));
  });

/** A real file with a piece cut out, doubled many times, or overwritten by noise. */
export const damagedFiles = (): fc.Arbitrary<Buffer> =>
  fc
    .record({
      sample: fc.constantFrom(...listSamples()),
      from: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat(200),
      noise: fc.uint8Array({ maxLength: 40 }),
      times: fc.constantFrom(0, 0, 1, 50),
    })
    .map(({ sample, from, length, noise, times }) => {
      const at = Math.floor(from * sample.length);
      const piece = sample.subarray(at, at + length);
      const again = Array.from({ length: times }, () => piece);
      return Buffer.concat([sample.subarray(0, at), noise, ...again, sample.subarray(at + length)]);
    });
