import * as z from "zod";
import { slugSchema } from "@/lib/core/text";
import { procedure, router } from "@/lib/trpc/init";
import { expectedSchema, takingSchema } from "./schema";
import { dropBaseline } from "./write/drop";
import { expectOfCell } from "./write/expect";
import { takeBaseline } from "./write/take";

const trackInput = z.object({ trackSlug: slugSchema });

export const baselinesRouter = router({
  take: procedure("baseline.set")
    .input(trackInput.extend({ taking: takingSchema }))
    .mutation(({ ctx, input }) => takeBaseline(ctx.permit, input.taking.position)),
  expect: procedure("baseline.set")
    .input(trackInput.extend({ cellId: z.uuid(), expected: expectedSchema }))
    .mutation(({ ctx, input }) => expectOfCell(ctx.permit, input.cellId, input.expected)),
  drop: procedure("baseline.set")
    .input(trackInput)
    .mutation(({ ctx }) => dropBaseline(ctx.permit)),
});
