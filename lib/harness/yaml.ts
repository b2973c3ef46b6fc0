import { readFile } from "node:fs/promises";
import type * as z from "zod";
import { pointerOf } from "@/lib/core/faults";
import { EXIT, Failure, messageOf } from "./failure";

/** A YAML file of the operator's, in a shape. Throws Failure (usage) with line and column, and the field. */
export async function loadYaml<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S>> {
  const text = await readText(path);
  // Loaded only here: most pushes have no sidecar.
  const { LineCounter, parseDocument } = await import("yaml");
  const lines = new LineCounter();
  const document = parseDocument(text, { prettyErrors: true, lineCounter: lines });
  const [error] = document.errors;
  if (error) {
    const [place] = error.linePos ?? [];
    const at = place ? `:${place.line}:${place.col}` : "";
    throw new Failure(EXIT.usage, `${path}${at}: ${error.message.split(" at line", 1)[0]}`);
  }
  const parsed = schema.safeParse(plainOf(path, document) ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const offset = offsetOf(document, fieldsOf(issue));
  const place = offset === undefined ? undefined : lines.linePos(offset);
  const at = place ? `:${place.line}:${place.col}` : "";
  const pointer = pointerOf(issue?.path ?? []) || "/";
  throw new Failure(EXIT.usage, `${path}${at}: ${pointer}: ${issue?.message ?? "not understood"}`);
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new Failure(EXIT.usage, `Cannot read ${path}: ${messageOf(error)}`);
  }
}

function plainOf(path: string, document: { toJS(): unknown }): unknown {
  try {
    return document.toJS();
  } catch (reason) {
    // Aliases without end.
    throw new Failure(EXIT.usage, `${path}: ${messageOf(reason)}`);
  }
}

/** Where the fault is: a key that is not known is told by its own place, not by what it stands in. */
function fieldsOf(issue: z.core.$ZodIssue | undefined): readonly PropertyKey[] {
  const extra = issue?.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  return [...(issue?.path ?? []), ...extra];
}

/** The offset of a field in the text, or of the nearest thing around it that is written there. */
function offsetOf(
  document: { getIn(path: readonly unknown[], keepScalar: true): unknown },
  path: readonly PropertyKey[],
): number | undefined {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    const range: unknown =
      typeof node === "object" && node !== null && "range" in node ? node.range : undefined;
    if (Array.isArray(range) && typeof range[0] === "number") return range[0];
  }
  return undefined;
}
