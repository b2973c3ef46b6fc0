import * as z from "zod";
import { sha256Schema, slugSchema } from "@/lib/core/text";
import { procedure, router } from "@/lib/trpc/init";
import { listCellEvidence } from "./read/cell";
import { loadEvidencePage } from "./read/page";

export const evidenceRouter = router({
  bySum: procedure("evidence.view")
    .input(z.object({ sha256: sha256Schema, part: z.int().min(1).max(100_000).default(1) }))
    .query(({ ctx, input }) => loadEvidencePage(ctx.permit, input)),
  byCell: procedure("evidence.view")
    .input(z.object({ trackSlug: slugSchema, cellId: z.uuid() }))
    .query(({ ctx, input }) => listCellEvidence(ctx.permit, input)),
});
