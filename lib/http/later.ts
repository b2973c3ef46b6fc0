/** Not now: too much was asked, or too much is under way. Nothing was stored; asking again is right. */
export class TryLater extends Error {
  override readonly name = "TryLater";
  constructor(
    readonly status: 429 | 503,
    message: string,
    /** What `Retry-After` says. */
    readonly afterS: number,
  ) {
    super(message);
  }
}
