import type { Place } from "../failure";

// One token of JSON (RFC 8259): punctuation, a string, or another scalar.
const TOKEN =
  /([[\]{},:])|("(?:[^"\\\p{Cc}]|\u007f|[\u0080-\u009f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/uy;
const BLANK = /[ \t\r\n]*/y;

type Token = "[" | "]" | "{" | "}" | "," | ":" | "string" | "scalar";
type State = "value" | "valueOrEnd" | "key" | "keyOrEnd" | "colon" | "after" | "end";

const ALLOWED: Readonly<Record<State, readonly Token[]>> = {
  value: ["[", "{", "string", "scalar"],
  valueOrEnd: ["[", "{", "string", "scalar", "]"],
  key: ["string"],
  keyOrEnd: ["string", "}"],
  colon: [":"],
  after: [",", "]", "}"],
  end: [],
};

/** What is wrong with a text that JSON.parse refused, and where: V8 tells a place only sometimes. */
export function describeJsonError(text: string): [message: string, place: Place] {
  const at = firstFault(text);
  const before = text.slice(0, at);
  const place = {
    line: before.split("\n").length,
    column: at - (before.lastIndexOf("\n") + 1) + 1,
  };
  return at >= text.length
    ? ["The file ends in the middle of its JSON.", place]
    : ["This is not JSON.", place];
}

/** The index of the first character that JSON does not allow there; the length at a sudden end. */
function firstFault(text: string): number {
  const open: ("[" | "{")[] = [];
  let state: State = "value";
  let at = 0;
  for (;;) {
    at = endOf(BLANK, text, at) ?? at;
    const end = endOf(TOKEN, text, at);
    const token = end === undefined ? undefined : kindOf(text.slice(at, end));
    if (token === undefined || !fits(token, state, open.at(-1))) return at;
    nest(open, token);
    state = following(token, state, open.at(-1));
    at = end ?? at;
  }
}

function nest(open: ("[" | "{")[], token: Token) {
  if (token === "[" || token === "{") open.push(token);
  else if (token === "]" || token === "}") open.pop();
}

function endOf(pattern: RegExp, text: string, from: number): number | undefined {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

const kindOf = (text: string): Token => {
  if (/^[[\]{},:]$/.test(text)) return text as Token;
  return text.startsWith('"') ? "string" : "scalar";
};

function fits(token: Token, state: State, inside: "[" | "{" | undefined): boolean {
  if (!ALLOWED[state].includes(token)) return false;
  if (token === "]") return inside === "[";
  return token !== "}" || inside === "{";
}

function following(token: Token, state: State, inside: "[" | "{" | undefined): State {
  if (token === "[") return "valueOrEnd";
  if (token === "{") return "keyOrEnd";
  if (token === ":") return "value";
  if (token === ",") return inside === "{" ? "key" : "value";
  if (state === "key" || state === "keyOrEnd") return token === "}" ? afterValue(inside) : "colon";
  return afterValue(inside);
}

const afterValue = (inside: "[" | "{" | undefined): State => (inside ? "after" : "end");
