import fc from "fast-check";
import * as z from "zod";
import type { ApiDocument, JsonSchema } from "@/lib/documents/schema";

/** Known names, so that what is generated now and then means something. */
const MEANT: Record<string, readonly unknown[]> = {
  track: ["calls"],
  role: ["uac", "uas", "proxy"],
  entry: ["alpha", "beta"],
  build: ["1.0"],
  test: ["C-1", "C-2", "c-1"],
  variant: [{}],
};
const MOST = 3;

/** Values that a schema of the API's document describes. */
export function arbitraryOf(schema: JsonSchema, name = ""): fc.Arbitrary<unknown> {
  const meant = MEANT[name];
  const free = freeOf(schema);
  return meant
    ? fc.oneof({ arbitrary: fc.constantFrom(...meant), weight: 4 }, { arbitrary: free, weight: 1 })
    : free;
}

function freeOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches) return fc.oneof(...branches.map((branch) => arbitraryOf(branch)));
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  return fc.oneof(...types.map((type) => byType(type, schema)));
}

function byType(type: string | undefined, schema: JsonSchema): fc.Arbitrary<unknown> {
  if (type === "object") return objectOf(schema);
  if (type === "string") return textOf(schema);
  if (type === "boolean") return fc.boolean();
  if (type === "null") return fc.constant(null);
  if (type === "integer" || type === "number") return numberOf(type, schema);
  if (type !== "array") return fc.jsonValue({ maxDepth: 2 });
  const minLength = schema.minItems ?? 0;
  const maxLength = Math.max(minLength, Math.min(schema.maxItems ?? MOST, MOST));
  return fc.array(arbitraryOf(schema.items ?? {}), { minLength, maxLength });
}

function numberOf(
  type: "integer" | "number",
  { minimum: min = -1e9, maximum: max = 1e12 }: JsonSchema,
) {
  return type === "integer"
    ? fc.integer({ min: Math.ceil(min), max: Math.min(Math.floor(max), 2_000_000_000) })
    : fc.double({ min, max, noNaN: true, noDefaultInfinity: true });
}

const TEXT = 40;

function textOf({ format, pattern, minLength = 0, maxLength }: JsonSchema) {
  if (format === "uuid") return fc.uuid();
  if (format === "date-time") {
    const range = { min: new Date("2026-11-01"), max: new Date("2026-11-22"), noInvalidDate: true };
    return fc.date(range).map((date) => date.toISOString());
  }
  if (pattern !== undefined) {
    const texts = fc.stringMatching(new RegExp(pattern));
    return maxLength === undefined ? texts : texts.filter(({ length }) => length <= maxLength);
  }
  return fc.string({ minLength, maxLength: Math.min(maxLength ?? TEXT, minLength + TEXT) });
}

function objectOf({ properties = {}, required = [], additionalProperties }: JsonSchema) {
  if (typeof additionalProperties === "object") {
    return fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), arbitraryOf(additionalProperties), {
      maxKeys: MOST,
    });
  }
  const fields: Record<string, fc.Arbitrary<unknown>> = {};
  for (const [key, field] of Object.entries(properties)) fields[key] = arbitraryOf(field, key);
  return fc.record(fields, { requiredKeys: required });
}

/** What the schema does not describe: one thing too much, one missing, one of another kind. */
export function spoiled(schema: JsonSchema): fc.Arbitrary<unknown> {
  const required = schema.required ?? [];
  const keys = Object.keys(schema.properties ?? {});
  return fc
    .tuple(objectOf(schema), fc.constantFrom("more", "less", "other"), fc.nat(), fc.nat())
    .map(([value, how, at, odd]) => {
      const object = value as Record<string, unknown>;
      const of = (names: readonly string[]) => names[at % names.length] ?? "";
      if (how === "more" || required.length === 0) return { ...object, "no such field": odd };
      if (how === "less") {
        const { [of(required)]: _, ...rest } = object;
        return rest;
      }
      return { ...object, [of(keys)]: { no: { such: odd } } };
    });
}

/** Readers of what the schemas of a document describe, each made once. */
export function parsersOf({ components }: ApiDocument): (schema: JsonSchema) => z.ZodType {
  /** References in their place, for the reader of JSON Schema that Zod has. */
  const whole = (schema: JsonSchema): JsonSchema =>
    JSON.parse(
      JSON.stringify(schema, (key, value: unknown) => {
        // Zod reads a pattern without the flag that \p needs, and so reads another one.
        if (key === "pattern" && String(value).includes("\\p{")) return undefined;
        const ref = (value as JsonSchema | null)?.$ref;
        return ref === undefined ? value : components.schemas[ref.split("/").at(-1) ?? ""];
      }),
    ) as JsonSchema;
  const parsers = new Map<JsonSchema, z.ZodType>();
  return (schema) => {
    const known = parsers.get(schema);
    if (known) return known;
    const made = z.fromJSONSchema(whole(schema) as Parameters<typeof z.fromJSONSchema>[0]);
    parsers.set(schema, made);
    return made;
  };
}
