import { router, siteProcedure } from "@/lib/trpc/init";
import { listOutbox } from "./read";

export const mailsRouter = router({
  outbox: siteProcedure("outbox.view").query(({ ctx }) => listOutbox(ctx.permit)),
});
