import assert from "node:assert/strict";
import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { claude } from "#agent-cli/adapters/claude.ts";
import { openReading } from "#agent-cli/reading.ts";
import type { InvocationItem } from "#contract/shapes/invocations.ts";
import { Fault } from "#domain/fault.ts";
import { testClock } from "#domain/test-clock.ts";

import { follow, type Out } from "./following.ts";

const running = {
  status: "running",
  rounds: 1,
  questions: [] as InvocationItem["questions"],
} as InvocationItem;

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

test("IV-27 who follows one that cannot be looked at any more is told, in the middle of a round as well as between rounds", async () => {
  const folder = await mkdtemp(join(tmpdir(), "stint-following-"));
  try {
    for (const hasOutput of [true, false]) {
      if (hasOutput) await appendFile(join(folder, "output"), "");
      const clock = testClock();
      let looks = 0;
      let isRead = false;
      let changed = (): void => undefined;
      const out: Out = {
        output: async () => true,
        invocation: async () => true,
        end: async () => true,
      };
      const following = follow(
        {
          standing: async () => {
            looks += 1;
            if (looks > 1) throw new Fault("not_found", "It was let go of.");
            return { item: running, over: new Set() };
          },
          watch: (then) => {
            changed = then;
            return () => undefined;
          },
          folderOf: () => (hasOutput ? folder : join(folder, "none")),
          read: async () => {
            isRead = true;
            return openReading(claude);
          },
          detail: () => null,
        },
        { round: 1, byte: 0, whole: false },
        out,
        { signal: new AbortController().signal, clock },
      );
      const told = assert.rejects(following, { code: "not_found" });
      while (looks === 0 || isRead !== hasOutput) await turn();
      await turn(); // and by then it reads the file, or waits for it
      changed();
      clock.advance(300);
      await told;
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
