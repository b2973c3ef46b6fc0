const STATUS = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  wrong_phase: 409,
  too_large: 413,
  unsupported_media: 415,
  invalid: 422,
  storage_unavailable: 503,
  storage_full: 507,
} as const;

export type RefusalCode = keyof typeof STATUS;
export type RefusalStatus = (typeof STATUS)[RefusalCode];

/** Where in the input something is wrong: an RFC 6901 pointer, a stable code, a sentence. */
export type Fault = { pointer: string; code: string; message: string };

/** A refusal the caller can act on. Everything else that is thrown is a bug. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  constructor(
    readonly code: RefusalCode,
    message: string,
    readonly faults: readonly Fault[] = [],
  ) {
    super(message);
  }
  get status(): RefusalStatus {
    return STATUS[this.code];
  }
}
