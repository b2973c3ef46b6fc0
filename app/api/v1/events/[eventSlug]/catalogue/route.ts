import { loadCatalogue } from "@/lib/agents/read/catalogue";
import { catalogueReplySchema } from "@/lib/agents/schema";
import { endpoint } from "@/lib/http/endpoint";

export const GET = endpoint({
  action: "catalogue.read",
  scope: "catalogue:read",
  summary:
    "The names that the event knows: tracks, roles, test cases, entries with their builds, and pairings still open.",
  body: null,
  reply: catalogueReplySchema,
  answers: { 200: "The event's names." },
  handle: async ({ permit }) => ({ status: 200, reply: await loadCatalogue(permit) }),
});
