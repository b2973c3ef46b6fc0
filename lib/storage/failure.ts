import { logFailure } from "@/lib/core/log";
import { Refusal } from "@/lib/core/refusal";

const NO_ROOM = ["ENOSPC", "EDQUOT"];
const NO_WAY = ["EROFS", "EACCES", "EPERM", "ENOTDIR", "ENOENT", "EIO", "EMFILE", "ENFILE"];

const codeOf = (error: unknown) =>
  error instanceof Error && "code" in error ? String(error.code) : "";

export const isFull = (error: unknown): boolean => NO_ROOM.includes(codeOf(error));

/** What a disk refuses, in the caller's terms; the operator is told the rest in the log. */
export function diskFailure(error: unknown): unknown {
  if (isFull(error)) {
    logFailure("the disk for evidence is full", error);
    return full();
  }
  return NO_WAY.includes(codeOf(error)) ? unavailable(error) : error;
}

const full = () =>
  new Refusal(
    "storage_full",
    "The server has no room left for evidence. Nothing of this file was kept; the results are safe. Tell the organizer, and send it again.",
  );

export function unavailable(error: unknown): Refusal {
  logFailure("evidence cannot be stored or read", error);
  return new Refusal(
    "storage_unavailable",
    "The place where evidence is kept cannot be used at the moment. The results are safe. Tell the organizer, and try again.",
  );
}
