import { Button } from "@/components/ui/button";
import type { Draft } from "./drafts";

/** What has become of what is in the form. */
export type Status =
  | { is: "idle" }
  | { is: "sending" }
  | { is: "takenBack" }
  /** `isKept`: in this browser, where it survives the page. */
  | { is: "draft"; isKept: boolean }
  | { is: "unsent"; isKept: boolean }
  /** `cellHref`: where to see it, unless it is seen on this page. */
  | { is: "logged"; seq: string; said: Draft; words: string; cellHref: string | null }
  | { is: "notTakenBack"; seq: string; said: Draft };

type Props = { status: Status; undo(): void; discard(): void; isRestricted: boolean };

/** Says whether it is saved, in words that stay until they are no longer true. */
export function LogStatus({ status, undo, discard, isRestricted }: Props) {
  return (
    <>
      <p role="status" className="log-status" data-status={status.is}>
        {wordsOf(status, isRestricted)}
      </p>
      {status.is === "logged" && (
        <Button type="button" onClick={undo} aria-keyshortcuts="z" className="log-undo">
          Undo
        </Button>
      )}
      {status.is === "logged" && status.cellHref !== null && (
        <a className="text-link" href={status.cellHref}>
          To its cell
        </a>
      )}
      {status.is === "draft" && (
        <Button type="button" onClick={discard}>
          Discard
        </Button>
      )}
    </>
  );
}

function wordsOf(status: Status, isRestricted: boolean): string {
  if (status.is === "idle") return "";
  if (status.is === "sending") return "Sending …";
  if (status.is === "takenBack") return "Taken back. It stays in the history.";
  if (status.is === "logged") return `Logged: ${status.words}.`;
  if (status.is === "notTakenBack")
    return "Not taken back: no answer from the site. Try it in the history below.";
  const where = whereWords(status.isKept, isRestricted);
  if (status.is === "draft") return `Not saved yet. ${where}`;
  return `Not saved yet: no answer from the site. ${where} Press “Log it” again once there is a connection.`;
}

function whereWords(isKept: boolean, isRestricted: boolean): string {
  if (isKept) return "It is kept in this browser.";
  return isRestricted
    ? "Of a restricted track nothing is kept in the browser: leave the page open."
    : "This browser keeps nothing: leave the page open.";
}
