import { tracked } from "@trpc/server";
import * as z from "zod";
import { slugSchema } from "@/lib/core/text";
import { procedure, router, telling } from "@/lib/trpc/init";
import {
  AGREED_AT_ONCE,
  agreementSchema,
  denialSchema,
  logSchema,
  otherWordSchema,
} from "@/lib/words/schema";
import { listAwaiting } from "./read/awaiting";
import { loadCell } from "./read/cell";
import { followAwaiting, followCell } from "./read/news";
import { seqSchema } from "./schema";
import { agreeTo, denyPart, saySomethingElse } from "./write/answer";
import { logResult } from "./write/log";
import { retractResults } from "./write/retract";

const cellInput = z.object({ trackSlug: slugSchema, cellId: z.uuid() });
const stampSchema = z.string().max(64);
const knownShape = { known: stampSchema, lastEventId: stampSchema.nullish() };
const never = new AbortController().signal;

export const resultsRouter = router({
  cell: procedure("result.view")
    .input(cellInput)
    .query(({ ctx, input }) => loadCell(ctx.permit, input)),

  log: procedure("result.log")
    .input(z.object({ trackSlug: slugSchema, result: logSchema }))
    .mutation(({ ctx, input }) => logResult(ctx.permit, input.trackSlug, input.result)),
  retract: procedure("result.log")
    .input(z.object({ seqs: z.array(seqSchema).min(1).max(AGREED_AT_ONCE) }))
    .mutation(({ ctx, input }) => retractResults(ctx.permit, input.seqs)),

  agree: procedure("result.answer")
    .input(z.object({ result: agreementSchema }))
    .mutation(({ ctx, input }) => agreeTo(ctx.permit, input.result)),
  dispute: procedure("result.answer")
    .input(z.object({ result: otherWordSchema }))
    .mutation(({ ctx, input }) => saySomethingElse(ctx.permit, input.result)),
  deny: procedure("result.answer")
    .input(z.object({ result: denialSchema }))
    .mutation(({ ctx, input }) => denyPart(ctx.permit, input.result)),

  awaiting: procedure("result.await")
    .input(z.object({ cellId: z.uuid().optional() }))
    .query(({ ctx, input }) => listAwaiting(ctx.permit, input.cellId)),

  /** Tells when a cell has changed, or what waits for the reader; what it is now, the page asks. */
  onCell: procedure("result.view")
    .input(cellInput.extend(knownShape))
    .subscription(async function* ({ ctx, input, signal = never }) {
      const known = input.lastEventId ?? input.known;
      const where = { trackSlug: input.trackSlug, cellId: input.cellId, known };
      const news = followCell(ctx.renewPermit, where, {
        topic: ctx.permit.scope.trackId ?? "",
        signal,
      });
      for await (const { horizon, news: stamp } of telling(news)) yield tracked(horizon, stamp);
    }),
  onAwaiting: procedure("result.await")
    .input(z.object(knownShape))
    .subscription(async function* ({ ctx, input, signal = never }) {
      const news = followAwaiting(ctx.renewPermit, input.lastEventId ?? input.known, {
        topic: ctx.permit.scope.eventId,
        signal,
      });
      for await (const { horizon, news: stamp } of telling(news)) yield tracked(horizon, stamp);
    }),
});
