import { Refusal } from "@/lib/core/refusal";
import { idSchema } from "@/lib/core/text";

/** The run's id from the path: a client makes it, so it may be no UUID at all. */
export function runIdOf({ runId }: Readonly<Record<string, string>>): string {
  const parsed = idSchema.safeParse(runId);
  if (parsed.success) return parsed.data;
  throw new Refusal("invalid", "A run's id is a UUID (RFC 9562).", [
    { pointer: "/runId", code: "invalid_format", message: "Not a UUID." },
  ]);
}
