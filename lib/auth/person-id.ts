import type { SitePermit } from "./permit";
import type { SiteAction } from "./policy";

/** Whose own things a permit is about: only people have an account. */
export function requirePersonId({ actor, action }: SitePermit<SiteAction>): string {
  if (actor.kind !== "person") throw new Error(`${action} was granted to ${actor.kind}`);
  return actor.personId;
}
