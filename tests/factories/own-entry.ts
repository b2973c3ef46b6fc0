import { callAs, makeMember } from "./caller";
import { makeEvent } from "./event";

/** An event and somebody who is a member of its entry alpha and nothing else. */
export async function makeOwn(options: Parameters<typeof makeEvent>[0] = {}) {
  const event = await makeEvent(options);
  const personId = await makeMember(event.entryIds.alpha ?? "");
  const where = { eventSlug: event.slug, entrySlug: "alpha" };
  return { event, personId, me: await callAs(personId), where };
}

/** What was asked for, told as its refusal: code and sentence; `done` when it was done. */
export const refusal = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => "done",
    ({ code, message }: { code: string; message: string }) => `${code}: ${message}`,
  );

export const codeOf = async (asked: Promise<unknown>) => (await refusal(asked)).split(":")[0];
