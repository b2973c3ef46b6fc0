import * as z from "zod";
import { idSchema, oneLine, safeName, safeText } from "@/lib/core/text";
import { viewQuery } from "@/lib/views/rules";
import { viewIn } from "@/lib/views/schema";

export const NAME_CHARS = 80;
/** What a stored address may have; browsers and servers take more. */
const QUERY_CHARS = 4000;

export const viewNameSchema = z.string().max(1000).transform(oneLine).pipe(safeName(NAME_CHARS));

/** Of any query what a matrix page reads in it, as the page itself writes it; "?" for nothing. */
export const pageQueryOf = (params: URLSearchParams): string => viewQuery(viewIn(params));

/** A page's query, whatever it holds: of it stays what the page would read in it. */
const viewQuerySchema = safeText(50_000)
  .transform((text) => pageQueryOf(new URLSearchParams(text)))
  .refine((query) => query !== "?", {
    error:
      "This is the whole matrix, which needs no saved view. Filter or order it first, then save.",
    abort: true,
  })
  .refine((query) => query.length <= QUERY_CHARS, {
    error: `This view's address is longer than ${QUERY_CHARS} characters. Choose fewer entries or tests.`,
  });

/** A view to be kept: `{ name: "Disputed", query: "?state=disputed" }`. */
export const newViewSchema = z.strictObject({ name: viewNameSchema, query: viewQuerySchema });
export type NewView = z.output<typeof newViewSchema>;

export const viewIdSchema = idSchema;

/** A saved view, as its reader is told of it. */
export type SavedView = {
  id: string;
  name: string;
  /** `?state=disputed`, checked anew: nothing else than a page's own query. */
  query: string;
  /** The reader's own; else the event's. */
  isOwn: boolean;
  /** Whether the reader may rename and delete it. */
  mayChange: boolean;
  /** Whether the reader may give it to everybody in the event. */
  mayShare: boolean;
  track: { slug: string; title: string; restricted: boolean };
};
