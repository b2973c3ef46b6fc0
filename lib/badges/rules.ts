import { xml } from "@/lib/core/xml";
import { progressOf } from "@/lib/coverage/rules";
import type { Matrix } from "@/lib/matrices/schema";
import { COLOURS, widthOf } from "@/lib/paints/rules";
import { applyView } from "@/lib/views/rules";

/** What a badge says: how many of the executed ones passed, never one without the other. */
export type Standing = { executed: number; passed: number };

/** Of one entry in a track, or of two entries with each other. Withheld cells are not counted. */
export function standingOf({ grids }: Matrix, entries: readonly string[]): Standing {
  const counts = grids.map((grid) => {
    const seen = entries.reduce((kept, entry) => applyView(kept, { entry: [entry] }), grid);
    const shown = seen.cells.filter((cell) => cell.state !== "withheld");
    return progressOf(shown, {
      rows: seen.rows,
      columns: seen.columns,
      others: seen.roles.others,
    });
  });
  return {
    executed: counts.reduce((sum, { executed }) => sum + executed, 0),
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
  };
}

export const wordsOf = ({ executed, passed }: Standing) =>
  executed === 0 ? "not tested yet" : `${passed} of ${executed} passed, confirmed`;

const SIZE = 11;
const PAD = 8;
const HEIGHT = 20;

/** A badge: what it is about on the left, how it stands on the right. No colour ranks anybody. */
export function drawBadge(about: string, words: string): string {
  const left = widthOf(about, SIZE) + 2 * PAD;
  const right = widthOf(words, SIZE) + 2 * PAD;
  const text = (x: number, label: string, fill: string) =>
    `<text x="${x}" y="14" font-family="Verdana, DejaVu Sans, sans-serif" font-size="${SIZE}" fill="${fill}" text-anchor="middle">${xml(label)}</text>`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="${HEIGHT}" role="img" aria-label="${xml(`${about}: ${words}`)}">` +
    `<title>${xml(`${about}: ${words}`)}</title>` +
    `<rect width="${left + right}" height="${HEIGHT}" rx="3" fill="${COLOURS.ink}"/>` +
    `<path d="M${left} 0h${right - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3h-${right - 3}z" fill="${COLOURS.surface}"/>` +
    `<rect x="0.5" y="0.5" width="${left + right - 1}" height="${HEIGHT - 1}" rx="3" fill="none" stroke="${COLOURS.edge}"/>` +
    `${text(left / 2, about, COLOURS.surface)}${text(left + right / 2, words, COLOURS.ink)}</svg>\n`
  );
}
