import fc from "fast-check";

/**
 * The gate tries the same cases on every machine, so that it fails for what was changed and for nothing
 * else. PLUGFEST_SEED tries others: a number, or "random" (printed by a property that fails).
 */
const told = process.env.PLUGFEST_SEED ?? "20261123";

if (told !== "random") fc.configureGlobal({ seed: Number(told) });
