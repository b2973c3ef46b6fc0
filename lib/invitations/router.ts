import * as z from "zod";
import { idSchema, slugSchema } from "@/lib/core/text";
import { procedure, router, siteProcedure } from "@/lib/trpc/init";
import { listInvitations, loadInvitation } from "./read";
import { invitationSchema, invitationTokenSchema } from "./schema";
import { acceptInvitation } from "./write/accept";
import { makeInvitation, revokeInvitation } from "./write/make";

const tokenInput = z.object({ token: invitationTokenSchema });

export const invitationsRouter = router({
  list: procedure("invitation.make")
    .input(z.object({ entrySlug: slugSchema.optional() }))
    .query(({ ctx, input }) => listInvitations(ctx.permit, input.entrySlug ?? null)),
  make: procedure("invitation.make")
    .input(z.object({ invitation: invitationSchema }))
    .mutation(({ ctx, input }) => makeInvitation(ctx.permit, input.invitation)),
  revoke: procedure("invitation.make")
    .input(z.object({ invitationId: idSchema }))
    .mutation(({ ctx, input }) => revokeInvitation(ctx.permit, input.invitationId)),
  byToken: siteProcedure("invitation.view")
    .input(tokenInput)
    .query(({ ctx, input }) => loadInvitation(ctx.permit, input.token)),
  accept: siteProcedure("invitation.accept")
    .input(tokenInput)
    .mutation(({ ctx, input }) => acceptInvitation(ctx.permit, input.token)),
});
