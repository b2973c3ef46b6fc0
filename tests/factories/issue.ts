import { randomUUID } from "node:crypto";
import { db } from "@/lib/db/client";
import { callAs } from "./caller";
import type { MadeEvent } from "./event";
import { item, push } from "./push";

type Said = {
  id: string;
  title: string;
  body: string;
  kind: "bug" | "wording" | "configuration";
  severity: "blocker" | "major" | "minor" | "trivial";
  target: string;
  track: string;
  cell: string;
  foundBy: string;
};

/** What somebody says who raises an issue of the track `calls`. */
export const issueOf = (over: Partial<Said> = {}) => ({
  id: randomUUID(),
  title: "The Date is not looked at",
  body: "It passes.",
  kind: "bug" as const,
  track: "calls",
  ...over,
});

/** An issue raised by the same door as the pages; its number. */
export async function raised(
  { slug }: Pick<MadeEvent, "slug">,
  personId: string,
  over: Partial<Said> = {},
): Promise<number> {
  const caller = await callAs(personId);
  const { number } = await caller.issues.raise({ eventSlug: slug, issue: issueOf(over) });
  return number;
}

/** A cell with a failed result between two entries, from a neutral agent; its id. */
export async function failedCell(event: MadeEvent, uac = "alpha", uas = "beta"): Promise<string> {
  const parties = [
    { role: "uac", entry: uac, build: "1.0" },
    { role: "uas", entry: uas, build: "1.0" },
  ];
  const failed = item({ parties, outcome: "fail", message: "No answer\n=cmd|x" });
  await push(event, await event.tokenOf(null), [failed]);
  const cells = await db.cell.findMany({ where: { eventId: event.eventId } });
  const ids: Record<string, string | undefined> = {
    uac: event.entryIds[uac],
    uas: event.entryIds[uas],
  };
  const cell = cells.find(({ parties: of }) =>
    (of as { role: string; entry: string }[]).every(({ role, entry }) => ids[role] === entry),
  );
  if (!cell) throw new Error("no cell");
  return cell.id;
}
