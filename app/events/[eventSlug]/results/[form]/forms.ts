import * as z from "zod";
import { answeredIn, loggedIn, seqIn } from "@/components/results/sheet";
import { text } from "@/lib/http/fields";
import type { Fields } from "@/lib/http/form";
import { OUTCOME_SIGNS } from "@/lib/outcomes/rules";
import type { Outcome } from "@/lib/results/schema";
import { api } from "@/lib/trpc/server";
import { logSchema, otherWordSchema } from "@/lib/words/schema";

/** What was done, for the page to tell, and what of it can be taken back. */
type Done = { words: string; seqs: string[]; cellId?: string };
type Work = (eventSlug: string, fields: Fields) => Promise<Done>;

// Fields are named by their place in the router's input: so are the faults.
const loggedSchema = z.object({ result: logSchema });
const answeredSchema = z.object({ result: otherWordSchema });

/** The forms by which people say what they saw. */
export const FORMS: Record<string, Work> = {
  async log(eventSlug, fields) {
    const seq = seqIn(fields);
    const reply =
      seq === ""
        ? await api.results.log({
            eventSlug,
            trackSlug: text(fields, "track"),
            ...loggedSchema.parse({ result: loggedIn(fields, await zoneOf(eventSlug, fields)) }),
          })
        : await api.results.dispute({
            eventSlug,
            ...answeredSchema.parse({ result: answeredIn(fields, seq) }),
          });
    const outcome = fields.getAll("result.outcome").at(-1) as Outcome;
    const words = `Logged: ${OUTCOME_SIGNS[outcome].label}.`;
    return { words, seqs: reply.isNew ? [reply.seq] : [], cellId: reply.cellId };
  },

  async agree(eventSlug, fields) {
    const wanted = fields.getAll("result.seqs");
    const { seqs } = await api.results.agree({
      eventSlug,
      result: { seqs: wanted, ...asIn(fields) },
    });
    const results = seqs.length === 1 ? "1 result" : `${seqs.length} results`;
    return { words: seqs.length === 0 ? "You had agreed already." : `Agreed to ${results}.`, seqs };
  },

  async deny(eventSlug, fields) {
    const { seq } = await api.results.deny({
      eventSlug,
      result: {
        id: text(fields, "result.id"),
        seq: text(fields, "result.seq"),
        note: text(fields, "result.note"),
        ...asIn(fields),
      },
    });
    const words = "Told: it was not you. The cell is disputed until both sides say the same.";
    return { words, seqs: seq === "" ? [] : [seq] };
  },

  async undo(eventSlug, fields) {
    const seqs = text(fields, "seqs").split(",");
    const { retracted } = await api.results.retract({ eventSlug, seqs });
    const words =
      retracted === 0 ? "That was taken back already." : "Taken back. It stays in the history.";
    return { words, seqs: [] };
  },
};

const asIn = (fields: Fields) => {
  const as = text(fields, "result.as");
  return as === "" ? {} : { as };
};

/** In which zone times were typed; nobody asks where none was. */
const zoneOf = async (eventSlug: string, fields: Fields) =>
  text(fields, "result.startedAt") === "" ? "UTC" : (await api.events.byName({ eventSlug })).zone;
