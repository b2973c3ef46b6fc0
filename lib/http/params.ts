import { Refusal } from "@/lib/core/refusal";
import { idSchema, sha256Schema } from "@/lib/core/text";
import type { Context, Params } from "./operation";

/** What the path names. Postgres knows no NUL, so nothing is called by one. */
export async function paramsOf({ params }: Context): Promise<Params> {
  const named = (await params) ?? {};
  if (Object.values(named).some((value) => value.includes("\0"))) {
    throw new Refusal("not_found", "There is nothing of such a name.");
  }
  return named;
}

/** The run's id from the path: a client makes it, so it may be no UUID at all. */
export function runIdOf({ runId }: Readonly<Record<string, string>>): string {
  const parsed = idSchema.safeParse(runId);
  if (parsed.success) return parsed.data;
  throw new Refusal("invalid", "A run's id is a UUID (RFC 9562).", [
    { pointer: "/runId", code: "invalid_format", message: "Not a UUID." },
  ]);
}

/** A file's SHA-256 from the path; what cannot be one is nobody's. */
export function sha256Of({ sha256 }: Readonly<Record<string, string>>): string {
  const parsed = sha256Schema.safeParse(sha256);
  if (parsed.success) return parsed.data;
  throw new Refusal("not_found", "There is no such evidence.");
}

/** An agent's id from the path; what cannot be one is nobody's. */
export function agentIdOf({ agentId }: Readonly<Record<string, string>>): string {
  const parsed = idSchema.safeParse(agentId);
  if (parsed.success) return parsed.data;
  throw new Refusal("not_found", "There is no such agent.");
}
