import type * as z from "zod";
import { EXCERPT_BYTES, type itemSchema, type partySchema } from "@/lib/results/schema";
import type { runSchema } from "@/lib/runs/schema";
import { cleanText, cut, headBytes, tailBytes } from "../clean";
import type { Kept } from "../evidence/kept";
import { sha256 } from "../identity";

/** How a report calls a case, where that is not the draft's test. A symbol: no file can write it. */
export const CALLED = Symbol("called");

/** A result as a format tells it; ids, and what the command line says, are added later. */
export type Draft = Omit<z.input<typeof itemSchema>, "id"> & {
  id?: string;
  /** What was seen of the parties in these roles, whoever they are; not sent as such. */
  seen?: readonly { readonly role: string; readonly observed: string }[];
  [CALLED]?: string;
};
export type Party = z.input<typeof partySchema>;
type Run = z.input<typeof runSchema>;

/** One source read to its end once: what a run needs to know before its first item is kept. */
export type Reading = {
  readonly format: string;
  readonly runner?: string;
  /** Names and sums of the files it was read from. */
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
  readonly track?: string;
  readonly parties?: readonly Party[];
  readonly environment?: Run["environment"];
  readonly plan?: Run["plan"];
  readonly startedAt: string;
  /** Why the source stops short, where it does: the run is then told as aborted. */
  readonly aborted?: string;
  readonly warnings: readonly string[];
  /** Files beside the report that its items name as their evidence. */
  readonly captures?: readonly Kept[];
  readonly items: () => AsyncIterable<Draft> | Iterable<Draft>;
};

const MESSAGE_UNITS = 4096;

/** At most 4,096 units; undefined when there is nothing to say. */
export const messageFrom = (text: string | undefined): string | undefined =>
  text?.trim() ? cut(text.trim(), MESSAGE_UNITS) : undefined;

const NAME_UNITS = 255;

/** A name of at most 255 units; a longer one ends in a hash, so that two stay two. */
export const longName = (name: string): string =>
  name.length <= NAME_UNITS ? name : `${cut(name, NAME_UNITS - 9)}~${sha256(name).slice(0, 8)}`;

export const shortText = (text: string, max = 255): string => cut(text, max);

/** Collects text that may be endless: the last `keep` units, and whether earlier ones are gone. */
export class Tail {
  #text = "";
  #isCut = false;
  constructor(readonly keep = 32_768) {}
  add(chunk: string) {
    this.#text += chunk;
    if (this.#text.length <= 2 * this.keep) return;
    this.#text = this.#text.slice(-this.keep);
    this.#isCut = true;
  }
  get part(): LogPart {
    return { text: this.#text.replace(/^\s*\n/, "").trimEnd(), isCut: this.#isCut, keep: "tail" };
  }
}

export type LogPart = {
  readonly title?: string;
  readonly text: string;
  readonly isCut?: boolean;
  /** Which end matters when it is too long. */
  readonly keep: "head" | "tail";
};

/** One excerpt of at most 16,384 bytes from several texts, the short ones whole. */
export function logFrom(parts: readonly LogPart[]): Draft["log"] {
  const said = parts.filter((part) => part.text !== "");
  if (said.length === 0) return undefined;
  const texts = said.map((part) => {
    const heading = part.title && said.length > 1 ? `--- ${part.title}\n` : "";
    return { heading, text: cleanText(part.text), keep: part.keep };
  });
  const budgets = shares(
    texts.map(({ heading, text }) => Buffer.byteLength(heading + text) + 1),
    EXCERPT_BYTES,
  );
  let isCut = said.some((part) => part.isCut);
  const pieces = texts.map(({ heading, text, keep }, at) => {
    const room = Math.max(0, (budgets[at] ?? 0) - Buffer.byteLength(heading) - 1);
    const piece = keep === "head" ? headBytes(text, room) : tailBytes(text, room);
    isCut ||= piece.length < text.length;
    return heading + piece;
  });
  return { excerpt: pieces.join("\n"), truncated: isCut };
}

/** Divides `total`: whoever needs less than an equal share leaves the rest to the others. */
function shares(needs: readonly number[], total: number): number[] {
  const order = needs.map((need, at) => ({ need, at })).sort((a, b) => a.need - b.need);
  const given = needs.map(() => 0);
  let left = total;
  for (const [served, { need, at }] of order.entries()) {
    const share = Math.min(need, Math.floor(left / (order.length - served)));
    given[at] = share;
    left -= share;
  }
  return given;
}

/** Takes out what is undefined, which exactOptionalPropertyTypes tells from absent. */
export function defined<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  for (const key in fields) {
    if (fields[key] === undefined) delete fields[key];
  }
  return fields as { [K in keyof T]: Exclude<T[K], undefined> };
}
