/**
 * Loaded before every test file: lets every property begin at the seed that `npm test` printed.
 * The workers that a test starts inherit this import, and need no properties.
 */
import { isMainThread } from "node:worker_threads";

if (isMainThread && process.env["STINT_SEED"] !== undefined) {
  const { configureGlobal } = await import("fast-check");
  configureGlobal({ seed: Number(process.env["STINT_SEED"]) });
}
