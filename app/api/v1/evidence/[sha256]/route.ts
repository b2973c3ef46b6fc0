import { openFile } from "@/lib/evidence/read/file";
import { listHolders } from "@/lib/evidence/read/held";
import { anyEventReader } from "@/lib/http/any-event";
import { sha256Of } from "@/lib/http/params";

const BYTES = { type: "application/octet-stream", schema: null };

export const GET = anyEventReader({
  action: "evidence.view",
  summary:
    "A file by its SHA-256, to whom its result is visible; a text, which may hold secrets, to its reporter's members, the track's leads and the organizers",
  answers: {
    200: { says: "The bytes as they were sent, as an attachment.", ...BYTES },
    206: { says: "The part that `Range` names.", ...BYTES },
    416: { says: "`Range` begins behind the end.", type: null, schema: null },
  },
  problems: [403, 404],
  events: (params) => listHolders(sha256Of(params)),
  handle: ({ request, params, permits }) =>
    openFile(permits, { request, sha256: sha256Of(params) }),
});
