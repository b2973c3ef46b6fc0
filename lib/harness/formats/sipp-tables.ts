import { FormatError } from "../failure";

/** What SIPp's files are told apart by: their first columns, which no option changes. */
const KINDS = {
  stat: /^StartTime;LastResetTime;CurrentTime;/,
  rtt: /^Date_ms;response_time_ms;/,
  counts: /^CurrentTime;ElapsedTime;/,
} as const;
export type SippTable = keyof typeof KINDS;

/** Undefined for everything that is none of SIPp's tables, for example its error log. */
export const sippTable = (text: string): SippTable | undefined =>
  (Object.keys(KINDS) as SippTable[]).find((kind) => KINDS[kind].test(text));

/** A row's cells by the names of their columns, which differ by version and scenario. */
export type Row = {
  readonly text: (column: string) => string | undefined;
  readonly number: (column: string) => number | undefined;
};
export type Table = { readonly columns: readonly string[]; readonly rows: readonly Row[] };

/** A table of semicolons. A last row that SIPp had no time to write whole is left out. */
export function parseTable(content: string): Table {
  const [head = "", ...lines] = content.split(/\r?\n/);
  const columns = head.split(";").filter((name) => name !== "");
  if (columns.length === 0) throw new FormatError("The table has no columns.");
  const at = new Map(columns.map((name, index) => [name, index]));
  const rows = lines
    .map((line) => line.split(";"))
    .filter((cells) => cells.length >= columns.length && cells[0] !== "")
    .map((cells): Row => {
      const text = (column: string) => cells[at.get(column) ?? -1];
      return { text, number: (column) => parseNumber(text(column)) };
    });
  return { columns, rows };
}

function parseNumber(text: string | undefined): number | undefined {
  if (text === undefined || text.trim() === "") return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** A moment is one cell of three: the day, the time, and seconds since 1970. Milliseconds. */
export function sippMoment(cell: string | undefined): number | undefined {
  const seconds = parseNumber(cell?.split("\t").at(-1));
  return seconds === undefined ? undefined : Math.round(seconds * 1000);
}

/** `HH:MM:SS:uuuuuu` as milliseconds. */
export function sippSpan(cell: string | undefined): number | undefined {
  const [, hours, minutes, seconds, micros] = /^(\d+):(\d+):(\d+):(\d{6})$/.exec(cell ?? "") ?? [];
  if (hours === undefined) return undefined;
  return (
    ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(micros) / 1000
  );
}
