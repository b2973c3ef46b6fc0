import { TRPCError } from "@trpc/server";
import * as z from "zod";
import { redirectTo } from "@/lib/auth/redirects";
import { foreign, isSameOrigin } from "@/lib/auth/same-origin";
import type { FormAnswer } from "@/lib/core/form";
import { Refusal } from "@/lib/core/refusal";
import { notAForm, readForm } from "./read-form";
import { seal, unseal } from "./seal";

/** A form's fields, as a browser without scripts sends them. */
export type Fields = URLSearchParams;

type Form = {
  request: Request;
  /** What the page calls it; also the id to come back to. */
  form: string;
  /** The page that it stands on. */
  page: string;
  /** Who sent it: nobody else reads the answer. */
  reader: string;
};

/**
 * Takes a form of one of our pages. `work` calls the router and says where to go then. What was
 * refused is answered where it was typed: the page again, with the fields as they were.
 */
export async function answerForm(
  { request, form, page, reader }: Form,
  work: (fields: Fields) => Promise<string>,
): Promise<Response> {
  if (!isSameOrigin(request)) return foreign();
  const fields = await readForm(request);
  if (fields === null) return notAForm();
  try {
    return redirectTo(await work(fields));
  } catch (error) {
    if (isUnauthorized(error)) {
      return redirectTo(`/sign-in?${new URLSearchParams({ callbackUrl: page })}`);
    }
    const wrong = whatIsWrong(error, fields);
    if (wrong === null) throw error;
    // A page may have one form several times, for several things.
    const which = fields.get("which");
    const name = which === null ? form : `${form}-${which}`;
    const told = { form: name, said: saidIn(fields), ...wrong } satisfies FormAnswer;
    const query = new URLSearchParams({ answer: sealShort(told, reader) });
    const mark = page.includes("?") ? "&" : "?";
    return redirectTo(`${page}${mark}${query}#${encodeURIComponent(name)}`);
  }
}

const answerSchema: z.ZodType<FormAnswer> = z.object({
  form: z.string(),
  said: z.record(z.string(), z.array(z.string())),
  faults: z.record(z.string(), z.string()),
  message: z.string().nullable(),
});

/** What a page's address says of a form that came back; null for anything that is not for this reader. */
export const readAnswer = (sealed: unknown, reader: string): FormAnswer | null =>
  unseal(answerSchema, { sealed, reader });

const isUnauthorized = (error: unknown) =>
  error instanceof TRPCError && error.code === "UNAUTHORIZED";

const saidIn = (fields: Fields): FormAnswer["said"] =>
  Object.fromEntries([...new Set(fields.keys())].map((name) => [name, fields.getAll(name)]));

/** What servers and browsers take in an address, with room for the rest of it. */
const ADDRESS_CHARS = 6000;
/** Fields, values of a field, and characters of a value that are kept then. */
const KEPT = 100;

/** Whatever is too long for an address was far too long for its field: its beginning is shown. */
function sealShort(told: FormAnswer, reader: string): string {
  const sealed = seal(told, reader);
  if (sealed.length <= ADDRESS_CHARS) return sealed;
  const fields = Object.entries(told.said).slice(0, KEPT);
  const said: FormAnswer["said"] = {};
  for (const [name, values] of fields) {
    said[name.slice(0, KEPT)] = values.slice(0, KEPT).map((value) => value.slice(0, KEPT));
  }
  return seal({ ...told, said }, reader);
}

type Wrong = Pick<FormAnswer, "faults" | "message">;

/** What is wrong with the form, by field; null for what is no refusal but a failure of ours. */
function whatIsWrong(error: unknown, fields: Fields): Wrong | null {
  const cause = error instanceof TRPCError ? error.cause : error;
  if (cause instanceof z.ZodError) return byField(cause.issues.map(asFault), fields);
  if (!(cause instanceof Refusal)) return null;
  if (cause.faults.length === 0) return { faults: {}, message: cause.message };
  const faults = cause.faults.map(({ pointer, message }) => ({
    path: pointer.split("/").slice(1),
    message,
  }));
  return byField(faults, fields);
}

type PathFault = { path: string[]; message: string };

/** The first fault of each field; what belongs to no field is said of the whole. */
function byField(all: readonly PathFault[], fields: Fields): Wrong {
  const faults: Record<string, string> = {};
  const rest: string[] = [];
  for (const { path, message } of all) {
    const field = fieldOf(path, fields);
    if (field === undefined) rest.push(message);
    else faults[field] ??= message;
  }
  return { faults, message: rest.length === 0 ? null : [...new Set(rest)].join(" ") };
}

/** Fields are named by their place in the router's input, as `entry.build.label`: the nearest one. */
const fieldOf = (path: readonly string[], fields: Fields): string | undefined =>
  path.map((_, at) => path.slice(0, path.length - at).join(".")).find((name) => fields.has(name));

const asFault = (issue: z.core.$ZodIssue): PathFault => ({
  path: issue.path.map(String),
  message: sentenceOf(issue),
});

/** Zod's words are for programmers; ours, where a schema has given some, stay. */
function sentenceOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "too_small" && issue.origin === "string") return "Fill this in.";
  if (issue.code === "too_big" && issue.origin === "string") {
    return `At most ${issue.maximum} characters.`;
  }
  if (issue.code === "too_big") return `At most ${issue.maximum}.`;
  if (issue.code === "invalid_value") return "Choose one of the list.";
  if (issue.code === "invalid_type") return "Fill this in.";
  return issue.message;
}
