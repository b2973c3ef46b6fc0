import * as z from "zod";
import { idSchema } from "@/lib/core/text";
import { router, siteProcedure } from "@/lib/trpc/init";
import { listSessions, loadProfile, loadViewer } from "./read";
import { profileSchema } from "./schema";
import { changeProfile, disconnectProvider, endSession } from "./write";

export const personsRouter = router({
  viewer: siteProcedure("account.view").query(({ ctx }) => loadViewer(ctx.permit)),
  profile: siteProcedure("account.view").query(({ ctx }) => loadProfile(ctx.permit)),
  sessions: siteProcedure("account.view").query(({ ctx }) => listSessions(ctx.permit)),
  change: siteProcedure("account.edit")
    .input(profileSchema)
    .mutation(({ ctx, input }) => changeProfile(ctx.permit, input)),
  disconnect: siteProcedure("account.edit")
    .input(z.object({ provider: z.string().max(60) }))
    .mutation(({ ctx, input }) => disconnectProvider(ctx.permit, input.provider)),
  endSession: siteProcedure("session.end")
    .input(z.object({ sessionId: idSchema }))
    .mutation(({ ctx, input }) => endSession(ctx.permit, input.sessionId)),
});
