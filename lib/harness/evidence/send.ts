import { open, readFile } from "node:fs/promises";
import { arrivalSchema, declarationReplySchema, type UploadOffer } from "@/lib/evidence/schema";
import type { Answer } from "../answer";
import { EXIT, Failure } from "../failure";
import { call, type Link } from "../http";
import { plural } from "../output";
import { throwIfHeld } from "../send";
import { eventPath, parseReply } from "../server";
import type { Session } from "../session";
import { evidenceIn, type SpooledFile, type SpooledRun } from "../spool/spool";

/** Small enough for a slow line to bring one within the patience of both sides. */
const PIECE_BYTES = 1_048_576;
/** How often a file is declared anew because the server has another part of it than we thought. */
const ROUNDS = 5;

type Work = { readonly link: Link; readonly event: string; readonly run: string };
type Local = { readonly file: SpooledFile; readonly path: string };

/**
 * Sends a run's files, once its results are there. What the server has is not sent again, and what it
 * has a part of is gone on with. Returns how many it does not take.
 */
export async function sendEvidence(session: Session, run: SpooledRun): Promise<number> {
  const { spool, link } = session;
  if (run.evidence.length === 0) return 0;
  if (!(await session.maySendFiles())) return tellNotAllowed(link, run);
  const work = { link, event: await session.event(), run: run.id };
  let refused = 0;
  for (const file of run.evidence) {
    const path = evidenceIn(spool, run.id, file.sha256);
    const outcome = await sendFile(work, { file, path });
    if (typeof outcome !== "string") refused += 1;
    tellFile(link, run, { file, outcome });
  }
  return refused;
}

type Outcome = "known" | "sent" | Answer;

/** The server's answer when it does not take the file. */
async function sendFile(work: Work, local: Local): Promise<Outcome> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const outcome = await tryFile(work, local);
    if (outcome === "known" && round > 0) return "sent";
    if (typeof outcome === "string" || !isWorthAnother(outcome)) return outcome;
  }
  throw new Failure(EXIT.unreachable, `The server lost ${local.file.name} ${ROUNDS} times over.`);
}

async function tryFile(work: Work, local: Local): Promise<Outcome> {
  const { why: _, ...told } = local.file;
  const path = eventPath(work.event, "evidence");
  const body = { run: work.run, ...told };
  const answer = await call(work.link, { method: "POST", path, body });
  throwIfHeld(answer);
  if (answer.status !== 200) return answer;
  const { upload } = parseReply(work.link, answer, declarationReplySchema);
  if (upload === null) return "known";
  const { complete } = upload;
  const end = await (complete === null
    ? sendPieces(work, local, upload)
    : sendWhole(work, local, { ...upload, complete }));
  throwIfHeld(end);
  return end.status < 300 ? "sent" : end;
}

/** It has another part of the file than we thought; or its address for the bytes is too old. */
const isWorthAnother = ({ status }: Answer) => status === 409 || status === 403;

async function sendPieces({ link }: Work, { path, file }: Local, upload: UploadOffer) {
  const handle = await open(path, "r");
  try {
    let at = upload.offset;
    for (;;) {
      const piece = Buffer.alloc(Math.min(PIECE_BYTES, file.size - at));
      await handle.read(piece, 0, piece.length, at);
      const headers = { ...upload.headers, "upload-offset": String(at) };
      const answer = await call(link, {
        method: "PUT",
        path: "",
        upload: { url: upload.url, headers, bytes: piece },
      });
      if (answer.status >= 300) return answer;
      const { state, offset } = parseReply(link, answer, arrivalSchema);
      if (state === "arrived") return answer;
      at = offset;
      link.output.progress(`${file.name}: ${Math.floor((100 * at) / file.size)} %`);
    }
  } finally {
    await handle.close();
  }
}

/** To another server, which takes no pieces; then ours looks at what came. */
async function sendWhole(
  { link }: Work,
  { path }: Local,
  { url, headers, complete }: UploadOffer & { complete: string },
) {
  const bytes = await readFile(path);
  const put = await call(link, { method: "PUT", path: "", upload: { url, headers, bytes } });
  if (put.status >= 300) return put;
  return call(link, { method: "POST", path: complete.replace(/^\/api\/v1\//, "") });
}

function tellFile(
  { output }: Link,
  run: SpooledRun,
  { file, outcome }: { file: SpooledFile; outcome: Outcome },
) {
  const { name, sha256, size } = file;
  const told = { event: "evidence", run: run.id, name, sha256, size } as const;
  if (typeof outcome === "string") {
    output.tell({ ...told, status: outcome });
    return;
  }
  const { sentence } = outcome;
  output.warn(
    { ...told, status: "refused", detail: sentence },
    `${run.label}: the server does not take ${name}: ${sentence}`,
  );
}

/** The report is kept where that is possible; only what was asked for is worth a word. */
function tellNotAllowed({ output }: Link, run: SpooledRun): number {
  const given = run.evidence.filter(({ why }) => why === "given");
  if (given.length > 0) {
    const message = `This token may not send evidence (scope evidence:write), so ${plural(given.length, "file")} stayed here. Ask the organizer for one that may.`;
    output.warn({ event: "warning", run: run.id, message }, `${run.label}: ${message}`);
  }
  return given.length;
}
