import { inField } from "@/app/in-field";
import { type Fault, Refusal } from "@/lib/core/refusal";
import { isTicked, lines, text, textOrNone } from "@/lib/http/fields";
import type { Fields } from "@/lib/http/form";
import { type CatalogueTest, catalogueTestSchema } from "@/lib/tracks/schema";

// A test as the form of the plan writes it; components/plans/plan-text.ts prints what this reads.

/** The test that a form describes; what does not fit is told of its field. */
export function testIn(fields: Fields, key: string): CatalogueTest {
  const faults: Fault[] = [];
  const each = <T>(field: string, read: (line: string) => T | string): T[] =>
    lines(fields, `test.${field}`).flatMap((line, at) => {
      const told = read(line);
      if (typeof told !== "string") return [told];
      const message = `Line ${at + 1}: ${told}`;
      faults.push({ pointer: `/test.${field}`, code: "unfit", message });
      return [];
    });
  const aliases = each("aliases", aliasIn);
  const automation = textOrNone(fields, "test.automation");
  const said = {
    key,
    title: text(fields, "test.title"),
    kind: text(fields, "test.kind"),
    directional: isTicked(fields, "test.directional"),
    level: text(fields, "test.level"),
    measured: isTicked(fields, "test.measured"),
    aliases: aliases.map(({ alias }) => alias),
    aliasVariants: Object.fromEntries(
      aliases.flatMap(({ alias, variant }) => (variant ? [[alias, variant] as const] : [])),
    ),
    roles: rolesIn(fields),
    variants: Object.fromEntries(each("variants", variantIn)),
    purpose: text(fields, "test.purpose"),
    preconditions: lines(fields, "test.preconditions"),
    steps: each("steps", stepIn),
    expected: text(fields, "test.expected"),
    passCriteria: text(fields, "test.passCriteria"),
    failCriteria: text(fields, "test.failCriteria"),
    accepted: Object.fromEntries(each("accepted", acceptedIn)),
    measurements: each("measurements", measurementIn),
    references: each("references", (line) => referenceIn(line)),
    evidence: lines(fields, "test.evidence"),
    sources: lines(fields, "test.sources"),
    ...(automation === undefined ? {} : { automation }),
  };
  if (faults.length > 0) throw new Refusal("invalid", "Some lines could not be read.", faults);
  return inField("test", catalogueTestSchema, said);
}

/** The numbers `role.min.KEY` and `role.max.KEY`; a role with neither has no part in the test. */
function rolesIn(fields: Fields) {
  return [...fields.keys()].flatMap((name) => {
    if (!name.startsWith("role.max.")) return [];
    const key = name.slice("role.max.".length);
    const [min, max] = [Number(fields.get(`role.min.${key}`) ?? 0), Number(fields.get(name) ?? 0)];
    return max === 0 && min === 0 ? [] : [{ key, min, max }];
  });
}

const PAIR = /^([^:]+):(.*)$/s;
const split = (line: string, by: string) => line.split(by).map((part) => part.trim());
const listed = (told: string) => split(told, ",").filter((part) => part !== "");

function stepIn(line: string) {
  const [, phase = "", what = ""] = PAIR.exec(line) ?? [];
  const known = ["configure", "stimulus", "verify", "check"].find((one) => one === phase.trim());
  return known && what.trim() !== ""
    ? { phase: known, text: what.trim() }
    : "begin with configure:, stimulus:, verify: or check:, then say what is done.";
}

function variantIn(line: string): [string, string[]] | string {
  const [, name = "", values = ""] = PAIR.exec(line) ?? [];
  const told = listed(values);
  return told.length > 0 ? [name.trim(), told] : "write it as transport: udp, tcp";
}

function acceptedIn(line: string): [string, { codes: string[]; note?: string }] | string {
  const [, profile = "", answers] = PAIR.exec(line) ?? [];
  if (answers === undefined) return "write it as rfc: 437, 438 | and a note";
  const [codes = "", ...note] = split(answers, "|");
  const words = note.join(" | ");
  return [profile.trim(), { codes: listed(codes), ...(words === "" ? {} : { note: words }) }];
}

const referenceIn = (line: string) =>
  line.startsWith("?")
    ? { cite: line.slice(1).trim(), verified: false }
    : { cite: line, verified: true };

function measurementIn(line: string) {
  const [id, name, unit, how, vantage, reference, ...more] = split(line, "|");
  if (vantage === undefined || more.length > 0) {
    return "write it as id | name | unit | how | where it is taken, and a reference if there is one";
  }
  const told = { id, name, unit, how, vantage };
  return reference === undefined ? told : { ...told, reference: referenceIn(reference) };
}

function aliasIn(line: string): { alias: string; variant: Record<string, string> | null } | string {
  const at = line.lastIndexOf(" => ");
  if (at < 0) return { alias: line, variant: null };
  const pairs = listed(line.slice(at + 4)).map((pair) => PAIR.exec(pair));
  if (pairs.includes(null)) return "write it as name => transport: udp";
  const variant = pairs.map((pair) => [pair?.[1]?.trim() ?? "", pair?.[2]?.trim() ?? ""] as const);
  return { alias: line.slice(0, at).trim(), variant: Object.fromEntries(variant) };
}
