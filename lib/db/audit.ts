import type { Permit } from "@/lib/auth/permit";
import { personIdOf } from "@/lib/auth/permit";
import type { Action } from "@/lib/auth/policy";
import type { Prisma } from "./generated/client";

export type Entry = { subject?: string; detail?: Prisma.InputJsonObject };

/** The columns of an audit row: who did what, where. Rows are only ever added. */
export function auditOf({ actor, action, scope }: Permit<Action>, { subject, detail }: Entry) {
  return {
    eventId: scope.eventId,
    action,
    personId: personIdOf({ actor }),
    agentId: actor.kind === "agent" ? actor.agentId : null,
    subject: subject ?? null,
    detail: detail ?? {},
  };
}
