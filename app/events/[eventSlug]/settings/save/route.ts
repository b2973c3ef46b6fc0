import * as z from "zod";
import { readerId } from "@/app/reader";
import { settingsSchema } from "@/lib/events/schema";
import { lines, text } from "@/lib/http/fields";
import { answerForm, type Fields } from "@/lib/http/form";
import { api } from "@/lib/trpc/server";

type Context = { params: Promise<{ eventSlug: string }> };

export async function POST(request: Request, { params }: Context) {
  const { eventSlug } = await params;
  const page = `/events/${eventSlug}/settings`;
  const form = { request, form: "settings", page, reader: await readerId() };
  return answerForm(form, async (fields) => {
    await api.events.changeSettings({ eventSlug, settings: settingsIn(fields) });
    return `${page}?done=save`;
  });
}

const fieldsSchema = z.object({ settings: settingsSchema });
const NAMES = [
  "label",
  "intro",
  "place",
  "startsOn",
  "endsOn",
  "zone",
  "visibility",
  "entryPolicy",
  "unmappedNames",
] as const;

function settingsIn(fields: Fields) {
  const said = Object.fromEntries(NAMES.map((name) => [name, text(fields, `settings.${name}`)]));
  const sponsors = lines(fields, "settings.sponsors").map((line) => {
    const [name = "", url = "", note = ""] = line.split("|").map((part) => part.trim());
    return { name, url, note };
  });
  return fieldsSchema.parse({ settings: { ...said, sponsors } }).settings;
}
