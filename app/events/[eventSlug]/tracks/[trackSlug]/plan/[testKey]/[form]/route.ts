import { readerId } from "@/app/reader";
import { text } from "@/lib/http/fields";
import { answerForm, type Fields } from "@/lib/http/form";
import { api } from "@/lib/trpc/server";
import { testIn } from "../../fields";

type Where = { eventSlug: string; trackSlug: string; testKey: string };
type Context = { params: Promise<Where & { form: string }> };

type Form = {
  /** The form on the page that is told what is wrong. */
  name: string;
  /** Where to go then, after the plan's address. */
  work: (where: Where, fields: Fields) => Promise<string>;
};

const at = ({ testKey }: Where, done: string) => `/${encodeURIComponent(testKey)}?done=${done}`;

const FORMS: Record<string, Form> = {
  save: {
    name: "test",
    work: async (where, fields) => {
      const test = testIn(fields, where.testKey);
      const told = await api.plans.change({ ...where, test, seen: text(fields, "seen") });
      return at(where, told.isNewVersion ? "published" : "saved");
    },
  },
  retire: {
    name: "retire",
    work: async (where) => {
      await api.plans.retire(where);
      return at(where, "retire");
    },
  },
  "bring-back": {
    name: "retire",
    work: async (where) => {
      await api.plans.bringBack(where);
      return at(where, "bring-back");
    },
  },
  up: { name: "plan", work: (where) => move(where, "up") },
  down: { name: "plan", work: (where) => move(where, "down") },
};

async function move(where: Where, direction: "up" | "down"): Promise<string> {
  await api.plans.move({ ...where, direction });
  return "";
}

/** Takes the forms by which a test of the plan is changed. */
export async function POST(request: Request, { params }: Context) {
  const { form, ...told } = await params;
  const where = { ...told, testKey: decodeURIComponent(told.testKey) };
  const { name, work } = (Object.hasOwn(FORMS, form) && FORMS[form]) || {};
  if (!name || !work) return new Response("There is no such form.\n", { status: 404 });
  const plan = `/events/${where.eventSlug}/tracks/${where.trackSlug}/plan`;
  const page = name === "plan" ? plan : `${plan}/${encodeURIComponent(where.testKey)}`;
  return answerForm({ request, form: name, page, reader: await readerId() }, async (fields) => {
    return plan + (await work(where, fields));
  });
}
