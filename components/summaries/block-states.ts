import type { BlockState } from "@/lib/summaries/schema";

export const BLOCK_STATE_WORDS = {
  todo: "to do",
  draft: "draft",
  ready: "ready",
} as const satisfies Record<BlockState, string>;

export const BLOCK_STATE_OPTIONS = [
  { value: "todo", label: "To do: stays out of the summary" },
  { value: "draft", label: "Draft: stays out of the summary" },
  { value: "ready", label: "Ready: goes into the summary" },
] as const satisfies readonly { value: BlockState; label: string }[];
