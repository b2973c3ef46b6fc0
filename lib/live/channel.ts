/** The one Postgres channel. Its payload is the id of the track in which something changed. */
export const CHANNEL = "plugfest";
