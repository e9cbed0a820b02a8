import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import {
  type Invocation,
  invocationInputSchema,
  type InvocationItem,
} from "#contract/shapes/invocations.ts";

import { quoteWords, splitWords } from "./command-words.ts";
import { failureOf } from "./failure-words.ts";
import {
  fits,
  type InvocationFilter,
  invocationPills,
  readInvocationFilter,
  stateIn,
  STATES,
  withState,
} from "./filter.ts";
import { phraseUsedUp, whyNoFollowUp } from "./follow-up-words.ts";
import { plainText } from "./plain-text.ts";
import { pathOf, resourceFigures, resourceLines } from "./resources.ts";
import { isSame } from "./same.ts";
import {
  errorsOf,
  isInMore,
  NOTHING_CHOSEN,
  startOf,
  unplaced,
  valuesLike,
} from "./start-values.ts";
import {
  cliName,
  hasBegun,
  phraseDoing,
  phraseBytes,
  phraseCost,
  phraseTokens,
  phraseTokensOf,
  phraseTook,
  titleOf,
  tokenBuckets,
  took,
  waiting,
} from "./words.ts";

const NODE = "nod_0199d000-0000-7000-8000-000000000001";

test("CP-15 a filter of invocations written into the address is read back the same; what is not understood is left out", () => {
  const filter: InvocationFilter = { outcome: "failed", cli: "codex", node: NODE };
  assert.deepEqual(readInvocationFilter({ ...filter }), filter);
  assert.deepEqual(
    readInvocationFilter({ status: "asleep", outcome: "", node: "x", other: 1 }),
    {},
  );
  for (const state of STATES) assert.equal(stateIn(withState(filter, state)), state);
});

test("CP-16 every filter of invocations in force is a pill; taking all pills away shows all", () => {
  let filter: InvocationFilter = {
    status: "running",
    outcome: "failed",
    cli: "claude",
    node: NODE,
  };
  const texts = invocationPills(filter).map(({ text }) => text);
  assert.deepEqual(texts, ["Running", "Failed", "Claude Code", "Node …00000001"]);
  for (let pill = invocationPills(filter)[0]; pill !== undefined;) {
    filter = pill.without;
    pill = invocationPills(filter)[0];
  }
  assert.deepEqual(filter, {});
});

const item = (more: Partial<InvocationItem>): InvocationItem =>
  ({
    status: "completed",
    outcome: "failed",
    cli: "codex",
    nodeId: null,
    ...more,
  }) as InvocationItem;

test("CP-17 a new invocation belongs into a list whose filter it fits", () => {
  assert.ok(fits(item({}), {}));
  assert.ok(fits(item({}), { outcome: "failed", cli: "codex" }));
  assert.ok(!fits(item({}), { status: "running" }));
  assert.ok(!fits(item({}), { node: NODE }));
});

test("CP-18 money that is not known is called unknown, what nobody is charged is marked, and tokens are told bucket by bucket", () => {
  const cost = { cost: "0.0123", costUnknown: 0, notional: false };
  assert.deepEqual(phraseCost(cost), { text: "$0.0123", note: null });
  assert.equal(phraseCost({ ...cost, cost: null }), null);
  assert.equal(phraseCost({ ...cost, cost: null, costUnknown: 2 })?.text, "unknown");
  assert.equal(phraseCost({ ...cost, costUnknown: 1 })?.text, "$0.0123 + unknown");
  assert.match(phraseCost({ ...cost, notional: true })?.note ?? "", /nobody is charged/);
  assert.equal(phraseCost({ ...cost, cost: null }, true)?.text, "unknown");
  const over = { status: "completed", startedAt: "", cli: "claude", tokens: null } as const;
  assert.equal(phraseTokensOf(over), "unknown");
  assert.equal(phraseTokensOf({ ...over, status: "running" }), "–");
  const tokens = { input: 345, cacheRead: 12_000, cacheWrite: null, output: null, reasoning: null };
  assert.equal(phraseTokens(tokens), "12.3k in · unknown out");
  assert.deepEqual(
    tokenBuckets(tokens).map(({ text }) => text),
    ["345", "12,000", "unknown", "unknown", "unknown"],
  );
});

