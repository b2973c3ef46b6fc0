import { listTurnedDown } from "@/lib/agents/read/turned-down";
import { agentIdOf } from "@/lib/http/params";
import { taggedText } from "@/lib/http/public";
import { reader } from "@/lib/http/reader";

export const GET = reader(
  "agent.view",
  async ({ request, permit, params }) => {
    const items = await listTurnedDown(permit, agentIdOf(params));
    const text = items.map((item) => `${JSON.stringify(item)}\n`).join("");
    return taggedText(request, text, "application/x-ndjson");
  },
  {
    summary:
      "The items of an agent's runs that were not taken, with the reasons, for those who look after it; one JSON object a line.",
    type: "application/x-ndjson",
  },
);
