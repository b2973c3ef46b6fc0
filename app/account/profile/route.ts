import { readerId } from "@/app/reader";
import { text } from "@/lib/http/fields";
import { answerForm } from "@/lib/http/form";
import { api } from "@/lib/trpc/server";

export async function POST(request: Request) {
  const form = { request, form: "profile", page: "/account", reader: await readerId() };
  return answerForm(form, async (fields) => {
    await api.persons.change({ name: text(fields, "name"), zone: text(fields, "zone") || null });
    return "/account?done=profile";
  });
}
