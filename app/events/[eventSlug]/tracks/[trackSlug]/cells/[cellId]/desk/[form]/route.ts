import { inField } from "@/app/in-field";
import { readerId } from "@/app/reader";
import { expectedSchema } from "@/lib/baselines/schema";
import { text } from "@/lib/http/fields";
import { answerForm, type Fields } from "@/lib/http/form";
import { rulingSchema, takingBackSchema } from "@/lib/rulings/schema";
import { api } from "@/lib/trpc/server";

type Where = { eventSlug: string; trackSlug: string; cellId: string };
type Context = { params: Promise<Where & { form: string }> };

/** What a lead says of a cell. */
const FORMS: Record<string, (where: Where, fields: Fields) => Promise<void>> = {
  settle: (where, fields) =>
    api.rulings.settle({
      ...where,
      ruling: inField("ruling", rulingSchema, {
        outcome: text(fields, "ruling.outcome"),
        ...causeIn(fields),
        reason: text(fields, "ruling.reason"),
        attempts: text(fields, "ruling.attempts"),
      }),
    }),
  "take-back": (where, fields) =>
    api.rulings.takeBack({
      ...where,
      takingBack: inField("takingBack", takingBackSchema, {
        reason: text(fields, "takingBack.reason"),
      }),
    }),
  note: (where, fields) => api.rulings.annotate({ ...where, note: text(fields, "note") }),
  expect: (where, fields) =>
    api.baselines.expect({
      ...where,
      expected: inField("expected", expectedSchema, text(fields, "expected")),
    }),
  nudge: (where, fields) => api.rulings.nudge({ ...where, entrySlug: text(fields, "entrySlug") }),
};

/** One list for both: a cause, or `side:SLUG` once for each entry at fault. */
function causeIn(fields: Fields) {
  const cause = text(fields, "ruling.cause");
  if (!cause.startsWith("side:")) return { cause };
  return { cause: "sides", atFault: cause.split(" ").map((side) => side.slice("side:".length)) };
}

/** Takes the forms of a lead on a cell's page. */
export async function POST(request: Request, { params }: Context) {
  const { form, ...where } = await params;
  const work = Object.hasOwn(FORMS, form) ? FORMS[form] : undefined;
  if (!work) return new Response("There is no such form.\n", { status: 404 });
  const page = `/events/${where.eventSlug}/tracks/${where.trackSlug}/cells/${where.cellId}`;
  return answerForm({ request, form, page, reader: await readerId() }, async (fields) => {
    await work(where, fields);
    return `${page}?done=${form}#desk`;
  });
}
