import * as z from "zod";
import { slugSchema } from "@/lib/core/text";
import { procedure, router } from "@/lib/trpc/init";
import { loadCellDesk } from "./read/cell-desk";
import { noteSchema, rulingSchema, takingBackSchema } from "./schema";
import { annotateCell } from "./write/annotate";
import { nudgeEntry } from "./write/nudge";
import { settleCell, takeBackRuling } from "./write/settle";

const cellInput = z.object({ trackSlug: slugSchema, cellId: z.uuid() });

export const rulingsRouter = router({
  ofCell: procedure("result.view")
    .input(cellInput)
    .query(({ ctx, input }) => loadCellDesk(ctx.permit, input)),
  settle: procedure("ruling.make")
    .input(cellInput.extend({ ruling: rulingSchema }))
    .mutation(({ ctx, input }) => settleCell(ctx.permit, input.cellId, input.ruling)),
  takeBack: procedure("ruling.make")
    .input(cellInput.extend({ takingBack: takingBackSchema }))
    .mutation(({ ctx, input }) =>
      takeBackRuling(ctx.permit, input.cellId, input.takingBack.reason),
    ),
  annotate: procedure("cell.annotate")
    .input(cellInput.extend({ note: noteSchema }))
    .mutation(({ ctx, input }) => annotateCell(ctx.permit, input.cellId, input.note)),
  nudge: procedure("cell.nudge")
    .input(cellInput.extend({ entrySlug: slugSchema }))
    .mutation(({ ctx, input }) => nudgeEntry(ctx.permit, input)),
});
