import { describe, expect, it } from "vitest";
import { testIn } from "@/app/events/[eventSlug]/tracks/[trackSlug]/plan/fields";
import {
  acceptedText,
  aliasesText,
  measurementsText,
  referencesText,
  stepsText,
  variantsText,
} from "@/components/plans/plan-text";
import { Refusal } from "@/lib/core/refusal";
import type { CatalogueTest } from "@/lib/tracks/schema";
import { makeTest } from "@/tests/factories/event";
import { tracks } from "@/tests/unit/seed/files";

/** The fields as the form shows them, and as a browser sends them back. */
function fieldsOf(test: CatalogueTest): URLSearchParams {
  const fields = new URLSearchParams({
    "test.title": test.title,
    "test.kind": test.kind,
    "test.level": test.level,
    "test.purpose": test.purpose,
    "test.preconditions": test.preconditions.join("\n"),
    "test.steps": stepsText(test),
    "test.expected": test.expected,
    "test.passCriteria": test.passCriteria,
    "test.failCriteria": test.failCriteria,
    "test.variants": variantsText(test),
    "test.accepted": acceptedText(test),
    "test.measurements": measurementsText(test),
    "test.references": referencesText(test),
    "test.aliases": aliasesText(test),
    "test.evidence": test.evidence.join("\n"),
    "test.sources": test.sources.join("\n"),
    "test.automation": test.automation ?? "",
  });
  if (test.directional) fields.set("test.directional", "yes");
  if (test.measured) fields.set("test.measured", "yes");
  for (const { key, min, max } of test.roles) {
    fields.set(`role.min.${key}`, String(min));
    fields.set(`role.max.${key}`, String(max));
  }
  return fields;
}

const cases = tracks.flatMap(({ tests }) => tests.map((test) => [test.key, test] as const));

describe("the form of a test", () => {
  it.each(cases)("sends %s back as it is", (key, test) => {
    expect(testIn(fieldsOf(test), key)).toEqual(test);
  });

  it("says which line it could not read", () => {
    const fields = fieldsOf(makeTest("C-1"));
    fields.set("test.steps", "stimulus: Call.\nlook around");
    fields.set("test.variants", "transport");
    fields.set("test.measurements", "one | two");
    const faults = () => {
      try {
        testIn(fields, "C-1");
        return [];
      } catch (error) {
        return error instanceof Refusal ? error.faults : [];
      }
    };
    expect(faults().map(({ pointer, message }) => [pointer, message.slice(0, 24)])).toEqual([
      ["/test.variants", "Line 1: write it as tran"],
      ["/test.steps", "Line 2: begin with confi"],
      ["/test.measurements", "Line 1: write it as id |"],
    ]);
  });
});