test("CP-19 the time it took is told from start to completion, and the active time beside it where that is less", () => {
  const at = (ms: number): string => new Date(ms).toISOString();
  const running = {
    createdAt: at(0),
    startedAt: at(1000),
    completedAt: null,
    durationMs: null,
    activeMs: null,
  };
  assert.equal(phraseTook(took(running, 13_000)), "12 s");
  const ended = { ...running, completedAt: at(61_000), durationMs: 60_000, activeMs: 20_000 };
  assert.equal(phraseTook(took(ended, 9e9)), "1 min, 20 s of it active");
  assert.equal(phraseTook(took({ ...running, startedAt: null }, 13_000)), "not started");
});

test("CP-20 an open invocation says what it waits for and who must act; one that failed says why and what to do", () => {
  const open = { status: "running" as const, roundList: [], limits: {} };
  const process = { state: "working", words: "Runs a tool", pid: 1, since: "" } as const;
  assert.equal(waiting({ ...open, process })?.waitsFor, "nothing: it is working");
  const waits = { ...process, state: "waiting for its provider" } as const;
  assert.equal(waiting({ ...open, process: waits })?.waitsFor, "its provider");
  assert.equal(waiting({ ...open, status: "idle", process: null })?.waitsFor, "a place to start");
  assert.equal(waiting({ ...open, status: "completed", process: null }), null);
  const ended = {
    outcome: "failed",
    reason: "auth",
    message: null,
    exitCode: 1,
    signal: null,
  } as const;
  const failure = failureOf(ended, false);
  assert.equal(failure?.title, "It is not signed in with its provider");
  assert.equal(failure?.detail, "It ended with exit code 1.");
  assert.match(failureOf({ ...ended, reason: "crash" }, true)?.title ?? "", /^The command failed$/);
  assert.match(failureOf({ ...ended, reason: "new one" }, false)?.title ?? "", /^It failed$/);
  assert.equal(failureOf({ ...ended, outcome: "canceled" }, false), null);
});

test("PG-132 one that could not be started says why, and that nothing of it is to be looked at", () => {
  const round = { outcome: "failed", reason: "not_started", exitCode: null, signal: null } as const;
  for (const isCommandLine of [true, false]) {
    const failure = failureOf({ ...round, message: "There is no such folder." }, isCommandLine);
    assert.deepEqual(failure, {
      title: "It could not be started",
      detail: "There is no such folder.",
      suggestion: "Try it again once that is mended.",
    });
  }
  assert.equal(hasBegun({ ...round, startedAt: null }), false);
  assert.equal(hasBegun({ ...round, startedAt: "2026-01-05T09:00:00.000Z" }), true);
  assert.equal(hasBegun({ outcome: null, startedAt: null }), true);
});

test("PG-133 what it does is told in a few lines, however much it asks for", () => {
  const process = { state: "waiting for an answer", words: "", pid: 1, since: "" } as const;
  assert.equal(phraseDoing({ ...process, words: "Waits: npm test" }), "Waits: npm test");
  assert.equal(phraseDoing({ ...process, words: "x".repeat(500) }), `${"x".repeat(160)}…`);
});

test("CP-40 one that asks waits for a person, and says who may answer", () => {
  const process = { state: "waiting for an answer", words: "", pid: 1, since: "" } as const;
  assert.deepEqual(waiting({ status: "running", roundList: [], limits: {}, process }), {
    waitsFor: "a person’s answer",
    until: null,
    who: "an Admin, or above",
  });
});

test("CP-21 an invocation is called by its label, or by what was asked first", () => {
  const named = { label: null, prompt: "Fix it\nand test it", cli: "claude" };
  assert.equal(titleOf(named), "Fix it");
  assert.equal(titleOf({ ...named, label: "Release" }), "Release");
  assert.equal(titleOf({ ...named, prompt: "" }), "Claude Code");
  assert.equal(cliName("acp:npx agent"), "ACP: npx agent");
});

