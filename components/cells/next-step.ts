import { isDecisive, STATE_SIGNS } from "@/lib/cells/rules";
import type { CellPage, CellState } from "@/lib/cells/schema";
import { hasNeutral, type Side, silentSides } from "./sides";

/** What a cell's state means, in one sentence about this very cell. */
export function meaningOf(cell: CellPage, sides: readonly Side[]): string {
  const isSolo = cell.sidesOf === 0;
  if (cell.state === "reported" && (cell.outcome === null || !isDecisive(cell.outcome))) {
    return "What was said so far decides nothing about how the parties work together.";
  }
  if (cell.state === "reported" && isSolo)
    return "One reporter says so; nobody else has confirmed it.";
  if (cell.state === "confirmed" && hasNeutral(sides) && silentSides(sides).length > 0) {
    return "A neutral harness says so; it speaks for every side that is silent.";
  }
  return STATE_SIGNS[cell.state].meaning;
}

/** What would take the cell further; empty where nothing is left to do. */
export function nextSteps(cell: CellPage, sides: readonly Side[]): string[] {
  return [...STEPS[cell.state](cell, sides), ...staleSteps(cell), ...flakySteps(cell)];
}

const STEPS = {
  notApplicable: () => ["It becomes possible when an entry plays every role of the test."],
  untested: () => ["A first result, from either side or a neutral harness, would open it."],
  planned: () => ["The run that announced it has not sent its result yet."],
  reported: reportedSteps,
  confirmed: () => [],
  disputed: () => [
    "Run it again until both say the same, or ask the track’s lead for a ruling. Nothing is averaged, and nobody’s result is overwritten.",
  ],
  settled: () => ["A new attempt on newer builds would open it again."],
} as const satisfies Record<CellState, (cell: CellPage, sides: readonly Side[]) => string[]>;

function reportedSteps(cell: CellPage, sides: readonly Side[]): string[] {
  if (cell.outcome === null || !isDecisive(cell.outcome)) {
    return [
      "An attempt with a decisive outcome (pass, degraded, fail, timeout or unsupported) would.",
    ];
  }
  const silent = silentSides(sides).map(({ name }) => name ?? "");
  if (silent.length > 0) {
    return [
      `${listed(silent)} ${silent.length === 1 ? "has" : "have"} not reported yet. A report on the same builds, or one from a neutral harness, would confirm or dispute it.`,
    ];
  }
  return ["A report from a neutral harness on the same builds would confirm or dispute it."];
}

const listed = (names: readonly string[]) =>
  new Intl.ListFormat("en-GB", { type: "conjunction" }).format(names);

function staleSteps({ stale, parties }: CellPage): string[] {
  if (!stale) return [];
  const moved = parties.filter(
    ({ build, currentBuild }) => build && currentBuild && build !== currentBuild,
  );
  if (moved.length === 0)
    return ["The test has a newer version: an attempt on it would bring the cell up to date."];
  const builds = [...new Set(moved.map(({ name, currentBuild }) => `${name} ${currentBuild}`))];
  return [`Stale: an attempt with ${listed(builds)} would bring it up to date.`];
}

const flakySteps = ({ flaky }: CellPage) =>
  flaky
    ? ["Flaky: equal builds gave different outcomes. Five equal outcomes in a row clear the mark."]
    : [];
