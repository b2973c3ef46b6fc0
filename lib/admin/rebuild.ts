import { rebuildCells } from "@/lib/cells/write/rebuild";
import { mayInEvent } from "./gate";
import { type Flags, needed } from "./usage";

export async function rebuild({ event }: Flags): Promise<string> {
  const { results, cells } = await rebuildCells(
    await mayInEvent("event.prepare", needed(event, "event")),
  );
  return `${results} results placed, ${cells} cells folded`;
}
