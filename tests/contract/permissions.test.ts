import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { type Actor, grant, grantSite, type Scope } from "@/lib/auth/permit";
import {
  ACTIONS,
  policy,
  ROLES,
  type Role,
  type Rule,
  SITE_ACTIONS,
  sitePolicy,
} from "@/lib/auth/policy";
import { Refusal } from "@/lib/core/refusal";
import { PHASES, type Phase } from "@/lib/events/schema";

const ruleOf = (action: (typeof ACTIONS)[number]): Rule => policy[action];
const mark = (is: boolean) => (is ? "✓" : "·");

/** docs/permissions.md, from the table alone. `npx vitest run --project unit -u` writes it. */
function document(): string {
  const rows = ACTIONS.map((action) => {
    const { roles, phases } = ruleOf(action);
    const when = phases.length === PHASES.length ? "always" : phases.join(", ");
    return `| \`${action}\` | ${ROLES.map((role) => mark(roles.includes(role))).join(" | ")} | ${when} |`;
  });
  const site = SITE_ACTIONS.map(
    (action) => `| \`${action}\` | ${sitePolicy[action].roles.join(", ")} |`,
  );
  return `# Who may do what

Generated from \`lib/auth/policy.ts\` by \`tests/contract/permissions.test.ts\`, which also tries every action as every role in every
phase. A person holds several roles at once. *visitor* is everybody; *audience* is everybody while the event is open, which means that its organizer
shows results live or that it is published. A draft is seen by its organizers and leads only. In a restricted track everybody but its leads and the
organizers sees the cells of their own entries only.

What one may not see is answered with 404; what one sees but may not do with 403, or 401 before signing in; the wrong phase with 409.

| action | ${ROLES.join(" | ")} | phases |
|---|${ROLES.map(() => "---|").join("")}---|
${rows.join("\n")}

Outside of any event:

| action | who |
|---|---|
${site.join("\n")}
`;
}

const EVENT = "event-1";
const person = (over: Partial<Extract<Actor, { kind: "person" }>> = {}): Actor => ({
  kind: "person",
  personId: "p",
  zone: null,
  organizerOf: new Set(),
  leadOf: new Map(),
  memberOf: new Map(),
  ...over,
});

/** Somebody who is just this to the event, and something else to another one. */
const actors: Record<Exclude<Role, "audience">, Actor> = {
  visitor: { kind: "visitor" },
  person: person({
    organizerOf: new Set(["event-2"]),
    leadOf: new Map([["t", "event-2"]]),
    memberOf: new Map([["e", "event-2"]]),
  }),
  participant: person({ memberOf: new Map([["e", EVENT]]) }),
  lead: person({ leadOf: new Map([["t", EVENT]]) }),
  organizer: person({ organizerOf: new Set([EVENT]) }),
  agent: { kind: "agent", agentId: "a", eventId: EVENT, entryId: "e" },
};
const holds: Record<Role, readonly Role[]> = {
  visitor: ["visitor"],
  audience: ["visitor", "audience"],
  person: ["visitor", "person"],
  participant: ["visitor", "person", "participant"],
  lead: ["visitor", "person", "lead"],
  organizer: ["visitor", "person", "organizer"],
  agent: ["visitor", "agent"],
};

function answer(actor: Actor, action: (typeof ACTIONS)[number], scope: Scope): string {
  try {
    grant(actor, action, scope);
    return "granted";
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

function expected(role: Role, action: (typeof ACTIONS)[number], phase: Phase): string {
  const { roles, phases } = ruleOf(action);
  const sees = phase !== "draft" || ["lead", "organizer", "agent"].includes(role);
  if (!sees) return "not_found";
  if (!holds[role].some((held) => roles.includes(held))) {
    return role === "visitor" || role === "audience" ? "unauthenticated" : "forbidden";
  }
  return phases.includes(phase) ? "granted" : "wrong_phase";
}

describe("the table of permissions", () => {
  it("is what docs/permissions.md says", async () => {
    await expect(document()).toMatchFileSnapshot("../../docs/permissions.md");
  });

  it.each(ROLES.flatMap((role) => PHASES.map((phase) => [role, phase] as const)))(
    "holds for a %s in %s, action by action",
    (role, phase) => {
      const scope: Scope = { eventId: EVENT, eventSlug: "x", phase, isOpen: role === "audience" };
      const actor = actors[role === "audience" ? "visitor" : role];
      const answers = ACTIONS.map((action) => [action, answer(actor, action, scope)]);
      expect(answers).toEqual(ACTIONS.map((action) => [action, expected(role, action, phase)]));
    },
  );

  it("makes a lead of one track no lead of another", () => {
    const scope: Scope = {
      eventId: EVENT,
      eventSlug: "x",
      phase: "testing",
      isOpen: false,
      trackId: "other",
    };
    expect(answer(actors.lead, "matrix.view", scope)).toBe("forbidden");
  });

  it("lets nobody but the operator make events", () => {
    expect(() => grantSite(actors.organizer, "event.create")).toThrow(Refusal);
    expect(() => grantSite({ kind: "operator" }, "event.create")).not.toThrow();
  });

  it("has no action that no door uses", () => {
    const doors = ["lib", "app"]
      .flatMap((folder) => sourcesIn(folder))
      .map((file) => readFileSync(file, "utf8"));
    const isUsed = (action: string) =>
      doors.some((text) =>
        new RegExp(
          `(procedure|reader|mayInEvent|mayOnSite|siteProcedure|grant)\\((operator, )?\\s*"${action}"|action: "${action}"`,
        ).test(text),
      );
    expect([...ACTIONS, ...SITE_ACTIONS].filter((action) => !isUsed(action))).toEqual([]);
  });
});

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes("generated"))
    .map((name) => path.join(folder, name));
}
