// The wording rules of the catalogue's converter: how the source's shorthand becomes plain text.

/** The source's mark for what nobody has checked against the text. */
export const MARK = "†";

const SOURCES = {
  rfc: "The cited specifications",
  proposed: "Proposal of this catalogue",
  issues: "Public issue threads",
  tried: "Seen in trial runs on Debian 12",
};
// Words that stand for a parameter or a program keep their lower case at the head of a line.
const VERBATIM =
  /^(iat|alg|ppt|typ|info|nam|badbranch|participantsessionassoc|orig|dest|qop|x5u|svwar|svcrack|auth-int|sipp|sipvicious|linphonec|baresip|sipsak|openssl|werift|kamailio-secsipid|application)\b|^[^a-z]|^\S*[=<]/;

const arrows = (text) =>
  text
    .replaceAll(" -> ", " → ")
    .replaceAll("->", "→")
    .replaceAll(MARK, "")
    .replace(/\bDUT\b/g, "target");
const capital = (text) => (VERBATIM.test(text) ? text : text[0].toUpperCase() + text.slice(1));

export const tidy = {
  text: arrows,
  sentence: (text) => capital(arrows(text)),
  criterion: (text) =>
    capital(arrows(text)).replace(
      /^as (described|expected|table)\b/i,
      "As described under Expected",
    ),
  source: (text) => {
    if (SOURCES[text]) return SOURCES[text];
    return text.startsWith("tried: ") ? `${SOURCES.tried}: ${text.slice(7)}` : arrows(text);
  },
};

export const slugOf = (title) =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60)
    .replace(/-$/, "");

/** "RFC5764 4.1, 4.2†" is RFC 5764 §4.1, 4.2, which nobody has read for this catalogue. */
export function reference(cite) {
  const plain = cite.replaceAll(MARK, "").trim();
  return {
    cite: plain.replace(/\bRFC(\d{4})/g, "RFC $1").replace(/^(RFC \d{4}) (\d)/, "$1 §$2"),
    verified: !cite.includes(MARK),
  };
}

/** A measurement with its vantage point; the table gives what the source leaves open. */
export function measurement(source, table, edit) {
  const known = table[source.name];
  if (!known) throw new Error(`No vantage point for the measurement ${source.name}`);
  const how = known.how ?? arrows(source.how).replace("(G.107)", "(ITU-T G.107)");
  return {
    id: source.id || source.name.replaceAll("_", "-"),
    name: source.name,
    unit: source.unit,
    how,
    vantage: edit.vantage?.[source.name] ?? known.vantage,
    ...(source.ref ? { reference: reference(source.ref) } : {}),
  };
}

/** Every case has its decisions, and no decision is about a case that is not there. */
export function editedTests(track, edit) {
  const keys = new Set(track.cases.map((test) => test.key));
  for (const key of keys) if (!edit.tests[key]) throw new Error(`${key}: no editorial decisions`);
  for (const key of Object.keys(edit.tests)) if (!keys.has(key)) throw new Error(`${key}: unknown`);
}
