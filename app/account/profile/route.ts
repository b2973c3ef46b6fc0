import { submitted } from "@/lib/http/submitted";
import { api } from "@/lib/trpc/server";

export const POST = (request: Request) =>
  submitted(
    request,
    (form) =>
      api.persons.change({
        name: String(form.get("name") ?? ""),
        zone: String(form.get("zone") ?? "") || null,
      }),
    { page: "/account", done: "/account?done=profile", unfit: "/account?error=profile" },
  );
