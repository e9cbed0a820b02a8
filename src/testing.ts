/** `stint/testing`: what tests of programs need beside `stint` itself. */
export { testClock, type TestClock } from "#domain/test-clock.ts";
