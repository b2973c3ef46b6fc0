import type { Flags } from "./commands";
import type { HarnessEnv } from "./env";
import type { Output } from "./output";
import type { Patience } from "./patience";

/** What every command is given. */
export type Context = {
  readonly flags: Flags;
  readonly operands: readonly string[];
  readonly env: HarnessEnv;
  readonly output: Output;
  readonly patience: Patience;
};
