import { loadCatalogue } from "@/lib/agents/read";
import { catalogueReplySchema } from "@/lib/agents/schema";
import { endpoint } from "@/lib/http/endpoint";

export const GET = endpoint({
  action: "catalogue.read",
  scope: "catalogue:read",
  body: null,
  reply: catalogueReplySchema,
  handle: async ({ permit }) => ({ status: 200, reply: await loadCatalogue(permit) }),
});
