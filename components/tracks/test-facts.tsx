import type { Fact } from "@/components/ui/facts";
import type { TestPage as Test } from "@/lib/tracks/schema";
import { roleWords } from "./test-table";

const KIND_WORDS = {
  solo: "of one party",
  pair: "of a pair",
  group: "of a group",
} as const;

/** A test case in a few words: who takes part, how it is told apart, what its outcome means. */
export function factsOf(test: Test): Fact[] {
  const { kind, directional, level, version, variants, measured } = test;
  const variantLines = Object.entries(variants).map(
    ([name, values]) => `${name}: ${values.join(" | ")}`,
  );
  return [
    { label: "Level", value: level },
    { label: "Kind", value: `${KIND_WORDS[kind]}${directionWords(kind, directional)}` },
    { label: "Roles", value: roleWords(test) },
    { label: "Version", value: version },
    {
      label: "Outcome says",
      value: measured ? "whether the measurement is valid" : "whether it works",
    },
    ...(variantLines.length > 0
      ? [{ label: "Variants", value: <code>{variantLines.join("; ")}</code> }]
      : []),
  ];
}

const directionWords = (kind: Test["kind"], directional: boolean) =>
  kind === "solo" || directional ? "" : ", the same both ways";
