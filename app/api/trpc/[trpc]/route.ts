import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { appRouter } from "@/lib/trpc/root";
import { currentContext } from "@/lib/trpc/server";

export const dynamic = "force-dynamic";

async function handle(req: Request): Promise<Response> {
  const response = await fetchRequestHandler({
    endpoint: "/api/trpc",
    req,
    router: appRouter,
    createContext: currentContext,
  });
  // A stream's connection is of no use afterwards; kept open, it would keep a server that is to end.
  if (response.headers.get("content-type")?.startsWith("text/event-stream")) {
    response.headers.set("connection", "close");
  }
  return response;
}

export { handle as GET, handle as POST };
