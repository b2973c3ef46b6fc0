// A JUnit report as a large suite writes it: 2.4 MB at 6,735 cases.
const PER_SUITE = 45;
const TRACE = Array.from(
  { length: 6 },
  (_, at) => `    at Dialog.expect (/opt/suite/lib/dialog.js:${120 + at * 7}:${9 + at})`,
).join("\n");

/** `round` makes it another report, with the same cases. */
export function junitReport({ cases, round }) {
  const began = Date.UTC(2026, 10, 20, 9) + round * 3_600_000;
  const suites = [];
  for (let at = 0; at < cases; at += PER_SUITE) {
    const count = Math.min(PER_SUITE, cases - at);
    const inside = Array.from({ length: count }, (_, of) => caseOf(at + of)).join("\n");
    const timestamp = new Date(began + at * 250).toISOString();
    suites.push(
      `<testsuite name="calls.suite-${at / PER_SUITE}" tests="${count}" timestamp="${timestamp}">\n${inside}\n</testsuite>`,
    );
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="round ${round}" tests="${cases}">\n${suites.join("\n")}\n</testsuites>\n`;
}

// The event knows the first hundred names; the others wait for a lead, as on the first day of an event.
function caseOf(at) {
  const name =
    at < 100 ? `C-${at}` : `dialog ${at}: re-INVITE with ${at % 7} &lt;early&gt; answers`;
  const start = `<testcase classname="calls.dialog.Reinvite${at % 31}" name="${name}" time="${(at % 400) / 100}"`;
  if (at % 10 === 3) {
    return `${start}>\n<failure type="AssertionError" message="expected 200 OK, received 486 Busy Here at frame ${at}">AssertionError: expected 200 OK\n${TRACE}</failure>\n<system-out>${log(at)}</system-out>\n</testcase>`;
  }
  if (at % 25 === 4) return `${start}><skipped message="needs a second registrar"/></testcase>`;
  if (at % 3 === 0) return `${start}>\n<system-out>${log(at)}</system-out>\n</testcase>`;
  return `${start}/>`;
}

const log = (at) =>
  Array.from(
    { length: 11 },
    (_, line) =>
      `09:00:${String(line).padStart(2, "0")}.${at % 1000} &lt;- SIP/2.0 ${line === 10 ? 200 : 180} leg ${at}`,
  ).join("\n");
