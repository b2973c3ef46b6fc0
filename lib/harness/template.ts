import { SLUG } from "@/lib/core/text";
import { partySchema, roleKeySchema } from "@/lib/results/schema";
import type { Party } from "./formats/draft";
import { partyOf } from "./formats/in-band";

/** What a placeholder stands for. */
type Hole =
  | { readonly kind: "test" }
  | { readonly kind: "variant"; readonly key: string }
  | { readonly kind: "role"; readonly key: string };

/** `{test}.{as}` as texts around holes: one text more than there are holes, the outer ones may be empty. */
export type Template = { readonly texts: readonly string[]; readonly holes: readonly Hole[] };

/** What a name says of a result. */
export type Meant = {
  readonly test?: string | undefined;
  readonly variant: Readonly<Record<string, string>>;
  readonly parties: readonly Party[];
};

const MOST_HOLES = 8;
const LONGEST_NAME = 255;
const LONGEST_KEY = 64;
const PIECE = /\{\{|\}\}|\{([^{}]*)\}|[^{}]+/g;
const BRACES: Readonly<Record<string, string>> = { "{{": "{", "}}": "}" };

/** Reads a template such as `{as}-to-{vs}`; a text says what is wrong with it, and what to do. */
export function parseTemplate(source: string): Template | string {
  const texts: string[] = [];
  const holes: Hole[] = [];
  let text = "";
  const [brace] = source.replaceAll(/\{\{|\}\}|\{[^{}]*\}/g, "").match(/[{}]/) ?? [];
  if (brace) return `A ${brace} of the name itself is written twice.`;
  for (const [piece, inside] of source.matchAll(PIECE)) {
    if (inside === undefined) {
      text += BRACES[piece] ?? piece;
      continue;
    }
    const hole = holeOf(inside);
    if (hole === undefined) {
      return `{${inside}} is no placeholder. There are {test}, a role such as {as}, and {variant.AXIS}.`;
    }
    texts.push(text);
    text = "";
    holes.push(hole);
  }
  const template = { texts: [...texts, text], holes };
  return faultOf(template) ?? template;
}

function holeOf(inside: string): Hole | undefined {
  if (inside === "test") return { kind: "test" };
  const [, axis] = /^variant\.(.+)$/s.exec(inside) ?? [];
  if (axis !== undefined) {
    return axis.length <= LONGEST_KEY ? { kind: "variant", key: axis } : undefined;
  }
  return roleKeySchema.safeParse(inside).success ? { kind: "role", key: inside } : undefined;
}

/** As it is written between braces. */
export const nameOf = (hole: Hole): string => {
  if (hole.kind === "test") return "test";
  return hole.kind === "role" ? hole.key : `variant.${hole.key}`;
};

function faultOf({ texts, holes }: Template): string | undefined {
  const names = holes.map(nameOf);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) return `{${twice}} stands twice. Each placeholder stands once.`;
  if (holes.length > MOST_HOLES) return `At most ${MOST_HOLES} placeholders.`;
  const joined = holes.findIndex((_, at) => at > 0 && texts[at] === "");
  if (joined < 0) return undefined;
  return `Nothing tells where {${names[joined - 1]}} ends and {${names[joined]}} begins. Put a text between them.`;
}

/** What each hole stands for, in order. */
export type Filling = readonly string[];

/**
 * The ways in which a whole name fits a template, two at most: more mean the same to whoever asks, that it
 * is not told which. What stands for a role is an entry, or `entry@build`; nothing is empty. The work is
 * bounded by holes times the square of 255, whatever the name.
 */
export function fillings(template: Template, name: string): readonly Filling[] {
  const [first = ""] = template.texts;
  if (name.length > LONGEST_NAME || !name.startsWith(first)) return [];
  return new Search(template, name).from(0, first.length);
}

class Search {
  /** What is known of a hole that begins at a place. */
  readonly #known = new Map<number, readonly Filling[]>();

  constructor(
    readonly template: Template,
    readonly name: string,
  ) {}

  from(at: number, start: number): readonly Filling[] {
    if (at === this.template.holes.length) return start === this.name.length ? [[]] : [];
    const key = at * (LONGEST_NAME + 1) + start;
    const known = this.#known.get(key) ?? this.#search(at, start);
    this.#known.set(key, known);
    return known;
  }

  #search(at: number, start: number): readonly Filling[] {
    const { holes, texts } = this.template;
    const hole = holes[at];
    const after = texts[at + 1] ?? "";
    const found: Filling[] = [];
    for (const end of this.#ends(at, start, after)) {
      const value = this.name.slice(start, end);
      if (!hole || !canStand(hole, value)) continue;
      for (const rest of this.from(at + 1, end + after.length)) found.push([value, ...rest]);
      if (found.length > 1) return found.slice(0, 2);
    }
    return found;
  }

  /** Where the text after a hole may begin. */
  *#ends(at: number, start: number, after: string): Generator<number> {
    if (at === this.template.holes.length - 1) {
      const end = this.name.length - after.length;
      if (end > start && this.name.endsWith(after)) yield end;
      return;
    }
    for (
      let end = this.name.indexOf(after, start + 1);
      end >= 0;
      end = this.name.indexOf(after, end + 1)
    ) {
      yield end;
    }
  }
}

function canStand(hole: Hole, value: string): boolean {
  if (hole.kind !== "role") return true;
  const [entry = ""] = value.split("@", 1);
  return SLUG.test(entry) && partySchema.safeParse(partyOf(hole.key, value)).success;
}

export function meantBy({ holes }: Template, filling: Filling): Meant {
  const told = holes.map((hole, at) => ({ hole, value: filling[at] ?? "" }));
  return {
    test: told.find(({ hole }) => hole.kind === "test")?.value,
    variant: Object.fromEntries(
      told.flatMap(({ hole, value }) => (hole.kind === "variant" ? [[hole.key, value]] : [])),
    ),
    parties: told.flatMap(({ hole, value }) =>
      hole.kind === "role" ? [partyOf(hole.key, value)] : [],
    ),
  };
}

/** `as=opensips, vs=kamailio`. */
export const sayFilling = ({ holes }: Template, filling: Filling): string =>
  holes.map((hole, at) => `${nameOf(hole)}=${filling[at] ?? ""}`).join(", ");
