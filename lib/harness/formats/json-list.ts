import { stat } from "node:fs/promises";
import { FormatError } from "../failure";
import { describeJsonError } from "./json-place";
import { ListSplitter } from "./list-splitter";
import { LARGEST_WHOLE, refuseChanged, type Source, streamOf, textOf } from "./source";

/** What a first reading tells: all that stands around the list, there told as empty, and the file's SHA-256. */
export type AroundList = { readonly frame: unknown; readonly sum: string };

/**
 * Reads a JSON file in which a path of keys leads to a list, such as `results`, `tests`, to its end, with no more
 * in memory than one element of it and what stands around it, before and after. `each` gets the elements in order.
 * Throws FormatError with line and column for what is no JSON (RFC 8259).
 */
export async function readAroundList(
  source: Source,
  path: readonly string[],
  each: (element: unknown, at: number) => void,
): Promise<AroundList> {
  const stream = streamOf(source);
  const splitter = new ListSplitter(path);
  let count = 0;
  try {
    for await (const text of textsIn(stream.bytes)) {
      for (const element of splitter.feed(text)) {
        each(JSON.parse(element), count);
        count += 1;
      }
    }
    const frame: unknown = JSON.parse(splitter.end());
    refuseUnseen(frame, path);
    return { frame, sum: stream.sum() };
  } catch (error) {
    throw error instanceof SyntaxError ? await faultOf(source) : error;
  }
}

/** A key may be written with escapes, and then its list is not found on the way: nothing of it may be lost. */
function refuseUnseen(frame: unknown, path: readonly string[]) {
  const list = path.reduce<unknown>(
    (value, key) => (value as Record<string, unknown> | null | undefined)?.[key],
    frame,
  );
  if (Array.isArray(list) && list.length > 0)
    throw new FormatError(`Write the keys of /${path.join("/")} without escapes.`);
}

/** The elements once more, of a file that was read to its end and had this SHA-256. */
export async function* elementsIn(
  source: Source,
  path: readonly string[],
  sum: string,
): AsyncGenerator<unknown> {
  const stream = streamOf(source);
  const splitter = new ListSplitter(path);
  for await (const text of textsIn(stream.bytes)) {
    for (const element of splitter.feed(text)) yield JSON.parse(element);
  }
  refuseChanged(stream, sum);
}

/** Without a byte order mark. */
async function* textsIn(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** Found by reading the file as a whole: a part by itself does not tell where it stands. */
async function faultOf(source: Source): Promise<FormatError> {
  const { size } = await stat(source.path);
  if (size > LARGEST_WHOLE)
    return new FormatError(
      "This is not JSON. In a file of more than 256 MiB the place is not told.",
    );
  return new FormatError(...describeJsonError((await textOf(source)).text));
}
