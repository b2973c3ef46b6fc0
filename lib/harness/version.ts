import { version } from "../../package.json";

export const VERSION = version;
/** The name under which runs are declared. */
export const NAME = "plugfest";
export const AGENT = `${NAME}/${VERSION} node/${process.versions.node}`;
