/** A file on its way in. `id` is nobody else's: to send under a hash is not to meet who sent it before. */
export type Upload = { readonly id: string; readonly sha256: string; readonly size: number };

/** Where the bytes of an upload go: here, from an offset on, or to another server. */
export type Offer =
  | { readonly kind: "here"; readonly offset: number }
  | {
      readonly kind: "elsewhere";
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
    };

/** Sees every byte of an upload, then says whether it is what was declared: throws when it is not. */
export type Judge = { add(chunk: Uint8Array): void; decide(): void };

/** Both ends are inside. */
export type Span = { readonly start: number; readonly end: number };

/**
 * Where evidence lies, each file once, by its SHA-256. What fails for want of room or rights is a
 * Refusal: `storage_full` or `storage_unavailable`.
 */
export type Storage = {
  offer(upload: Upload): Promise<Offer>;
  /**
   * Takes bytes from `offset` on, which may be no more than are here already; resolves to how many
   * are here now. Null where they go elsewhere.
   */
  take:
    | ((upload: Upload, offset: number, chunks: AsyncIterable<Uint8Array>) => Promise<number>)
    | null;
  /** Stores an upload durably, once the judge has agreed to all of it; false when none has arrived. */
  keep(upload: Upload, judge: Judge): Promise<boolean>;
  open(sha256: string, span: Span): Promise<ReadableStream<Uint8Array>>;
};
