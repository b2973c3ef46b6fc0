import { createHash } from "node:crypto";
import { POST as declare } from "@/app/api/v1/events/[eventSlug]/evidence/route";
import {
  POST as complete,
  PUT as put,
} from "@/app/api/v1/events/[eventSlug]/runs/[runId]/evidence/[sha256]/route";
import { GET as receipt } from "@/app/api/v1/events/[eventSlug]/runs/[runId]/route";
import { GET as file } from "@/app/api/v1/evidence/[sha256]/route";
import { loadPersonActor } from "@/lib/auth/actor";
import { grant } from "@/lib/auth/permit";
import { loadScope } from "@/lib/auth/scope";
import { openFile } from "@/lib/evidence/read/file";
import type { DeclarationReply } from "@/lib/evidence/schema";
import { declareRun, item, params, postBatch, request } from "./push";

type Where = { slug: string };
export type File = { bytes: Buffer; sha256: string; size: number; kind: string; name: string };

export const makeFile = (content: string | Buffer, kind = "log", name = "trace.log"): File => {
  const bytes = Buffer.from(content);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { bytes, sha256, size: bytes.length, kind, name };
};

/** A capture without a packet in it, or with some bytes that are none. */
export const makeCapture = (rest = "") =>
  makeFile(
    Buffer.concat([
      Buffer.from("d4c3b2a1020004000000000000000000ffff000001000000", "hex"),
      Buffer.from(rest),
    ]),
    "pcap",
    "capture.pcap",
  );

export const declareFile = (
  { slug }: Where,
  { token, run, ...body }: { token: string; run: string } & Record<string, unknown>,
): Promise<Response> => {
  const { bytes: _, ...told } = body;
  return declare(
    request(`events/${slug}/evidence`, "POST", { token, body: { run, ...told } }),
    params({ eventSlug: slug }),
  );
};

export async function offerOf(event: Where, token: string, run: string, file: File) {
  const response = await declareFile(event, { token, run, ...file });
  if (response.status !== 200) throw new Error(await response.text());
  return ((await response.json()) as DeclarationReply).upload;
}

type Sending = { token: string; run: string; sha256: string; offset?: number | string };

export function putBytes(
  { slug }: Where,
  { token, run, sha256, offset = 0 }: Sending,
  body: Buffer | ReadableStream<Uint8Array>,
  headers: Record<string, string> = {},
): Promise<Response> {
  const path = `http://localhost:3000/api/v1/events/${slug}/runs/${run}/evidence/${sha256}`;
  const asked = new Request(path, {
    method: "PUT",
    headers: { authorization: `Bearer ${token}`, "upload-offset": String(offset), ...headers },
    body: body instanceof ReadableStream ? body : new Uint8Array(body),
    duplex: "half",
  } as RequestInit);
  return put(asked, params({ eventSlug: slug, runId: run, sha256 }));
}

export const completeFile = ({ slug }: Where, { token, run, sha256 }: Sending) =>
  complete(
    request(`events/${slug}/runs/${run}/evidence/${sha256}`, "POST", { token }),
    params({ eventSlug: slug, runId: run, sha256 }),
  );

/** Declares and sends a file whole. */
export async function sendFile(event: Where, token: string, run: string, file: File) {
  await offerOf(event, token, run, file);
  const response = await putBytes(event, { token, run, sha256: file.sha256 }, file.bytes);
  if (response.status !== 200) throw new Error(await response.text());
}

/** A run with one result that names the file, whose bytes have arrived. */
export async function pushWithFile(
  event: Where,
  token: string,
  file: File,
  over: Record<string, unknown> = {},
): Promise<string> {
  const run = await declareRun(event, token);
  await pushNaming(event, { token, run }, file, over);
  await sendFile(event, token, run, file);
  return run;
}

export async function pushNaming(
  event: Where,
  { token, run }: { token: string; run: string },
  { sha256, kind, name }: File,
  over: Record<string, unknown> = {},
) {
  const items = [item({ evidence: [{ sha256, kind, name }], ...over })];
  const response = await postBatch(event, run, { token, body: { schema: "1", items } });
  if (response.status !== 200) throw new Error(await response.text());
}

export const fileAsAgent = (token: string, sha256: string, headers: Record<string, string> = {}) =>
  file(request(`evidence/${sha256}`, "GET", { token, headers }), params({ sha256 }));

/** The file as somebody signed in, or nobody, is given it in an event: the refusal's code, or the answer. */
export async function fileAs(
  personId: string | null,
  { slug }: Where,
  sha256: string,
): Promise<Response> {
  const actor =
    personId === null ? ({ kind: "visitor" } as const) : await loadPersonActor(personId);
  const permit = grant(actor, "evidence.view", await loadScope(slug, undefined));
  return openFile([permit], { sha256, request: request(`evidence/${sha256}`, "GET") });
}

export async function pendingOf(event: Where, token: string, runId: string): Promise<string[]> {
  const asked = request(`events/${event.slug}/runs/${runId}`, "GET", { token });
  const response = await receipt(asked, params({ eventSlug: event.slug, runId }));
  return ((await response.json()) as { evidencePending: string[] }).evidencePending;
}
