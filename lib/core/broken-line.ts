/** A line of a batch that is no JSON: it is answered for by itself, and the others are taken. */
export class BrokenLine {
  constructor(
    readonly text: string,
    /** What the parser says of it. */
    readonly reason: string,
  ) {}
}
