import sax from "sax";
import { FormatError, messageOf } from "../failure";

export type Attributes = Readonly<Record<string, string>>;
export type XmlHandler = {
  open(name: string, attributes: Attributes): void;
  close(name: string): void;
  text(chunk: string): void;
};

const DEEPEST = 100;
// sax stops at an attribute longer than this; some runners put a whole diff into `message`.
const LONGEST_ATTRIBUTE = 8 * 1024 * 1024;

/**
 * Reads XML as it comes, and yields after each chunk. A document type is refused, so that there
 * are no entities to expand or to fetch. Throws FormatError with line and column, also when the
 * document stops in the middle.
 */
export async function* readXml(
  bytes: AsyncIterable<Uint8Array>,
  handler: XmlHandler,
): AsyncGenerator<void> {
  const feed = createParser(handler);
  let decoder: TextDecoder | undefined;
  for await (const chunk of bytes) {
    decoder ??= new TextDecoder(encodingOf(chunk));
    feed.write(decoder.decode(chunk, { stream: true }));
    yield;
  }
  feed.write(decoder?.decode() ?? "");
  feed.end();
}

function createParser(handler: XmlHandler) {
  Object.assign(sax, { MAX_BUFFER_LENGTH: LONGEST_ATTRIBUTE });
  const parser = sax.parser(true, { position: true });
  const fail = (message: string): never => {
    throw new FormatError(message, { line: parser.line + 1, column: Math.max(1, parser.column) });
  };
  let depth = 0;
  let isRootSeen = false;
  parser.onerror = (error) => {
    // `&#x1b;`, which XML forbids and runners write, stays in the text as it is.
    if (isForbiddenReference(parser, error)) parser.resume();
    else fail(firstLine(error.message));
  };
  parser.ondoctype = () => fail("The report has a document type (<!DOCTYPE ...>). Remove it.");
  parser.onopentag = (tag) => {
    isRootSeen = true;
    depth += 1;
    if (depth > DEEPEST) fail(`Elements are nested deeper than ${DEEPEST}.`);
    handler.open(localName(tag.name), tag.attributes as Attributes);
  };
  parser.onclosetag = (name) => {
    depth -= 1;
    handler.close(localName(name));
  };
  parser.ontext = (chunk) => handler.text(chunk);
  parser.oncdata = (chunk) => handler.text(chunk);
  // sax itself throws on a character reference beyond Unicode, and keeps an error it has told.
  const guarded = (step: () => void) => {
    try {
      step();
    } catch (error) {
      if (error instanceof FormatError) throw error;
      fail(firstLine(messageOf(error)));
    }
  };
  return {
    write: (text: string) => guarded(() => void parser.write(text)),
    end: () => {
      if (!isRootSeen) fail("There is no XML element in this file.");
      guarded(() => void parser.close());
    },
  };
}

const firstLine = (text: string) => text.split("\n", 1)[0] ?? text;

function isForbiddenReference(parser: sax.SAXParser, error: Error): boolean {
  const { entity } = parser as sax.SAXParser & { entity?: unknown };
  return (
    error.message.startsWith("Invalid character entity") &&
    typeof entity === "string" &&
    /^#(\d+|x[\da-f]+)$/i.test(entity)
  );
}

const localName = (name: string) => name.slice(name.indexOf(":") + 1);

/** By byte order mark, else by the XML declaration, else UTF-8 (XML 1.0 appendix F). */
function encodingOf(start: Uint8Array): string {
  if (start[0] === 0xff && start[1] === 0xfe) return "utf-16le";
  if (start[0] === 0xfe && start[1] === 0xff) return "utf-16be";
  const head = Buffer.from(start.subarray(0, 200)).toString("latin1");
  const label = /^(?:\u00ef\u00bb\u00bf)?\s*<\?xml[^>]*\sencoding=["']([\w.:-]+)["']/.exec(
    head,
  )?.[1];
  if (label === undefined) return "utf-8";
  try {
    return new TextDecoder(label).encoding;
  } catch {
    throw new FormatError(`Its encoding '${label}' is not known.`, { line: 1, column: 1 });
  }
}
