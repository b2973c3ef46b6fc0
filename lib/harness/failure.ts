export const EXIT = { ok: 0, rejected: 1, usage: 2, unreachable: 3, refused: 4 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Something the operator can act on: a sentence, and the exit code that tells its kind. */
export class Failure extends Error {
  override readonly name = "Failure";
  constructor(
    readonly exit: ExitCode,
    message: string,
  ) {
    super(message);
  }
}

export type Place = { readonly line: number; readonly column: number };

/** A file that is not what its format says. The only thing that a reader of formats throws. */
export class FormatError extends Error {
  override readonly name = "FormatError";
  constructor(
    message: string,
    readonly place?: Place,
  ) {
    super(message);
  }

  /** `report.xml:12:3: Unclosed root tag`, as compilers say it. */
  in(file: string): string {
    const at = this.place ? `:${this.place.line}:${this.place.column}` : "";
    return `${file}${at}: ${this.message}`;
  }
}

/** The graver of two ways to end: a refused token hides everything else, then an absent server. */
export const graver = (a: ExitCode, b: ExitCode): ExitCode => (a > b ? a : b);

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
