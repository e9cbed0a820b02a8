/** Agents that ask permission while they run, and people who answer. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { fakeAgents } from "./fake-agents.ts";
import { ended, follow, goOn, invoke, isAnswer, shown, untilAsked } from "./invoking.ts";
import { type Answer, openStint, type Stint } from "./server.ts";

const ASKS = { asks: true } as const;
const ALLOW = { round: 1, decision: "allow" } as const;
const DENY = { round: 1, decision: "deny" } as const;

function demandRefused({ status, body }: Answer, expected: number, words: string): void {
  assert.equal(status, expected, JSON.stringify(body));
  assert.ok(body.detail.includes(words), body.detail);
}

const answersIn = async (stint: Stint): Promise<readonly Answer["body"][]> =>
  (await stint.ask("GET", "audit")).body.items.filter(
    ({ action }: { action: string }) => action === "invocation.answered",
  );

/** What is open, as one hears who follows it. */
function followQuestions(stint: Stint, id: string) {
  const heard = new EventTarget();
  let last: readonly string[] = [];
  const listen = async (): Promise<readonly string[]> => {
    for await (const { event, data } of follow(stint, id)) {
      if (event === "output") continue;
      last = data.questions.map(({ words }: { readonly words: string }) => words);
      heard.dispatchEvent(new Event("heard"));
    }
    return last;
  };
  return {
    last: listen(),
    hears: async (words: string): Promise<void> => {
      while (!last.includes(words)) await once(heard, "heard");
    },
  };
}

test("IV-40 only what can ask may be told to; without it nobody is asked", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const { folder } = agents;
  for (const cli of ["codex", "gemini", "opencode", "qwen", "command"]) {
    const work = cli === "command" ? { command: ["true"] } : { prompt: "say hi" };
    const refused = await stint.ask("POST", "invocations", {
      body: { cli, folder, ...work, ...ASKS },
    });
    demandRefused(refused, 422, 'those that can ask people: "claude", and any agent by "acp:"');
    assert.equal(refused.body.errors[0].path, "asks");
  }
  const id = await invoke(stint, agents, "ask rm -rf build");
  const over = await ended(stint, id);
  assert.deepEqual(
    [over.asks, over.outcome, over.roundList[0].reason, over.roundList[0].denials],
    [false, "failed", "denied", 1],
  );
});

test("IV-41 an open question is shown while it is open, to its followers too, and answered goes on record with who answered", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const id = await invoke(stint, agents, "ask npm test\nask rm -rf build\nsay Done.", ASKS);
  const follower = followQuestions(stint, id);
  const { request, since, ...asked } = await untilAsked(stint, id);
  assert.deepEqual(asked, {
    round: 1,
    tool: "Bash",
    words: "Bash: npm test",
    input: { command: "npm test" },
    whole: "words",
    places: [],
  });
  const waits = await shown(stint, id);
  assert.deepEqual(
    [waits.asks, waits.status, waits.process.state, waits.process.words, waits.process.since],
    [true, "running", "waiting for an answer", "Waits for an answer: Bash: npm test", since],
  );
  await follower.hears("Bash: npm test");
  const path = `invocations/${id}/answers`;
  const allowed = await stint.ask("POST", path, { body: { ...ALLOW, request } });
  assert.deepEqual(
    [allowed.status, allowed.body.decision, allowed.body.by.name],
    [200, "allow", "owner"],
  );
  const next = await untilAsked(stint, id, "Bash: rm -rf build");
  await follower.hears("Bash: rm -rf build");
  const why = "Use make clean.";
  await stint.ask("POST", path, { body: { ...DENY, request: next.request, why } });
  const over = await ended(stint, id);
  assert.deepEqual(await follower.last, [], "nothing is open at the end");
  assert.deepEqual([over.outcome, over.questions, over.process], ["succeeded", [], null]);
  const [round] = over.roundList;
  assert.deepEqual([round.text, round.denials, round.cost], ["Done.", 1, "0.00204"]);
  assert.deepEqual(
    round.answers.map((one: Record<string, unknown>) => [
      one["words"],
      one["decision"],
      one["why"],
    ]),
    [
      ["Bash: npm test", "allow", null],
      ["Bash: rm -rf build", "deny", why],
    ],
  );
  assert.deepEqual(round.answers[0], allowed.body);
  const heard = agents.heard().slice(1);
  assert.deepEqual(heard, [
    'answer {"behavior":"allow","updatedInput":{"command":"npm test"}}',
    `answer {"behavior":"deny","message":"${why}"}`,
  ]);
  assert.deepEqual(
    (await answersIn(stint)).map(({ changes }) => changes),
    [
      { round: 1, request: next.request, decision: "deny" },
      { round: 1, request, decision: "allow" },
    ],
  );
});

