import { grant, grantSite, type Permit } from "@/lib/auth/permit";
import type { Action, SiteAction } from "@/lib/auth/policy";
import { loadScope } from "@/lib/auth/scope";

// Whoever has a shell on this machine has its database too: the operator. The gate is passed all the
// same, so that the table says what the operator may do, and the audit trail who did it.

const operator = { kind: "operator" } as const;

export const mayOnSite = <A extends SiteAction>(action: A) => grantSite(operator, action);

export async function mayInEvent<A extends Action>(
  action: A,
  eventSlug: string,
): Promise<Permit<A>> {
  return grant(operator, action, await loadScope(eventSlug, undefined));
}
