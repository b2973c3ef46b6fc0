import { distance } from "fastest-levenshtein";

/** " Did you mean 'x'?" for the nearest name, when it is near enough to be a slip. */
export function didYouMean(name: string, known: Iterable<string>): string {
  let best: { name: string; far: number } | undefined;
  for (const candidate of known) {
    const far = distance(name, candidate);
    if (!best || far < best.far) best = { name: candidate, far };
  }
  return best && best.far <= Math.ceil(name.length / 3) ? ` Did you mean '${best.name}'?` : "";
}
