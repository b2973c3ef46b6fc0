import { describe, expect, it } from "vitest";
import { FORMATS } from "@/lib/harness/formats/formats";
import { listGoldens, readFixture, spellOut } from "./golden";

// Each fixture's expected reading lies beside it; tests/fixtures/README.md says where each is from.
// SIPp's runs are several files each: sipp.test.ts.
describe.each(FORMATS.filter((format) => format !== "sipp"))(
  "a %s file reads as written down beside it",
  (format) => {
    it.each(listGoldens(format))("$name", async ({ name, expected }) => {
      expect(await spellOut(await readFixture(`${format}/${name}`, format))).toEqual(expected);
    });

    it.each(listGoldens(format))(
      "$name, its format found by itself",
      async ({ name, expected }) => {
        expect(await spellOut(await readFixture(`${format}/${name}`))).toEqual(expected);
      },
    );
  },
);
