import type { EntryKind, EntryState } from "@/lib/entries/schema";

/** What an entry is at the event, as people say it. */
export const KIND_WORDS = {
  participant: "under test",
  helper: "helper, not under test",
  tool: "tool, not under test",
} as const satisfies Record<EntryKind, string>;

export const KIND_OPTIONS = [
  { value: "participant", label: "Under test" },
  { value: "helper", label: "Helper: a gateway or a stand-in that is not under test itself" },
  { value: "tool", label: "Tool: SIPp and the like" },
] as const satisfies readonly { value: EntryKind; label: string }[];

export const STATE_WORDS = {
  requested: "waits for an organizer",
  admitted: "in",
  declined: "declined",
  withdrawn: "withdrawn",
} as const satisfies Record<EntryState, string>;
