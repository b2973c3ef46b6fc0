import { loadCouple } from "@/lib/couples/read/couple";
import { coupleWords, turnsIn } from "@/lib/couples/rules";
import { coupleAnswerSchema } from "@/lib/couples/schema";
import { taggedJson } from "@/lib/http/public";
import { siteReader } from "@/lib/http/site-reader";

export const GET = siteReader({
  action: "project.view",
  summary:
    "What two projects have tested together, over all events and tracks that the reader may see: each cell with its builds, and what was fixed or fell back between editions.",
  schema: coupleAnswerSchema,
  handle: async ({ request, params, permit }) => {
    const { projectSlug = "", otherSlug = "" } = params;
    const couple = await loadCouple(permit, [projectSlug, otherSlug]);
    const told = { ...couple, answer: coupleWords(couple), turns: turnsIn(couple) };
    return taggedJson(request, told, JSON.stringify(told));
  },
});
