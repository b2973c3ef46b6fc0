import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { appRouter } from "@/lib/trpc/root";
import { currentContext } from "@/lib/trpc/server";

export const dynamic = "force-dynamic";

const handle = (req: Request) =>
  fetchRequestHandler({
    endpoint: "/api/trpc",
    req,
    router: appRouter,
    createContext: currentContext,
  });

export { handle as GET, handle as POST };
