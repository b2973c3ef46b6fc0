import type { CapabilityValue } from "@/lib/entries/schema";

export const CAPABILITY_WORDS = {
  yes: "Yes",
  partial: "Partly",
  no: "No",
  planned: "Planned",
} as const satisfies Record<CapabilityValue, string>;

/** The first is what nobody said anything of. */
export const CAPABILITY_OPTIONS: readonly { value: CapabilityValue | ""; label: string }[] = [
  { value: "", label: "Not told" },
  { value: "yes", label: "Yes" },
  { value: "partial", label: "Partly" },
  { value: "planned", label: "Planned" },
  { value: "no", label: "No" },
];
