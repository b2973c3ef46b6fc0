import { listTurnedDown } from "@/lib/agents/read/turned-down";
import { turnedDownSchema } from "@/lib/agents/schema";
import { agentIdOf } from "@/lib/http/params";
import { taggedCsv } from "@/lib/http/public";
import { reader } from "@/lib/http/reader";

export const GET = reader(
  "agent.view",
  async ({ request, permit, params }) => {
    const items = await listTurnedDown(permit, agentIdOf(params));
    return taggedCsv(request, {
      columns: Object.keys(turnedDownSchema.shape),
      rows: items.map((item) => ({ ...item, id: item.id ?? "" })),
      name: `${params.eventSlug ?? "event"}-rejected.csv`,
    });
  },
  {
    summary:
      "The items of an agent's runs that were not taken, with the reasons, for those who look after it.",
    type: "text/csv",
  },
);
