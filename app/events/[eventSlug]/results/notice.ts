import * as z from "zod";
import { type Query, readerId } from "@/app/reader";
import { seal, unseal } from "@/lib/http/seal";

const noticeSchema = z.object({
  words: z.string(),
  /** What can be taken back; empty when nothing. */
  seqs: z.array(z.string()),
});
type Notice = z.infer<typeof noticeSchema>;

/** The page's address with what to tell on it. Sealed, so that nobody else can make it tell anything. */
export async function withNotice(page: string, notice: Notice): Promise<string> {
  const query = new URLSearchParams({ said: seal(notice, await readerId()) });
  return `${page}${page.includes("?") ? "&" : "?"}${query}`;
}

export const noticeIn = async (said: Query): Promise<Notice | null> =>
  unseal(noticeSchema, { sealed: said, reader: await readerId() });
