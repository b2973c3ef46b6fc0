import { FormatError } from "../failure";

/** One element of a list, or all that stands around it. */
const LARGEST_PART = 64 * 1024 * 1024;

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Cuts the text of a JSON file at the elements of the one list that a path of keys leads to. It only counts
 * brackets and passes over strings: whether the parts are JSON is for JSON.parse to say.
 */
export class ListSplitter {
  /** All around the list, or the element that is being read. */
  #frame = "";
  #element = "";
  #depth = 0;
  /** So many of the open brackets are objects on the path. */
  #onPath = 0;
  /** The last string of an object on the path, as it is written, and the key that was one. */
  #string = "";
  #key: string | undefined;
  #isInString = false;
  #isEscaped = false;
  #list: "before" | "inside" | "after" = "before";
  /** A comma came before: an element must follow. */
  #isAwaited = false;
  #found: string[] = [];
  /** Of the text in hand, from where on it has not been put anywhere. */
  #from = 0;

  constructor(readonly path: readonly string[]) {}

  /** Takes the next piece of the text; the texts of the elements that are whole now. */
  feed(text: string): string[] {
    this.#found = [];
    this.#from = 0;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (this.#isInString) this.#passString(code, text, at);
      else this.#read(code, text, at);
    }
    this.#put(text, text.length);
    return this.#found;
  }

  #read(code: number, text: string, at: number) {
    if (code === QUOTE) this.#beginString();
    else if (code === OPEN_LIST || code === OPEN_OBJECT) this.#open(code, text, at);
    else if (code === CLOSE_LIST || code === CLOSE_OBJECT) this.#close(text, at);
    else if (code === COMMA) this.#separate(text, at);
    else if (code === COLON && this.#isOnPath()) this.#key = this.#string;
  }

  /** What stands around the list, which is empty there. */
  end(): string {
    return this.#frame;
  }

  #isOnPath = () => this.#depth === this.#onPath && this.#list !== "inside";

  #beginString() {
    this.#isInString = true;
    this.#string = "";
  }

  #passString(code: number, text: string, at: number) {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (code === BACKSLASH) this.#isEscaped = true;
    else if (code === QUOTE) this.#isInString = false;
    if (this.#isInString && this.#isOnPath() && this.#string.length < 100) this.#string += text[at];
  }

  #open(code: number, text: string, at: number) {
    const isNext =
      this.#isOnPath() && (this.#depth === 0 || this.#key === this.path[this.#depth - 1]);
    if (isNext && code === OPEN_OBJECT && this.#depth < this.path.length) this.#onPath += 1;
    else if (isNext && code === OPEN_LIST && this.#depth === this.path.length)
      this.#beginList(text, at);
    this.#depth += 1;
  }

  #beginList(text: string, at: number) {
    if (this.#list === "after")
      throw new FormatError(`There are two lists at /${this.path.join("/")}.`);
    this.#put(text, at + 1);
    this.#list = "inside";
  }

  #close(text: string, at: number) {
    this.#depth -= 1;
    if (this.#list === "inside" && this.#depth === this.path.length) {
      this.#endElement(text, at);
      this.#list = "after";
    }
    this.#onPath = Math.min(this.#onPath, this.#depth);
  }

  #separate(text: string, at: number) {
    if (this.#list !== "inside" || this.#depth !== this.path.length + 1) return;
    this.#isAwaited = true;
    this.#endElement(text, at);
    this.#from = at + 1;
  }

  /** An empty list has none; where a comma stood an empty text is one, which JSON.parse refuses. */
  #endElement(text: string, at: number) {
    this.#put(text, at);
    if (this.#isAwaited || this.#element.trim() !== "") this.#found.push(this.#element);
    this.#element = "";
  }

  #put(text: string, to: number) {
    const part = text.slice(this.#from, to);
    this.#from = to;
    if (this.#list === "inside") this.#element += part;
    else this.#frame += part;
    if (this.#element.length > LARGEST_PART || this.#frame.length > LARGEST_PART)
      throw new FormatError("One part of the file is larger than 64 MiB.");
  }
}
