import { readerId } from "@/app/reader";
import { answerForm } from "@/lib/http/form";
import { DEEDS, type Where } from "../../tokens";

type Context = { params: Promise<Where & { deed: string }> };

const isDeed = (name: string): name is keyof typeof DEEDS => Object.hasOwn(DEEDS, name);

/** Takes the forms of an agent's page. */
export async function POST(request: Request, { params }: Context) {
  const { deed, ...where } = await params;
  if (!isDeed(deed)) return new Response("There is no such form.\n", { status: 404 });
  const page = `/events/${where.eventSlug}/agents/${where.agentId}`;
  const reader = await readerId();
  return answerForm(
    { request, form: deed, page, reader },
    async (fields) => `${page}?${await DEEDS[deed](where, fields)}`,
  );
}