test("CP-22 a command line is split as a shell would, quotes and backslashes, and nothing else of one", () => {
  const split = (line: string): readonly string[] | string => {
    const answer = splitWords(line);
    return answer.ok ? answer.words : answer.message;
  };
  assert.deepEqual(split(" npm test  -- --name 'a b' "), ["npm", "test", "--", "--name", "a b"]);
  assert.deepEqual(split(String.raw`sh -c "echo \"hi\" > a\ b" x\ y`), [
    "sh",
    "-c",
    String.raw`echo "hi" > a\ b`,
    "x y",
  ]);
  assert.deepEqual(split("a'b'\"c\" ''"), ["abc", ""]);
  assert.match(String(split("echo 'hi")), /' that is not closed: 'hi/);
  assert.equal(quoteWords(["sh", "-c", "echo 'hi'", "a b"]), `sh -c "echo 'hi'" 'a b'`);
  fc.assert(
    fc.property(fc.array(fc.string()), (words) => {
      assert.deepEqual(split(quoteWords(words)), words);
    }),
  );
});

test("CP-23 the form sends what is filled in, in the server's units, and the server understands it", () => {
  const values = {
    ...NOTHING_CHOSEN,
    prompt: "Fix it",
    folder: " /srv/app ",
    totalMinutes: "30",
    memoryMegabytes: "500",
    cost: "1.50",
    env: "A=1\nB=x=y\n",
  };
  const read = startOf(values);
  assert.ok(read.ok);
  assert.deepEqual(read.input, {
    cli: "claude",
    prompt: "Fix it",
    folder: "/srv/app",
    permission: "edit",
    env: { A: "1", B: "x=y" },
    limits: { totalMs: 1_800_000, memoryBytes: 500_000_000, cost: "1.50" },
  });
  assert.ok(invocationInputSchema.safeParse(read.input).success);
  const command = startOf({ ...values, cli: "command", command: "npm test", env: "", cost: "" });
  assert.ok(command.ok && invocationInputSchema.safeParse(command.input).success);
  const acp = startOf({ ...values, cli: "acp", agent: "npx agent --acp" });
  assert.ok(acp.ok && acp.input.cli === "acp:npx agent --acp");
  const asksOf = (more: object) => {
    const asking = startOf({ ...values, asks: true, ...more });
    return asking.ok && asking.input.asks;
  };
  assert.deepEqual([asksOf({}), asksOf({ cli: "acp", agent: "a" })], [true, true]);
  const unable = [{ cli: "codex" }, { cli: "command", command: "ls" }, { permission: "all" }];
  assert.deepEqual(unable.map(asksOf), [undefined, undefined, undefined]);
});

test("CP-23 what another was started with fills the form, and comes out the same", () => {
  const like = {
    cli: "acp:npx agent",
    roundList: [{ prompt: "Fix it" }],
    command: null,
    folder: "/srv",
    permission: "read",
    asks: true,
    model: null,
    label: "Parser",
    maxTurns: 3,
    limits: { totalMs: 90_000, memoryBytes: 500_000_000, cost: "0.5" },
  } as unknown as Invocation;
  const read = startOf(valuesLike(like));
  assert.ok(read.ok);
  const { cli, folder, permission, asks, label, maxTurns, limits } = like;
  const same = { cli, folder, permission, asks, label, maxTurns, limits, prompt: "Fix it" };
  assert.deepEqual(read.input, same);
  const command = { ...like, cli: "command", command: ["sh", "-c", "echo 'hi' | wc"], limits: {} };
  const again = startOf(valuesLike(command));
  assert.deepEqual(again.ok && again.input.command, command.command);
});

test("CP-24 what is wrong with the form stands at its fields, in the folded part as well, and what is about none above", () => {
  const own = startOf({
    ...NOTHING_CHOSEN,
    cli: "command",
    command: "a 'b",
    totalMinutes: "x",
    env: "no",
  });
  assert.deepEqual(own.ok || Object.keys(own.errors), ["totalMinutes", "command", "env"]);
  const errors = [
    { path: "limits.totalMs", message: "too much" },
    { path: "limits.totalMs", message: "and more" },
    { path: "cli", message: "no" },
    { path: "nodeId", message: "what" },
  ];
  const placed = errorsOf("acp", errors);
  assert.deepEqual(placed, { totalMinutes: "too much", agent: "no" });
  assert.ok(isInMore(placed));
  assert.ok(!isInMore({ folder: "no" }));
  assert.deepEqual(unplaced("acp", errors), [{ path: "nodeId", message: "what" }]);
});

