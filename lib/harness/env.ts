import { homedir } from "node:os";
import { join } from "node:path";

/** What the agent takes from its surroundings. An empty variable counts as none. */
export type HarnessEnv = {
  readonly url: string | undefined;
  readonly token: string | undefined;
  readonly spool: string;
  readonly spoolMaxBytes: string | undefined;
  readonly configFile: string;
};

export function readEnv(env: NodeJS.ProcessEnv = process.env): HarnessEnv {
  const state = env.XDG_STATE_HOME || join(homedir(), ".local", "state");
  const config = env.XDG_CONFIG_HOME || join(homedir(), ".config");
  return {
    url: env.PLUGFEST_URL || undefined,
    token: env.PLUGFEST_TOKEN || undefined,
    spool: env.PLUGFEST_SPOOL || join(state, "plugfest"),
    spoolMaxBytes: env.PLUGFEST_SPOOL_MAX || undefined,
    configFile: join(config, "plugfest", "config.json"),
  };
}