test("IV-42 one answer counts: of many at once one is given, each other is told who answered; with the same key it is the same answer", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const admin = await stint.as("admin");
  const id = await invoke(stint, agents, "ask npm test\nask npm run build", ASKS);
  const { request } = await untilAsked(stint, id);
  const path = `invocations/${id}/answers`;
  const many = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      (index % 2 === 0 ? stint.ask : admin)("POST", path, {
        body: { ...(index % 2 === 0 ? ALLOW : DENY), request },
      }),
    ),
  );
  const given = many.filter(({ status }) => status === 200);
  assert.equal(given.length, 1);
  const [{ body: first } = { body: null }] = given;
  for (const late of many.filter((one) => one !== given[0])) {
    demandRefused(late, 409, `by ${first.by.name} already`);
    assert.deepEqual([late.body.decision, late.body.by], [first.decision, first.by]);
  }
  const next = await untilAsked(stint, id, "Bash: npm run build");
  const headers = { "idempotency-key": "k1" };
  const body = { ...ALLOW, request: next.request };
  const answered = await stint.ask("POST", path, { body, headers });
  const again = await stint.ask("POST", path, { body, headers });
  assert.deepEqual([answered.status, again.status, again.body], [200, 200, answered.body]);
  const other = await stint.ask("POST", path, { body: { ...body, decision: "deny" }, headers });
  demandRefused(other, 409, "used for another answer");
  await ended(stint, id);
  const late = await stint.ask("POST", path, { body, headers });
  assert.deepEqual([late.status, late.body], [200, answered.body], "also when its round is over");
  demandRefused(await stint.ask("POST", path, { body }), 409, "allowed by owner already");
  assert.equal(agents.heard().filter(isAnswer).length, 2);
});

test("IV-43 what is not open cannot be answered; who may not speak to agents neither answers nor sees what they ask", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const member = await stint.as("member");
  const id = await invoke(stint, agents, "ask npm test", ASKS);
  const { request } = await untilAsked(stint, id);
  const path = `invocations/${id}/answers`;
  assert.equal((await member("POST", path, { body: { ...ALLOW, request } })).status, 403);
  const seen = (await member("GET", `invocations/${id}`)).body;
  assert.deepEqual([seen.questions, seen.process.words], [[], "waiting for an answer"]);
  const answer = (body: object) => stint.ask("POST", path, { body });
  demandRefused(await answer({ ...ALLOW, request: "other" }), 404, "no question other is open");
  demandRefused(await answer({ ...ALLOW, round: 2, request }), 404, "In round 2");
  demandRefused(await answer({ ...ALLOW, request, why: "no" }), 422, "only for a denial");
  await stint.ask("POST", `invocations/${id}/cancel`);
  const over = await ended(stint, id);
  assert.deepEqual([over.outcome, over.roundList[0].answers], ["canceled", []]);
  demandRefused(await answer({ ...ALLOW, request }), 404, "is open");
});

