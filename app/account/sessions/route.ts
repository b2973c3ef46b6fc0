import { readerId } from "@/app/reader";
import { text } from "@/lib/http/fields";
import { answerForm } from "@/lib/http/form";
import { api } from "@/lib/trpc/server";

export async function POST(request: Request) {
  const form = { request, form: "sessions", page: "/account", reader: await readerId() };
  return answerForm(form, async (fields) => {
    await api.persons.endSession({ sessionId: text(fields, "sessionId") });
    return "/account?done=session";
  });
}
