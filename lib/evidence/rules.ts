import { maskSecrets } from "@/lib/core/secrets";
import { type EvidenceKind, type EvidencePreview, FILE_BYTES, RUN_BYTES } from "./schema";

const IS_TEXT = {
  pcap: false,
  pcapng: false,
  png: false,
  sip: true,
  log: true,
  keylog: true,
  json: true,
  xml: true,
} as const satisfies Record<EvidenceKind, boolean>;

/** Text is shown masked to whoever sees its result; as it was sent, only its owners have it. */
export const isText = (kind: EvidenceKind): boolean => IS_TEXT[kind];

/** Wireshark gives captures either name. */
const ALSO: Partial<Record<EvidenceKind, EvidenceKind>> = { pcap: "pcapng", pcapng: "pcap" };

/** What is stored as the file's kind, or null when its bytes are not what was declared. */
export function kindStored(
  declared: EvidenceKind,
  seen: readonly EvidenceKind[],
): EvidenceKind | null {
  if (seen.includes(declared)) return declared;
  return seen.find((kind) => ALSO[declared] === kind) ?? null;
}

const mib = (bytes: number) => `${bytes / 1_048_576} MiB`;

/** Why a file of this size is not taken, or null. `others` are the bytes that the run has declared already. */
export function overLimit(size: number, others: number): string | null {
  if (size > FILE_BYTES) {
    return `Evidence is at most ${mib(FILE_BYTES)} a file; cut the capture, for example with editcap.`;
  }
  if (others + size > RUN_BYTES) {
    return `Evidence is at most ${mib(RUN_BYTES)} a run, of which ${others} bytes are taken.`;
  }
  return null;
}

type Span = { start: number; end: number };

/** RFC 9110 section 14: one range of bytes; null for the whole, as for what is not understood. */
export function spanAsked(header: string | null, size: number): Span | "unsatisfiable" | null {
  const [, first = "", last = ""] =
    /^bytes=(\d{0,15})-(\d{0,15})$/i.exec(header?.trim() ?? "") ?? [];
  if (first === "" && last === "") return null;
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length === 0 ? "unsatisfiable" : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== "" && Number(last) < start) return null;
  return start >= size ? "unsatisfiable" : { start, end };
}

/** RFC 6266: a plain name for old readers, the whole one as RFC 8187 writes it. */
export function attachmentNamed(name: string): string {
  const last = name.replace(/^.*[\\/]/, "") || "evidence";
  const plain = last.replace(/[^\w.+ -]/g, "_");
  const whole = encodeURIComponent(last).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}

/** How much of a text its page shows. */
export const PREVIEW_BYTES = 2 * 1_048_576;
/** How many lines a page shows at once. */
export const PART_LINES = 5000;

/** A part of the lines of a text's beginning, masked; the last one for a part behind the end. */
export function previewOf(
  text: string,
  { part, isWhole }: { part: number; isWhole: boolean },
): EvidencePreview {
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
  if (lines.at(-1) === "") lines.pop();
  const parts = Math.max(1, Math.ceil(lines.length / PART_LINES));
  const shown = Math.min(part, parts);
  const from = (shown - 1) * PART_LINES;
  // From the beginning on: whether a line stands in a private key, those before it tell.
  const masked = maskSecrets(lines.slice(0, from + PART_LINES)).slice(from);
  return { first: from + 1, lines: masked, part: shown, parts, isCut: !isWhole };
}
