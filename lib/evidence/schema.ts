import * as z from "zod";
import { idSchema, safeName, sha256Schema } from "@/lib/core/text";

/** What may be kept; each is told by the file's own bytes. */
export const EVIDENCE_KINDS = [
  "pcap",
  "pcapng",
  "sip",
  "log",
  "keylog",
  "png",
  "json",
  "xml",
] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** API.md, "Limits". */
export const FILE_BYTES = 64 * 1_048_576;
export const RUN_BYTES = 512 * 1_048_576;

/** `POST /events/{event}/evidence`: a file that belongs to a run, before its bytes. */
export const declarationSchema = z.strictObject({
  run: idSchema,
  sha256: sha256Schema,
  size: z.int().min(1),
  kind: z.enum(EVIDENCE_KINDS),
  name: safeName(255),
});
export type Declaration = z.output<typeof declarationSchema>;

const uploadSchema = z.object({
  method: z.literal("PUT"),
  /** A URL reference: relative to the server, or another server's address. */
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  /** How many bytes are there already. */
  offset: z.int(),
  /** Where to POST, without a body, once the bytes are there; null where the PUT itself ends it. */
  complete: z.string().nullable(),
});
export type UploadOffer = z.infer<typeof uploadSchema>;

export const declarationReplySchema = z.object({
  sha256: z.string(),
  /** Null: the bytes are here. */
  upload: uploadSchema.nullable(),
});
export type DeclarationReply = z.infer<typeof declarationReplySchema>;

/** What has arrived of a file. */
export const arrivalSchema = z.object({
  sha256: z.string(),
  state: z.enum(["pending", "arrived"]),
  offset: z.int(),
});
export type Arrival = z.infer<typeof arrivalSchema>;

/** A file as a cell's page lists it. */
export type EvidenceLine = {
  sha256: string;
  name: string;
  kind: string;
  /** In bytes; null while it is missing. */
  size: number | null;
  /** Which results name it; null when the run as a whole does. */
  results: { seq: string; reporter: string | null; attempt: number }[] | null;
  /** Whether the reader may have the bytes as they were sent. */
  mayDownload: boolean;
};

/** A file as its own page shows it. */
export type EvidencePage = {
  sha256: string;
  name: string;
  kind: EvidenceKind;
  size: number;
  mayDownload: boolean;
  /** The cells whose results name it, at most fifty. */
  cells: { id: string; track: string; test: string; names: string[] }[];
  /** Null for what is no text. */
  preview: EvidencePreview | null;
};

/** A part of a text's lines, masked. */
export type EvidencePreview = {
  /** The number of the first of them, from 1. */
  first: number;
  lines: string[];
  part: number;
  parts: number;
  /** Whether the text goes on after its last part. */
  isCut: boolean;
};
