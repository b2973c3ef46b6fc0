// npm run check: form, types, boundaries, dead code, schema and unit tests. The gate before a commit.
import { runChecks } from "./checks.mjs";
import { exitOnRefusal } from "./exit.mjs";
import { install } from "./install.mjs";

await exitOnRefusal(async () => {
  await install();
  const { passed, failed } = await runChecks();
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
});