test("IV-44 a follow-up asks again, and an answer is for its round alone; an agent of the Agent Client Protocol asks in its way", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const { cli } = agents.acp();
  const id = await invoke(stint, agents, "ask edit made.txt\nask-always fetch /etc/hosts", {
    cli,
    ...ASKS,
  });
  const asked = await untilAsked(stint, id);
  assert.deepEqual(
    [asked.request, asked.tool, asked.places],
    ["ask-2", "fetch", ["/etc/hosts"]],
    "what lies in its folder it need not ask for",
  );
  assert.match(asked.words, /^fetch: fetch something, \/etc\/hosts \(for good, /);
  const path = `invocations/${id}/answers`;
  await stint.ask("POST", path, { body: { ...DENY, request: "ask-2", why: "no" } });
  const first = await ended(stint, id);
  assert.deepEqual(
    [first.roundList[0].text, first.roundList[0].denials, first.outcome],
    ["denied ", 1, "succeeded"],
  );
  await goOn(stint, id, "ask execute\nsay done");
  const again = await untilAsked(stint, id, "execute: execute something");
  assert.deepEqual([again.round, again.request], [2, "ask-1"]);
  demandRefused(
    await stint.ask("POST", path, { body: { ...ALLOW, request: "ask-1" } }),
    404,
    "In round 1",
  );
  await stint.ask("POST", path, { body: { ...ALLOW, round: 2, request: "ask-1" } });
  const second = await ended(stint, id);
  assert.deepEqual(
    second.roundList.map((round: { text: string; answers: object[] }) => [
      round.text,
      round.answers.length,
    ]),
    [
      ["denied ", 1],
      ["allowed done", 1],
    ],
  );
});

test("IV-107 what an agent asks stays with its round: the audit log has who decided which question how, and nothing of its words", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const { cli } = agents.acp();
  const id = await invoke(stint, agents, "ask SECRET-TOKEN\nsay done", { cli, ...ASKS });
  const { request } = await untilAsked(stint, id);
  await stint.ask("POST", `invocations/${id}/answers`, { body: { ...ALLOW, request } });
  await ended(stint, id);
  const [entry] = await answersIn(stint);
  assert.deepEqual(
    [entry.by.name, entry.target.id, entry.changes],
    ["owner", id, { round: 1, request: "ask-1", decision: "allow" }],
  );
  assert.ok(!JSON.stringify(entry).includes("SECRET"));
});

const noFullDisk = existsSync("/dev/full") ? false : "no disk here is always full";

test(
  "IV-108 an answer that its disk has no room for is refused as that, open until it is repeated, and then said and audited once",
  { skip: noFullDisk },
  async () => {
    await using agents = await fakeAgents();
    await using stint = await openStint();
    const id = await invoke(stint, agents, "ask npm test\nsay Done.", ASKS);
    const { request } = await untilAsked(stint, id);
    const input = join(stint.data, "invocations", id, "1", "input");
    const answer = () =>
      stint.ask("POST", `invocations/${id}/answers`, {
        body: { ...ALLOW, request },
        headers: { "idempotency-key": "k1" },
      });
    renameSync(input, `${input}.aside`);
    symlinkSync("/dev/full", input);
    demandRefused(await answer(), 503, "is full");
    assert.deepEqual([(await shown(stint, id)).questions.length, await answersIn(stint)], [1, []]);
    rmSync(input);
    symlinkSync(join(input, "..", "gone", "input"), input);
    demandRefused(await answer(), 409, "were deleted");
    rmSync(input);
    renameSync(`${input}.aside`, input);
    assert.equal((await answer()).status, 200);
    assert.equal((await answer()).status, 200);
    const over = await ended(stint, id);
    assert.deepEqual([over.outcome, over.roundList[0].answers.length], ["succeeded", 1]);
    assert.equal(agents.heard().filter(isAnswer).length, 1);
    assert.equal((await answersIn(stint)).length, 1);
  },
);
