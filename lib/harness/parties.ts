import { partySchema } from "@/lib/results/schema";
import { EXIT, Failure } from "./failure";
import type { Party } from "./formats/draft";
import { partyOf } from "./formats/in-band";

/** `--party as=opensips@3.6.1`: role, entry, and perhaps a build. */
export function parseParty(flag: string): Party {
  const [, role, value] = /^([^=]+)=(.+)$/.exec(flag) ?? [];
  const parsed =
    role === undefined || value === undefined
      ? undefined
      : partySchema.safeParse(partyOf(role, value));
  if (parsed?.success) return parsed.data;
  const [issue] = parsed?.error.issues ?? [];
  const why = issue ? ` (${issue.path.join(".")}: ${issue.message})` : "";
  throw new Failure(
    EXIT.usage,
    `--party '${flag}' is not ROLE=ENTRY or ROLE=ENTRY@BUILD, such as as=opensips@3.6.1${why}.`,
  );
}

/** What is said last about a role holds: the later parties replace all earlier ones of that role. */
export function overrideParties(base: readonly Party[], later: readonly Party[]): readonly Party[] {
  const roles = new Set(later.map(({ role }) => role));
  return [...base.filter(({ role }) => !roles.has(role)), ...later];
}
