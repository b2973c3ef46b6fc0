import * as z from "zod";
import { slugSchema } from "@/lib/core/text";
import { procedure, router } from "@/lib/trpc/init";
import { listDays, listPosted, loadNote } from "./read";
import { daySchema, noteInputSchema } from "./schema";
import { postNote, saveNote, takeBackNote } from "./write";

const trackInput = z.object({ trackSlug: slugSchema });
const noteInput = trackInput.extend({ note: noteInputSchema });

export const dayNotesRouter = router({
  posted: procedure("dayNote.view").query(({ ctx }) => listPosted(ctx.permit)),
  days: procedure("track.lead")
    .input(trackInput)
    .query(({ ctx }) => listDays(ctx.permit)),
  byDay: procedure("track.lead")
    .input(trackInput.extend({ day: daySchema }))
    .query(({ ctx, input }) => loadNote(ctx.permit, input.day)),
  save: procedure("dayNote.write")
    .input(noteInput)
    .mutation(({ ctx, input }) => saveNote(ctx.permit, input.note)),
  post: procedure("dayNote.write")
    .input(noteInput)
    .mutation(({ ctx, input }) => postNote(ctx.permit, input.note)),
  takeBack: procedure("dayNote.write")
    .input(noteInput)
    .mutation(({ ctx, input }) => takeBackNote(ctx.permit, input.note)),
});