test("CP-25 a follow-up that cannot be sent says why", () => {
  const done = { status: "completed" as const, session: "s", questions: [] };
  const may = { allowed: true } as const;
  assert.equal(whyNoFollowUp(done, may), null);
  assert.match(whyNoFollowUp({ ...done, status: "running" }, may) ?? "", /working/);
  const question = {
    round: 1,
    request: 1,
    tool: "",
    words: "",
    input: null,
    whole: "words" as const,
    places: [],
    since: "",
  };
  const asks = { ...done, status: "running" as const, questions: [question] };
  assert.match(whyNoFollowUp(asks, may) ?? "", /your answer/);
  assert.match(whyNoFollowUp({ ...done, session: null }, may) ?? "", /session/);
  assert.equal(whyNoFollowUp(done, { allowed: false, reason: "No" }), "No");
});

test("PG-120 one that has cost what it may asks for more with its next message", () => {
  assert.equal(phraseUsedUp({ cost: "0.002", limits: { cost: "0.003" } }), null);
  assert.equal(phraseUsedUp({ cost: "0.002", limits: {} }), null);
  assert.equal(phraseUsedUp({ cost: null, limits: { cost: "0.003" } }), null);
  assert.match(
    phraseUsedUp({ cost: "0.0041", limits: { cost: "0.003" } }) ?? "",
    /^It has cost \$0\.0041 and may cost \$0\.003, all rounds together\./,
  );
});

test("CP-26 resources are told as figures, unknown ones by that word, and as lines that need two points", () => {
  const resources = {
    cpuMs: 1500,
    peakMemoryBytes: null,
    diskReadBytes: 0,
    diskWrittenBytes: 12_345_678,
    folderGrowthBytes: -2000,
  };
  assert.deepEqual(
    resourceFigures({ resources }).map(({ text }) => text),
    ["1.5 s", "unknown", "0 B", "12.3 MB", "−2.0 KB"],
  );
  const at = (ms: number): string => new Date(ms).toISOString();
  const sample = {
    at: at(0),
    memoryBytes: 100,
    cpuShare: 0.5,
    diskReadRate: 1000,
    diskWrittenRate: 2000,
    processes: 1,
  };
  assert.deepEqual(resourceLines([sample]), []);
  const lines = resourceLines([sample, { ...sample, at: at(1000), memoryBytes: 50 }]);
  assert.deepEqual(
    lines.map(({ name, now, most }) => [name, now, most]),
    [
      ["Memory", "50 B", "100 B"],
      ["CPU", "50 %", "50 %"],
      ["Disk", "3.0 KB/s", "3.0 KB/s"],
      ["Processes", "1", "1"],
    ],
  );
  assert.equal(pathOf(lines[0]?.points ?? []), "M0,0L100,50");
  assert.equal(phraseBytes(999), "999 B");
});

test("CP-27 what programs write for a terminal is shown without its colours and controls, and as it stood last", () => {
  assert.equal(plainText("\u001B[32m✔\u001B[39m ok\u001B]0;title\u0007"), "✔ ok");
  assert.equal(plainText("10%\r50%\r100%\ndone\r\n"), "100%\ndone\n");
  assert.equal(plainText("a\u0000\u0008b\tc\u001B"), "ab\tc");
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const plain = plainText(text);
      // oxlint-disable-next-line no-control-regex -- what must not be there
      assert.ok(!/[\u0000-\u0008\u000B-\u001F\u007F]/.test(plain));
      assert.equal(plainText(plain), plain);
    }),
  );
});

test("an entry is drawn again only where it has changed, whatever is within it", () => {
  const tool = (state: string, inner: readonly object[]) => ({
    entry: { state, inner },
    isAllOpen: false,
  });
  assert.ok(isSame(tool("done", [{ text: "a" }]), tool("done", [{ text: "a" }])));
  assert.ok(!isSame(tool("done", [{ text: "a" }]), tool("done", [{ text: "b" }])));
  assert.ok(!isSame(tool("done", []), tool("failed", [])));
  assert.ok(!isSame(tool("done", []), { ...tool("done", []), isAllOpen: true }));
});
