const NAME = "TryLater";

/** Not now: too much was asked, or too much is under way. Nothing was stored; asking again is right. */
export class TryLater extends Error {
  override readonly name = NAME;
  constructor(
    readonly status: 429 | 503,
    message: string,
    /** What `Retry-After` says. */
    readonly afterS: number,
  ) {
    super(message);
  }
}

/**
 * By name and not by class: the one turnstile of the process is made by whichever bundle comes first, the
 * gate's or a route's, and each bundle has a class of its own. A batch was answered 500 for that.
 */
export const isTryLater = (error: unknown): error is TryLater =>
  error instanceof Error && error.name === NAME;
