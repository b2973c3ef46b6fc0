import * as z from "zod";
import { safeName, textMap } from "@/lib/core/text";
import { partySchema, roleKeySchema } from "@/lib/results/schema";
import { EXIT, Failure } from "./failure";
import type { Party } from "./formats/draft";
import { partyOf } from "./formats/in-band";
import { overrideParties } from "./parties";
import {
  fillings,
  type Meant,
  meantBy,
  nameOf,
  parseTemplate,
  sayFilling,
  type Template,
} from "./template";

const MOST = 100;

/** `{ as: opensips@3.6.1, vs: kamailio }` as parties. */
export const partyMapSchema = z
  .record(roleKeySchema, safeName(200))
  .transform((map): Party[] => Object.entries(map).map(([role, value]) => partyOf(role, value)))
  .pipe(z.array(partySchema));

const templateSchema = safeName(255).transform((source, context) => {
  const template = parseTemplate(source);
  if (typeof template !== "string") return { source, template };
  context.addIssue(template);
  return z.NEVER;
});

/** What fits, and what is so besides: `{ case: "sip-js-{vs}", parties: { as: sip-js } }`. */
const patternSchema = z.preprocess(
  (value) => (typeof value === "string" ? { case: value } : value),
  z
    .strictObject({
      case: templateSchema.optional(),
      file: templateSchema.optional(),
      test: safeName(255).optional(),
      variant: textMap(64, 255, 16).optional(),
      parties: partyMapSchema.optional(),
    })
    .transform(({ case: ofCase, file: ofFile, ...besides }, context): Pattern => {
      const written = ofCase ?? ofFile;
      const fault =
        written === undefined || (ofCase && ofFile)
          ? "A pattern is for one name: give it as case, the name of a case, or as file, that of a file."
          : faultOf(written.template, besides);
      if (written === undefined || fault !== undefined) {
        context.addIssue(fault ?? "");
        return z.NEVER;
      }
      return { of: ofCase ? "case" : "file", ...written, besides };
    }),
);
export const patternsSchema = z.array(patternSchema).max(MOST);

type Besides = {
  readonly test?: string | undefined;
  readonly variant?: Readonly<Record<string, string>> | undefined;
  readonly parties?: readonly Party[] | undefined;
};
type Pattern = {
  readonly of: "case" | "file";
  readonly source: string;
  readonly template: Template;
  readonly besides: Besides;
};

function faultOf({ holes }: Template, { test, variant, parties = [] }: Besides) {
  const told = [
    ...(test === undefined ? [] : ["test"]),
    ...Object.keys(variant ?? {}).map((axis) => `variant.${axis}`),
    ...parties.map(({ role }) => role),
  ];
  if (holes.length + told.length === 0) {
    return "It tells nothing. Put {test}, a role such as {as}, or {variant.AXIS} where they stand in the name.";
  }
  const twice = holes.map(nameOf).find((name) => told.includes(name));
  return twice && `{${twice}} is a placeholder and is told beside it. Take one of them away.`;
}

/** What names of cases and files tell. Both throw Failure (usage) for a name that fits in two ways. */
export type Patterns = {
  readonly ofCase: (name: string) => Meant | undefined;
  readonly ofFiles: (names: readonly string[]) => Meant | undefined;
};

/** `path` is the sidecar's, for what is told of it. The first pattern that fits counts. */
export function patternsOf(path: string, patterns: readonly Pattern[]): Patterns {
  const finder = (of: Pattern["of"]) => {
    const own = patterns.filter((pattern) => pattern.of === of);
    return (names: readonly string[]) => {
      for (const pattern of own) {
        const meant = readNames(path, pattern, names);
        if (meant) return meant;
      }
      return undefined;
    };
  };
  const ofCase = finder("case");
  return { ofCase: (name) => ofCase([name]), ofFiles: finder("file") };
}

function readNames(path: string, pattern: Pattern, names: readonly string[]): Meant | undefined {
  const { template, besides } = pattern;
  const said = new Map<string, { readonly name: string; readonly meant: Meant }>();
  for (const name of names) {
    for (const filling of fillings(template, name)) {
      said.set(sayFilling(template, filling), { name, meant: meantBy(template, filling) });
    }
  }
  const [first, second] = [...said];
  if (first && second) {
    const name = [...new Set([first[1].name, second[1].name])]
      .map((one) => `'${one}'`)
      .join(" and ");
    throw new Failure(
      EXIT.usage,
      `${path}: ${name} can be read in two ways by the pattern '${pattern.source}': ${first[0]}; or ${second[0]}. Put a pattern before it that has more of the name written out, and tell beside it what that part means.`,
    );
  }
  return first && withBesides(first[1].meant, besides);
}

const withBesides = (meant: Meant, { test, variant, parties = [] }: Besides): Meant => ({
  test: meant.test ?? test,
  variant: { ...variant, ...meant.variant },
  parties: overrideParties(parties, meant.parties),
});
