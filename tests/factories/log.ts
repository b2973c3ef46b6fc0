import { randomUUID } from "node:crypto";
import type { Logged, Outcome } from "@/lib/results/schema";
import { callAs, makeMember } from "./caller";
import type { MadeEvent } from "./event";

type Word = {
  id: string;
  test: string;
  variant?: Record<string, string>;
  parties: { role: string; entry: string; build?: string }[];
  outcome: Outcome;
  unsupportedBy?: string[];
  note?: string;
  as?: string;
  startedAt?: string;
};

/** What a person says of test C-1 between alpha (uac) and beta (uas): pass, just now. */
export const word = (over: Partial<Word> = {}): Word => ({
  id: randomUUID(),
  test: "C-1",
  parties: [
    { role: "uac", entry: "alpha" },
    { role: "uas", entry: "beta" },
  ],
  outcome: "pass",
  ...over,
});

/** A result that a person has logged, by the same door as the pages. */
export async function logged(
  event: Pick<MadeEvent, "slug">,
  personId: string,
  over: Partial<Word> = {},
): Promise<Logged> {
  const caller = await callAs(personId);
  return caller.results.log({ eventSlug: event.slug, trackSlug: "calls", result: word(over) });
}

/** Members of alpha and of beta, with the router as each of them calls it. */
export async function makeBoth(event: MadeEvent) {
  const ann = await makeMember(event.entryIds.alpha ?? "");
  const bob = await makeMember(event.entryIds.beta ?? "");
  return { ann: { id: ann, me: await callAs(ann) }, bob: { id: bob, me: await callAs(bob) } };
}
