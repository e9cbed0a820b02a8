/**
 * Loaded before every test file: lets every property begin at the seed that `npm test` printed, and ends the
 * process some time after its last test. The workers that a test starts inherit this import, and need neither.
 */
import { after } from "node:test";
import { isMainThread } from "node:worker_threads";

/** What was found is told by then; Node's own `forceExit` does not wait for that, and loses results. */
const TELLING_MS = 3000;

if (isMainThread && process.env["STINT_SEED"] !== undefined) {
  const { configureGlobal } = await import("fast-check");
  configureGlobal({ seed: Number(process.env["STINT_SEED"]) });
}

if (isMainThread && process.env["NODE_TEST_CONTEXT"] !== undefined) {
  // A file that leaves a timer or a server open still ends.
  after(() => setTimeout(() => process.exit(), TELLING_MS).unref());
}
