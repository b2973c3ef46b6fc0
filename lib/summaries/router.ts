import * as z from "zod";
import { safeName, slugSchema } from "@/lib/core/text";
import { procedure, router } from "@/lib/trpc/init";
import { loadBlock, loadDesk, loadPreview } from "./read/desk";
import { loadLatest, loadPublished } from "./read/published";
import { blockKeySchema, blockSchema, publicationSchema } from "./schema";
import { addBlock, removeBlock, writeBlock } from "./write/block";
import { publishSummary } from "./write/publish";

const keyInput = z.object({ key: blockKeySchema });

export const summariesRouter = router({
  latest: procedure("summary.view").query(({ ctx }) => loadLatest(ctx.permit)),
  version: procedure("summary.view")
    .input(z.object({ version: z.int().min(1).max(100_000) }))
    .query(({ ctx, input }) => loadPublished(ctx.permit, input.version)),

  desk: procedure("summary.draft").query(({ ctx }) => loadDesk(ctx.permit)),
  preview: procedure("summary.draft").query(({ ctx }) => loadPreview(ctx.permit)),
  block: procedure("summary.draft")
    .input(keyInput)
    .query(({ ctx, input }) => loadBlock(ctx.permit, input.key)),

  writeBlock: procedure("summary.write")
    .input(keyInput.extend({ block: blockSchema }))
    .mutation(({ ctx, input }) => writeBlock(ctx.permit, input.key, input.block)),
  addBlock: procedure("summary.write")
    .input(z.object({ title: z.string().trim().pipe(safeName(120)), about: slugSchema.nullish() }))
    .mutation(({ ctx, input: { title, about } }) =>
      addBlock(ctx.permit, { title, track: about ?? null }),
    ),
  removeBlock: procedure("summary.write")
    .input(keyInput)
    .mutation(({ ctx, input }) => removeBlock(ctx.permit, input.key)),

  publish: procedure("summary.publish")
    .input(publicationSchema)
    .mutation(({ ctx, input }) => publishSummary(ctx.permit, input)),
});
