// Recorded SIPVicious runs -> prisma/seed/loopback/runs/security.
//
//   node prisma/seed/convert/security.mjs SAMPLES/security && npx biome format --write prisma/seed/loopback
import { excerpt, linesOf, openSamples, writeProvenance, writeRuns } from "./samples.mjs";

const samples = openSamples();
const parties = (observed) => [
  { role: "tester", entry: "sipvicious", build: "0.3.3" },
  { role: "target", entry: "kamailio-registrar", build: "5.6.3", observed },
];

const rows = [
  {
    test: "SEC-09",
    variant: { method: "REGISTER" },
    files: ["svwar.txt"],
    shows: /authentication request for an unknown extension/,
    observed: "challenge for an unknown extension",
    message:
      "svwar stops by itself: an unknown extension is challenged too. Answers to known and unknown extensions and their timing were not compared.",
  },
  {
    test: "SEC-10",
    variant: {},
    files: ["svcrack.txt", "words.txt"],
    shows: /found nothing/,
    observed: "no password found",
    message:
      "svcrack found nothing, although its list held the right password. Three words show nothing of a limit, and no rate was recorded.",
  },
];

const items = rows.map(({ shows, observed, ...row }) => {
  const log = samples.text(row.files[0]);
  if (!shows.test(log)) throw new Error(`${row.test}: not in ${row.files[0]}`);
  return {
    ...row,
    reporter: "neutral",
    attempt: 1,
    parties: parties(observed),
    outcome: "inconclusive",
    startedAt: samples.modifiedAt(row.files[0]),
    log: excerpt(linesOf("sipvicious", log, /./)),
    labels: { clock: "modification time of the sample" },
  };
});
writeRuns(
  samples,
  {
    track: "security",
    name: "sipvicious",
    runner: "SIPVicious 0.3.3: svwar, svcrack",
    environment: { host: "Debian 12, 2 cores", ip: "v4", network: "loopback", transport: "udp" },
  },
  items,
);
writeProvenance(
  samples,
  {
    track: "security",
    converter: "prisma/seed/convert/security.mjs",
    ranOn: "2026-11-22",
    host: "Debian 12, 2 cores, loopback interface; one's own instances only",
    tools: [
      { name: "sipvicious", version: "0.3.3" },
      {
        name: "kamailio",
        version: "5.6.3",
        note: "one of the two registrars of the RFC 8760 runs; the output does not say which",
      },
    ],
    clock: ["Modification time of the sample; label clock. The runs were before it."],
    judgement: [
      "Both tools ended without comparing or measuring what the cases ask for: inconclusive, with what they printed.",
      "svwar's method is its default, REGISTER.",
    ],
    leftOut: [
      "svmap.txt found both registrars: finding a server is no case of the catalogue.",
      "The RFC 4475 messages against Kamailio: their record is not among the samples.",
    ],
  },
  items.flatMap(({ files }) => files),
);
