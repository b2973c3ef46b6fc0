import { TRPCError } from "@trpc/server";
import { notFound } from "next/navigation";
import type { RefusedCode } from "@/components/shell/refused";

export type Answer<T> = { refused: null; value: T } | { refused: RefusedCode };

/**
 * Asks for what a page shows. What does not exist, what the reader may not know of, and an address
 * that cannot exist are all the 404 page; to be signed out, or not let in, is a page of its own.
 */
export async function ask<T>(question: Promise<T>): Promise<Answer<T>> {
  try {
    return { refused: null, value: await question };
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    const { code } = error;
    if (code === "NOT_FOUND" || code === "BAD_REQUEST") notFound();
    if (code === "UNAUTHORIZED" || code === "FORBIDDEN") return { refused: code };
    throw error;
  }
}
