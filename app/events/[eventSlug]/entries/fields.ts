import { lines, text, textOrNone } from "@/lib/http/fields";
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
