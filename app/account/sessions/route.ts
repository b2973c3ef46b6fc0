import { submitted } from "@/lib/http/submitted";
import { api } from "@/lib/trpc/server";

/** Ends one of the person's sessions. */
export const POST = (request: Request) =>
  submitted(
    request,
    (form) => api.persons.endSession({ sessionId: String(form.get("sessionId") ?? "") }),
    { page: "/account", done: "/account?done=session", unfit: "/account" },
  );
