import assert from "node:assert/strict";
import { suite, test } from "node:test";

import { runIds, contactIds } from "#domain/id.ts";

import type { Mail, MailProvider } from "./mail.ts";

/** A provider that can be told to misbehave, and what it has really handed over. */
export interface MailBench extends AsyncDisposable {
  readonly provider: MailProvider;
  readonly behave: (how: "well" | "lose the answer" | "refuse") => void;
  /** How many mails went out with this key. */
  readonly delivered: (key: string) => Promise<number>;
}

export function mailTo(to: string, key: string): Mail {
  return {
    key,
    ws: 1,
    from: "ana@stint.example",
    to,
    subject: "Hello",
    text: "Hi there",
    headers: { "List-Unsubscribe": "<https://stint.example/u/1>" },
    executionId: runIds.create(),
    contactId: contactIds.create(),
  };
}

const never = new AbortController().signal;

/** What every mail provider promises. One is finished when this passes. */
export function mailConformance(name: string, open: () => Promise<MailBench>): void {
  suite(`mail by ${name}`, () => {
    test("ML-1 a mail that was accepted is found by its key", async () => {
      await using bench = await open();
      const { messageId } = await bench.provider.send(mailTo("bo@example.com", "k1"), never);
      assert.deepEqual(await bench.provider.find("k1"), { messageId });
      assert.equal(await bench.provider.find("k2"), null);
    });

    test("ML-2 a bad address is the contact's fault, and nothing is sent", async () => {
      await using bench = await open();
      await assert.rejects(bench.provider.send(mailTo("bo at example", "k1"), never), {
        code: "invalid",
        scope: "contact",
        happened: "no",
        message: "Invalid email address: bo at example",
      });
      assert.equal(await bench.delivered("k1"), 0);
    });

    test("ML-3 a lost answer says that it is not known, and the look-up knows", async () => {
      await using bench = await open();
      bench.behave("lose the answer");
      await assert.rejects(bench.provider.send(mailTo("bo@example.com", "k1"), never), {
        code: "unavailable",
        happened: "unknown",
      });
      if (!bench.provider.authoritative) return;
      assert.notEqual(await bench.provider.find("k1"), null);
      assert.equal(await bench.delivered("k1"), 1);
    });

    test("ML-4 a refusal says that nothing was sent", async () => {
      await using bench = await open();
      bench.behave("refuse");
      await assert.rejects(bench.provider.send(mailTo("bo@example.com", "k1"), never), {
        code: "unavailable",
        happened: "no",
      });
      assert.equal(await bench.delivered("k1"), 0);
      bench.behave("well");
      await bench.provider.send(mailTo("bo@example.com", "k1"), never);
      assert.equal(await bench.delivered("k1"), 1);
    });

    test("ML-5 what is canceled before it begins is not sent", async () => {
      await using bench = await open();
      const sending = bench.provider.send(mailTo("bo@example.com", "k1"), AbortSignal.abort());
      await assert.rejects(sending, { code: "canceled", happened: "no" });
      assert.equal(await bench.delivered("k1"), 0);
    });
  });
}
