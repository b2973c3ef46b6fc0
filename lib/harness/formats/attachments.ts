import { realpath } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { type Kept, keepWhatCan, mentionOf } from "../evidence/kept";
import type { Draft } from "./draft";
import type { JunitCase } from "./junit-cases";
import type { Source } from "./source";

const MARK = /\[\[ATTACHMENT\|([^\]\r\n]+)\]\]/g;
const PROPERTY = /\[\[PROPERTY\|([^=\]\r\n]+)=([^\]\r\n]*)\]\]/g;
/** What runners call a property that names a file: Playwright, and the plug-ins of TestRail and Xray. */
const NAMING = new Set(["attachment", "testrail_attachment", "test_evidence"]);
/** An item may name 32; the rest is left for what --evidence gives. */
const EACH = 16;
const ALL = 500;

/** The files that a case names: `[[ATTACHMENT|path]]` in its output, and properties. */
export function attachmentsOf({ out, err, properties }: JunitCase): string[] {
  // An item of our own downloads names its evidence by sum.
  if (properties.has("plugfest.item")) return [];
  const marked = [out, err].flatMap((tail) =>
    tail ? [...tail.part.text.matchAll(MARK)].map(([, path = ""]) => path.trim()) : [],
  );
  const named = [...properties].flatMap(([name, path]) => (NAMING.has(name) ? [path] : []));
  return [...new Set([...marked, ...named])].filter((path) => path !== "").slice(0, EACH);
}

/**
 * `[[PROPERTY|key=value]]` in a case's output. Never one of ours: what a peer sent may stand in the
 * output, and must not say who took part.
 */
export function printedProperties({ out }: JunitCase): [string, string][] {
  if (!out) return [];
  return [...out.part.text.matchAll(PROPERTY)]
    .map(([, name = "", value = ""]): [string, string] => [name.trim(), value])
    .filter(([name]) => name !== "" && !name.startsWith("plugfest."));
}

export type Attached = {
  readonly files: ReadonlyMap<string, Kept>;
  readonly problems: readonly string[];
};

/**
 * Only what lies in the report's own folder or below it: a name in a log may have come over the wire, and would
 * else fetch any file of this machine. Links are followed before that is looked at.
 */
export async function keepAttachments(
  { path: report }: Source,
  named: ReadonlySet<string>,
): Promise<Attached> {
  const files = new Map<string, Kept>();
  const problems: string[] = [];
  if (named.size > ALL) problems.push(`It names ${named.size} files; the first ${ALL} are kept.`);
  const folder = named.size > 0 ? await realpath(dirname(resolve(report))) : "";
  for (const name of [...named].slice(0, ALL)) {
    const found = await realpath(resolve(folder, name)).catch(() => undefined);
    if (found === undefined) problems.push(`${name} is named as evidence, and is not there.`);
    else if (!isBelow(folder, found)) {
      problems.push(
        `${name} lies outside the report's folder and is not sent. Give it with --evidence if it is meant.`,
      );
    } else {
      const kept = await keepWhatCan([found], "given");
      problems.push(...kept.problems);
      for (const file of kept.files) files.set(name, file);
    }
  }
  return { files, problems };
}

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== "" && !way.startsWith("..") && !isAbsolute(way) && join(folder, way) === path;
}

/** How a case's item names them. */
export function evidenceOf(found: JunitCase, { files }: Attached): Pick<Draft, "evidence"> {
  if (files.size === 0) return {};
  const kept = attachmentsOf(found).flatMap((name) => files.get(name) ?? []);
  const distinct = [...new Map(kept.map((file) => [file.sha256, file])).values()];
  return distinct.length > 0 ? { evidence: distinct.map(mentionOf) } : {};
}
