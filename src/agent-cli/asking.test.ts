import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import fc from "fast-check";

import { systemClock } from "#domain/clock.ts";

import { claudeDialogue } from "./adapters/claude-dialogue.ts";
import { type Answer, type Asking, openAsking } from "./asking.ts";
import { openConversation } from "./conversation.ts";
import type { Asked } from "./events.ts";
import { openQuestions } from "./supervisor/questions.ts";

const scratch = mkdtempSync(join(tmpdir(), "stint-asking-"));
after(() => rmSync(scratch, { recursive: true, force: true }));
let count = 0;

const REQUESTS = ["a", "b", 1, 2] as const;
type Request = (typeof REQUESTS)[number];

const askedOf = (request: string | number): Asked => ({
  type: "asked",
  request,
  toolId: `call-${request}`,
  tool: "Bash",
  title: null,
  input: null,
  needs: "all",
  places: [],
  options: [],
});

/** Lives one after the other, beside what each question must have come to. */
function lives() {
  const file = join(scratch, String(++count));
  const heard = new Set<Request>();
  const first = new Map<Request, Answer["decision"]>();
  const dropped = new Set<Request>();
  let carriedOut: (readonly [Request, Answer["decision"]])[] = [];
  let asking = live();

  function live(): Asking {
    return openAsking(openQuestions(file), systemClock, () => undefined);
  }
  function put(request: Request): boolean {
    return asking.put(askedOf(request), ({ decision }) => {
      carriedOut.push([request, decision]);
    });
  }
  const isOpen = (request: Request): boolean =>
    heard.has(request) && !first.has(request) && !dropped.has(request);

  return {
    put: (request: Request): void => {
      assert.equal(put(request), !heard.has(request));
      heard.add(request);
    },
    answer: (request: Request, decision: Answer["decision"]): void => {
      const given = asking.answer(request, { decision, why: null, by: "usr_1", key: null });
      assert.equal(given?.decision, isOpen(request) ? decision : undefined);
      if (given !== undefined) first.set(request, decision);
    },
    drop: (request: Request): void => {
      const wasOpen = isOpen(request);
      assert.equal(asking.drop(`call-${request}`).length, wasOpen ? 1 : 0);
      if (wasOpen) dropped.add(request);
    },
    restart: (): void => {
      carriedOut = [];
      asking = live();
      for (const one of heard) assert.equal(asking.isAhead(one), isOpen(one));
      for (const one of heard) put(one);
    },
    check: (): void => {
      const open = asking.open().map(({ asked }) => asked.request);
      assert.deepEqual(new Set(open), new Set([...heard].filter(isOpen)));
      assert.deepEqual(new Map(carriedOut), first);
      assert.equal(carriedOut.length, first.size, "once in each life");
    },
  };
}

const steps = fc.array(
  fc.tuple(
    fc.constantFrom("put", "answer", "drop", "restart"),
    fc.constantFrom(...REQUESTS),
    fc.constantFrom("allow", "deny"),
  ),
  { maxLength: 30 },
);

test("AC-53 whatever is asked, answered and dropped over however many lives: each question has one answer, the first, carried out once in each life that hears it", () =>
  fc.assert(
    fc.property(steps, (all) => {
      const world = lives();
      for (const [act, request, decision] of all) {
        world[act](request, decision);
        world.check();
      }
    }),
  ));

test("AC-56 an answer that could not be said is on record, its question open, and it is said with the next, whoever gives that", () => {
  const record = openQuestions(join(scratch, String(++count)));
  const asking = openAsking(record, systemClock, () => undefined);
  let isFull = true;
  const said: string[] = [];
  asking.put(askedOf("a"), ({ decision }) => {
    if (isFull) throw new Error("the disk is full");
    said.push(decision);
  });
  const answer = (decision: Answer["decision"]) =>
    asking.answer("a", { decision, why: null, by: "usr_1", key: null });
  assert.throws(() => answer("deny"), /full/);
  assert.deepEqual([asking.open().length, asking.answered()], [1, []]);
  assert.throws(() => answer("allow"), /full/);
  isFull = false;
  assert.equal(answer("allow"), undefined, "it was answered before");
  assert.deepEqual([asking.open(), said], [[], ["deny"]]);
  assert.equal(asking.answered()[0]?.decision, "deny");
});

test("AC-57 a question of a name that no answer can say is not put to people: it is denied", () => {
  const record = openQuestions(join(scratch, String(++count)));
  const asking = openAsking(record, systemClock, () => undefined);
  const said: string[] = [];
  const speech = { isSaid: () => false, hush: () => undefined, partBy: () => undefined };
  const task = { permission: "edit", folder: scratch } as const;
  const { settle } = openConversation(
    { dialogue: claudeDialogue("Test it"), task, asking },
    { ...speech, say: (line) => void said.push(line) },
  );
  const denialsOf = (request: string) => settle(askedOf(request)).map(({ type }) => type);
  const [short, long] = ["r".repeat(1000), "r".repeat(1001)];
  assert.deepEqual([denialsOf(short), denialsOf(long)], [[], ["denied"]]);
  assert.deepEqual(
    asking.open().map(({ asked }) => asked.request),
    [short],
  );
  const [, ...answers] = said;
  assert.equal(answers.length, 1);
  assert.match(answers[0] ?? "", new RegExp(`"request_id":"${long}".*"behavior":"deny"`));
});
