// Takes secrets out of text that more people may read than may know them: credentials in SIP and HTTP
// headers, passwords, tokens, keys of TLS and SRTP, private keys. Too much rather than too little.

export const MASK = "•••";

type Replacement = readonly [RegExp, string];

/** The rest of the line goes, whatever it is: a log may have a whole message on one line. */
const HEADER =
  /((?:proxy-)?authorization|x-api-key|(?:set-)?cookie)(["'\]]*\s*[:=]\s*)(["']?)((?:Digest|Basic|Bearer)\b)?.*$/i;

const WORDS =
  "pass(?:wd|word|phrase)?|pwd|secret|tokens?|api[_-]?key|private[_-]?key|secret[_-]?key|access[_-]?key|credentials?|ha1(?:[_-]?b)?";
// A prefix such as auth_ or db-, but no longer word of which these are only the end.
const NAMED = `(?<![A-Za-z0-9])((?:[A-Za-z0-9]{1,24}[_.-]){0,4}(?:${WORDS}))`;
const VALUE = `"(?:[^"\\\\]|\\\\.)*"?|'(?:[^'\\\\]|\\\\.)*'?|[^\\s"',;&<>]+`;

const IN_LINE: readonly Replacement[] = [
  [/\bpf_agt_[0-9A-Za-z_]+/g, `pf_agt_${MASK}`],
  [/\b(Bearer)\s+[\w~+/.=-]{8,}/gi, `$1 ${MASK}`],
  // password=x, "password": "x", password => x
  [new RegExp(`${NAMED}(\\\\?["'\\]]*\\s*(?:=>|[:=])\\s*\\\\?)(?:${VALUE})`, "gi"), `$1$2${MASK}`],
  // <password>x</password>
  [new RegExp(`(<(?:[\\w.-]+:)?${NAMED}(?:\\s[^<>]*)?>)[^<]+`, "gi"), `$1${MASK}`],
  // --password x, and SIPp's -ap x
  [
    new RegExp(`((?:^|\\s)(?:--?(?:[A-Za-z0-9]+-){0,4}(?:${WORDS})|-ap)\\s+)(?:${VALUE})`, "gi"),
    `$1${MASK}`,
  ],
  // sip:alice:secret@example.org, https://user:secret@example.org
  [/\b((?:sips?:|[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s:@/<>"]{1,200}:)[^\s@/<>"]+@/gi, `$1${MASK}@`],
  // SDES (RFC 4568), and SDP's k= line
  [/(\binline:)[A-Za-z0-9+/=]+/g, `$1${MASK}`],
  [/^(\s*k=(?:clear|base64|uri):).*$/i, `$1${MASK}`],
  [/(\ba=key-mgmt:\S+\s+)\S+/gi, `$1${MASK}`],
  // A key log's secret: label, client random, secret
  [/\b([A-Z][A-Z0-9_]{2,40} [0-9a-fA-F]{16,64} )[0-9a-fA-F]{32,}/g, `$1${MASK}`],
  // The private members of a JSON Web Key
  [/("(?:d|p|q|dp|dq|qi|k)"\s*:\s*)"[\w-]{16,}"/g, `$1"${MASK}"`],
];

const BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;
const END = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;:?]*[ -/]*[@-~]`, "g");

/** Where a line stands: in a key's block, below a header of that indentation, or nowhere special. */
type Place = { readonly in: "text" | "key" } | { readonly in: "header"; readonly indent: number };
type Masked = { readonly text: string; readonly place: Place };

const TEXT: Place = { in: "text" };
const KEY: Place = { in: "key" };

/** How much of a line is shown, and how much is looked at: half a secret is one too. */
export const LINE_UNITS = 4000;
const LOOKED_AT = 2 * LINE_UNITS;

/**
 * The same number of lines, without their secrets, long ones cut. What is folded below a header and what stands
 * between the first and the last line of a private key go too; a key without an end goes on to the
 * text's.
 */
export function maskSecrets(lines: readonly string[]): string[] {
  let place: Place = TEXT;
  return lines.map((whole) => {
    const line = plain(whole);
    const masked = maskLine(line.slice(0, LOOKED_AT), place);
    place = line.length > LOOKED_AT ? placeAfter(line, masked.place) : masked.place;
    return masked.text.length > LINE_UNITS ? `${masked.text.slice(0, LINE_UNITS)}…` : masked.text;
  });
}

/** Where the next line stands when not all of this one was looked at. */
function placeAfter(line: string, before: Place): Place {
  const begins = line.split(BEGIN).length - 1;
  if (begins === 0) return before.in === "key" && END.test(line) ? TEXT : before;
  return END.test(line.split(BEGIN).at(-1) ?? "") ? TEXT : KEY;
}

const HIDDEN = /(?!\t)[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** What moves a cursor, colours or hides text would also hide a secret's name from what looks for it. */
const plain = (line: string) => line.replace(COLOURS, "").replace(HIDDEN, "");

const indentOf = (line: string) => line.length - line.trimStart().length;

function maskLine(line: string, place: Place): Masked {
  if (place.in === "key") return insideKey(line);
  const indent = indentOf(line);
  if (place.in === "header" && indent > place.indent) {
    return { text: line.slice(0, indent) + MASK, place };
  }
  const begin = BEGIN.exec(line);
  if (begin) {
    const before = maskLine(line.slice(0, begin.index), TEXT).text;
    const rest = insideKey(line.slice(begin.index + begin[0].length));
    return { text: before + begin[0] + rest.text, place: rest.place };
  }
  if (!HEADER.test(line)) return { text: inLine(line), place: TEXT };
  // The scheme is no secret, and tells what was tried.
  const masked = line.replace(HEADER, `$1$2$3$4 ${MASK}`);
  return { text: inLine(masked), place: { in: "header", indent } };
}

function insideKey(line: string): Masked {
  const end = END.exec(line);
  if (!end) return { text: line.trim() === "" ? line : MASK, place: KEY };
  const rest = maskLine(line.slice(end.index + end[0].length), TEXT);
  return { text: `${end.index > 0 ? MASK : ""}${end[0]}${rest.text}`, place: rest.place };
}

const inLine = (line: string) =>
  IN_LINE.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), line);
