import type { FormAnswer } from "@/lib/core/form";
import { readAnswer } from "@/lib/http/form";
import { currentContext } from "@/lib/trpc/server";

export type Query = string | string[] | undefined;

/** Whose answers these are: what one form is told, nobody else reads. Empty for a visitor. */
export async function readerId(): Promise<string> {
  const { actor } = await currentContext();
  return actor.kind === "person" ? actor.personId : "";
}

/** What the form was told that sent the reader back to this page. */
export const answerIn = async (answer: Query): Promise<FormAnswer | null> =>
  readAnswer(answer, await readerId());
