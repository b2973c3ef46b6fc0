import * as z from "zod";
import { capabilitiesSchema, ENTRY_KINDS, endpointSchema } from "@/lib/entries/schema";
import { isTicked, lines, text, textOrNone } from "@/lib/http/fields";
import type { Fields } from "@/lib/http/form";

// What the forms about entries have in common: their fields as the router wants them.

/** The boxes `role` of value `track/role`: the roles under each track. */
export function playsIn(fields: Fields): Record<string, string[]> {
  const plays: Record<string, string[]> = {};
  for (const value of fields.getAll("role")) {
    const [track = "", role = ""] = value.split("/");
    plays[track] = [...(plays[track] ?? []), role];
  }
  return plays;
}

/** What is said of a build beside its label. */
export function buildDetailsIn(fields: Fields, within: string) {
  const commit = textOrNone(fields, `${within}.commit`);
  return {
    ...(commit === undefined ? {} : { commit }),
    note: text(fields, `${within}.note`),
    parts: lines(fields, `${within}.parts`).map(partOf),
  };
}

/** "FreeSWITCH = 1.10.10"; without a version, just the name. */
function partOf(line: string): { name: string; version: string } {
  const [name = "", ...version] = line.split("=");
  return { name: name.trim(), version: version.join("=").trim() };
}

const CAPABILITY = /^capability:([^:]*):(.*)$/s;

/** The lists `capability:ROLE:FEATURE`, and the line that names one feature more. */
export function capabilitiesIn(fields: Fields) {
  const told = [...fields].flatMap(([name, value]) => {
    const [, role, feature] = CAPABILITY.exec(name) ?? [];
    return role === undefined ? [] : [{ role, feature, value }];
  });
  const feature = text(fields, "feature");
  const more = { role: text(fields, "featureRole"), feature, value: text(fields, "featureValue") };
  const all = feature === "" ? told : [...told, { ...more, value: more.value || "yes" }];
  const said = all.filter(({ value }) => value !== "");
  return z.object({ lines: capabilitiesSchema }).parse({ lines: said }).lines;
}

export const endpointIn = (fields: Fields) =>
  z.object({ endpoint: endpointSchema }).parse({
    endpoint: {
      uri: text(fields, "endpoint.uri"),
      role: text(fields, "endpoint.role"),
      transport: text(fields, "endpoint.transport"),
      machine: text(fields, "endpoint.machine"),
      unattended: isTicked(fields, "endpoint.unattended"),
      note: text(fields, "endpoint.note"),
    },
  }).endpoint;

export const kindIn = (fields: Fields) =>
  z.object({ kind: z.enum(ENTRY_KINDS) }).parse({ kind: text(fields, "kind") }).kind;
