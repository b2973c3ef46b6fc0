import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  fillings,
  meantBy,
  parseTemplate,
  sayFilling,
  type Template,
} from "@/lib/harness/template";

const templateOf = (source: string): Template => {
  const template = parseTemplate(source);
  if (typeof template === "string") throw new Error(template);
  return template;
};
const read = (source: string, name: string) => fillings(templateOf(source), name);

describe("a template", () => {
  it.each([
    ["{as}-to-{vs}", "opensips-to-kamailio", [["opensips", "kamailio"]]],
    ["{as}-to-{vs}", "opensips@3.6.1-to-kamailio@6.1", [["opensips@3.6.1", "kamailio@6.1"]]],
    ["{as}-to-{vs}", "opensips-kamailio", []],
    ["{as}-to-{vs}", "-to-kamailio", []],
    ["{as}-to-{vs}", "Open SIPS-to-kamailio", []],
    ["{test}.{variant.alg}.xml", "SS-01.ES256.xml", [["SS-01", "ES256"]]],
    ["{test}: {variant.packet time}", "MT-3: 20 ms", [["MT-3", "20 ms"]]],
    ["run {{{test}}}", "run {SS-01}", [["SS-01"]]],
    ["only this", "only this", [[]]],
    ["only this", "only that", []],
    [
      "{as}-{vs}",
      "a-b-c",
      [
        ["a", "b-c"],
        ["a-b", "c"],
      ],
    ],
  ])("%s reads %s", (source, name, found) => {
    expect(read(source, name)).toEqual(found);
  });

  it.each([
    ["{as}{vs}", "Put a text between them"],
    ["{as} and {as}", "stands twice"],
    ["{AS}", "no placeholder"],
    ["{variant.}", "no placeholder"],
    ["{}", "no placeholder"],
    ["{as", "written twice"],
    ["as}", "written twice"],
    ["{a} {b} {c} {d} {e} {f} {g} {h} {i}", "At most 8"],
  ])("%s is refused with what to do", (source, advice) => {
    expect(parseTemplate(source)).toContain(advice);
  });

  it("means parties, a variant and a test", () => {
    const template = templateOf("{test}_{as}_{vs}_{variant.alg}");
    const [filling = []] = fillings(template, "SS-01_opensips@3.6_kamailio_ES256");
    expect(meantBy(template, filling)).toEqual({
      test: "SS-01",
      variant: { alg: "ES256" },
      parties: [
        { role: "as", entry: "opensips", build: "3.6" },
        { role: "vs", entry: "kamailio" },
      ],
    });
    expect(sayFilling(template, filling)).toBe(
      "test=SS-01, as=opensips@3.6, vs=kamailio, variant.alg=ES256",
    );
  });

  it("finds what trying every place finds, and never more than two ways", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "-", "b"), maxLength: 3 });
    fc.assert(
      fc.property(
        text,
        fc.array(
          text.filter((between) => between !== ""),
          { maxLength: 3 },
        ),
        text,
        fc.string({ unit: fc.constantFrom("a", "-", "b"), maxLength: 12 }),
        (before, between, after, name) => {
          const texts = [before, ...between, after];
          const holes = texts.slice(1).map((_, at) => `{variant.${at}}`);
          const source = texts.flatMap((one, at) => [one, holes[at] ?? ""]).join("");
          const all = tryAll(texts, name);
          const found = read(source, name);
          expect(found).toHaveLength(Math.min(2, all.length));
          for (const filling of found) expect(all).toContainEqual(filling);
        },
      ),
    );
  });

  it("is done at once with a name that fits in as many ways as can be", () => {
    const source = "{variant.a}a{variant.b}a{variant.c}a{variant.d}a{variant.e}a{variant.f}";
    expect(read(source, "a".repeat(255))).toHaveLength(2);
    expect(read(`${source}b`, `${"a".repeat(253)}c`)).toEqual([]);
    expect(read(source, "a".repeat(256))).toEqual([]);
  });
});

/** Every way to cut a name so that the texts stand around something. */
function tryAll([first = "", ...rest]: readonly string[], name: string): string[][] {
  if (!name.startsWith(first)) return [];
  const left = name.slice(first.length);
  if (rest.length === 0) return left === "" ? [[]] : [];
  return Array.from(left, (_, at) => at + 1).flatMap((end) =>
    tryAll(rest, left.slice(end)).map((more) => [left.slice(0, end), ...more]),
  );
}
