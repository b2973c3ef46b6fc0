import { submitted } from "@/lib/http/submitted";
import { api } from "@/lib/trpc/server";

export const POST = (request: Request) =>
  submitted(
    request,
    (form) => api.persons.disconnect({ provider: String(form.get("provider") ?? "") }),
    { page: "/account", done: "/account?done=disconnect", unfit: "/account" },
  );
