import { distance } from "fastest-levenshtein";
import { didYouMean } from "@/lib/core/did-you-mean";
import type { Fault } from "@/lib/core/refusal";
import { allowedRoles, type DirectoryTest, type DirectoryTrack } from "@/lib/results/rules";
import type { MappingInput } from "./schema";

const fault = (pointer: string, code: string, message: string): Fault => ({
  pointer,
  code,
  message,
});

/** What is wrong with a mapping, before any result is looked at; null when nothing is. */
export function mappingFault(
  track: DirectoryTrack,
  { raw, test: key, variant }: MappingInput,
): Fault | null {
  const known = track.tests.get(raw) ?? track.tests.get(raw.toLowerCase());
  if (known) {
    return fault(
      "/mapping/raw",
      "known_name",
      `'${raw}' is a name of ${known.key} already; what waits under it has a variant or parties that the test does not declare. Change the plan, or the agent.`,
    );
  }
  const test = track.tests.get(key);
  if (test?.key !== key) {
    const message = `No test '${key}' in this track.${didYouMean(key, track.tests.keys())}`;
    return fault("/mapping/test", "unknown_test", message);
  }
  const odd = Object.entries(variant).find(
    ([name, value]) => !test.variants[name]?.includes(value),
  );
  if (!odd) return null;
  const message = `${key} declares no variant ${odd.join(" ")}.`;
  return fault("/mapping/variant", "unknown_variant", message);
}

/** Why none of the results under a raw name fits the test that it was mapped to. */
export function misfitWords(
  test: DirectoryTest,
  { raw, results }: { raw: string; results: number },
): string {
  const declared = Object.entries(test.variants).map(
    ([name, values]) => `${name} (${values.join(", ")})`,
  );
  const variants = declared.length > 0 ? ` and the variants ${declared.join(", ")}` : "";
  return `None of the ${results} results called '${raw}' fits: ${allowedRoles(test)}${variants}. Choose another test, or name the variant.`;
}

/** The test that a raw name most likely stands for: the one with the nearest key or alias. */
export function guessTest(
  raw: string,
  names: Iterable<readonly [name: string, key: string]>,
): string | null {
  let best: { key: string; far: number } | null = null;
  const wanted = raw.toLowerCase();
  for (const [name, key] of names) {
    const known = name.toLowerCase();
    // A name inside a longer one is nearer than letters tell: "dtls-05 handshake (tcp)".
    const far = wanted.includes(known) || known.includes(wanted) ? 0.5 : distance(wanted, known);
    const share = far / Math.max(wanted.length, known.length);
    if (!best || share < best.far) best = { key, far: share };
  }
  return best?.key ?? null;
}

/** The values of declared variants that a raw name holds; none unless it tells every one of them. */
export function guessVariant(
  raw: string,
  variants: Readonly<Record<string, readonly string[]>>,
): Record<string, string> {
  const told = raw.toLowerCase();
  const found = Object.entries(variants)
    .sort(([a], [b]) => Number(a > b) - Number(a < b))
    .map(([name, values]) => {
      const held = values.filter((value) => told.includes(value.toLowerCase()));
      // "SHA-512" is in "SHA-512-256" too: the longest that fits is meant.
      return [name, held.sort((a, b) => b.length - a.length)[0]] as const;
    });
  const whole = found.flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return whole.length === found.length ? Object.fromEntries(whole) : {};
}
