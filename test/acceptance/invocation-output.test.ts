import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { fakeAgents } from "./fake-agents.ts";
import { command, ended, follow, goOn, invoke, type Told, untilSays } from "./invoking.ts";
import { type Answer, openStint, until } from "./server.ts";
import { assertProblem } from "./steps.ts";

type Body = Answer["body"];

const textsOf = (events: readonly Body[]): readonly string[] =>
  events.filter(({ type }) => type === "text").map(({ text }) => text as string);

test("IV-8 output is read from any line on and backwards from the end, page by page, and every event is in one page once", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const id = await invoke(stint, agents, "chat 95");
  await ended(stint, id);
  const page = async (query: string): Promise<Body> =>
    (await stint.ask("GET", `invocations/${id}/rounds/1/output?${query}`)).body;
  const whole = await page("limit=1000");
  assert.equal(textsOf(whole.items).length, 95);
  assert.deepEqual([whole.from, whole.to, whole.ended], [0, whole.size, true]);
  const forward: Body[] = [];
  for (let from = 0; from < whole.size;) {
    const next = await page(`limit=10&from=${from}`);
    assert.equal(next.from, from);
    forward.push(...next.items);
    from = next.to as number;
  }
  assert.deepEqual(forward, whole.items);
  const backward: Body[] = [];
  for (let from: number = whole.size; from > 0;) {
    const next = await page(`back=true&limit=7&from=${from}`);
    assert.equal(next.to, from);
    backward.unshift(...next.items);
    from = next.from as number;
  }
  assert.deepEqual(backward, whole.items);
  const last = await page("back=true&limit=3");
  assert.equal(last.to, whole.size);
  assert.deepEqual(last.items.at(-1), whole.items.at(-1));
  const types = new Set(whole.items.map(({ type }: Body) => type));
  assert.deepEqual(types, new Set(["session", "text", "cost", "usage", "end"]));
});

test("IV-9 what stands on the error stream is read apart, and both are downloaded byte by byte", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const id = await command(stint, agents, "printf 'one\\ntwo'; echo wrong >&2");
  const { roundList } = await ended(stint, id);
  assert.equal(roundList[0].outputBytes, 7);
  const at = `invocations/${id}/rounds/1`;
  const output = (await stint.ask("GET", `${at}/output`)).body;
  assert.deepEqual(
    output.items.map(({ at: byte, type, text }: Body) => [byte, type, text]),
    [
      [0, "text", "one\n"],
      [4, "text", "two\n"],
    ],
  );
  const errors = (await stint.ask("GET", `${at}/output?of=errors`)).body;
  assert.deepEqual(textsOf(errors.items), ["wrong\n"]);
  assert.equal((await stint.ask("GET", `${at}/raw`)).body, "one\ntwo");
  assert.equal((await stint.ask("GET", `${at}/raw?from=4`)).body, "two");
  assert.equal((await stint.ask("GET", `${at}/raw?of=errors`)).body, "wrong\n");
  assert.equal((await stint.ask("GET", `${at}/raw?from=99`)).body, "");
  assertProblem(await stint.ask("GET", `invocations/${id}/rounds/2/output`), 404, "not_found");
  rmSync(join(stint.data, "invocations"), { recursive: true });
  assertProblem(await stint.ask("GET", `${at}/output`), 404, "not_found");
  assertProblem(await stint.ask("GET", `${at}/raw`), 404, "not_found");
});

test("IV-82 a long text is cut on pages and for who follows on a page, and whole on demand and in the raw bytes", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const script = "echo before; head -c 300000 /dev/zero | tr '\\0' x; echo; echo after";
  const id = await command(stint, agents, script);
  await ended(stint, id);
  const at = `invocations/${id}/rounds/1`;
  const whole = ["before\n", `${"x".repeat(300_000)}\n`, "after\n"];
  const [from, to] = [7, 7 + 300_001];
  const cut = { bytes: 300_001 - 65_536, from, to };
  for (const query of ["", "?back=true"]) {
    const { items } = (await stint.ask("GET", `${at}/output${query}`)).body;
    assert.deepEqual(textsOf(items), [whole[0], whole[1]?.slice(0, 65_536), whole[2]]);
    assert.deepEqual(
      items.map((item: Body) => item.cut),
      [undefined, cut, undefined],
    );
  }
  const { items } = (await stint.ask("GET", `${at}/output?whole=true`)).body;
  assert.deepEqual(textsOf(items), whole);
  assert.equal((await stint.ask("GET", `${at}/raw?from=${from}&to=${to}`)).body, whole[1]);
  for (const [query, length] of [
    ["", 65_536],
    ["?whole=true", 300_001],
  ] as const) {
    const lengths: number[] = [];
    for await (const { event, data } of follow(stint, id, query))
      if (event === "output") lengths.push(data.text.length);
    assert.deepEqual(lengths, [7, length, 6]);
  }
});

test("IV-100 a server whose invocation has written a line beyond 2 GiB goes on, and tells of that line", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const id = await command(stint, agents, "printf 'first\\nlong'");
  await ended(stint, id);
  const size = 2300 * 1024 * 1024;
  truncateSync(join(stint.data, "invocations", id, "1", "output"), size);
  const at = `invocations/${id}/rounds/1/output`;
  const back = await stint.ask("GET", `${at}?back=true`);
  assert.equal(back.status, 200);
  const [item] = back.body.items;
  assert.deepEqual([item.type, item.why, back.body.to], ["unread", "too_long", size]);
  const { items } = (await stint.ask("GET", `${at}?limit=1`)).body;
  assert.deepEqual(textsOf(items), ["first\n"]);
  const found = await stint.ask("GET", `invocations/${id}/output/find?q=long`);
  assert.deepEqual(
    found.body.items.map(({ at: byte }: Body) => byte),
    [6],
  );
});

test("IV-87 a text is found in all that an invocation wrote by who may see that, and each line is read where it was found", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const id = await invoke(stint, agents, "chat 30\nwarn The NEEDLE broke");
  await ended(stint, id);
  await goOn(stint, id, "say a needle\nrun sew --needle");
  await ended(stint, id);
  const find = async (query: string): Promise<Body> =>
    (await stint.ask("GET", `invocations/${id}/output/find?${query}`)).body;
  const { items, next } = await find("q=needle");
  assert.deepEqual(
    items.map(({ round, of, type, text }: Body) => [round, of, type, text]),
    [
      [1, "errors", "text", "The NEEDLE broke"],
      [2, "output", "text", "a needle"],
      [2, "output", "tool", "sew --needle"],
    ],
  );
  assert.equal(next, null);
  for (const { round, of, at, text } of items as Body[]) {
    const page = `rounds/${round}/output?of=${of}&from=${at}&limit=1`;
    const [event] = (await stint.ask("GET", `invocations/${id}/${page}`)).body.items;
    assert.equal(event.at, at);
    assert.ok(JSON.stringify(event).includes(text));
  }
  const first = await find("q=needle&limit=1");
  assert.deepEqual([first.items, first.next], [[items[0]], { round: 2, of: "output", from: 0 }]);
  assertProblem(await stint.ask("GET", `invocations/${id}/output/find?q=%20`), 422, "invalid");
  const viewer = await stint.as("viewer");
  assert.equal((await viewer("GET", `invocations/${id}/output/find?q=needle`)).status, 403);
});

test("IV-10 a line that is not whole yet is not read, and is when it is", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const gate = agents.gate();
  const script = `printf 'whole\\nhalf'; ${gate.script}; echo ' a line'`;
  const id = await command(stint, agents, script);
  await untilSays(stint, id, "whole\n");
  const at = `invocations/${id}/rounds/1/output`;
  const early = (await stint.ask("GET", at)).body;
  assert.deepEqual([textsOf(early.items), early.to, early.ended], [["whole\n"], 6, false]);
  const back = (await stint.ask("GET", `${at}?back=true`)).body;
  assert.deepEqual([textsOf(back.items), back.to], [["whole\n"], 6]);
  gate.open();
  await ended(stint, id);
  const late = (await stint.ask("GET", `${at}?from=${early.to}`)).body;
  assert.deepEqual([textsOf(late.items), late.ended], [["half a line\n"], true]);
});

test("IV-11 a follower hears all that every round writes, what changes, and the end; from its last event on nothing is lost or doubled", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const gate = agents.gate();
  const id = await invoke(stint, agents, "chat 30");
  await ended(stint, id);
  await goOn(stint, id, gate.prompt);
  const heard: Told[] = [];
  for await (const told of follow(stint, id)) {
    heard.push(told);
    if (told.data.text === "Waiting.") gate.open();
  }
  assert.equal(heard.at(-1)?.event, "end");
  assert.equal(heard.at(-1)?.data.outcome, "succeeded");
  const statuses = heard
    .filter(({ event }) => event === "invocation")
    .map(({ data }) => data.status);
  assert.deepEqual([statuses[0], statuses.at(-1)], ["running", "completed"]);
  const output = heard.filter(({ event }) => event === "output");
  const whole = await Promise.all(
    [1, 2].map(async (round) => {
      const { items } = (
        await stint.ask("GET", `invocations/${id}/rounds/${round}/output?limit=1000`)
      ).body;
      return items.map((item: Body) => ({ ...item, round }));
    }),
  );
  assert.deepEqual(
    output.map(({ data }) => data),
    whole.flat(),
  );
  const ids = output.flatMap(({ id: at }) => at ?? []);
  for (const last of [ids[3], ids[20], ids.at(-1)] as string[]) {
    const again: Told[] = [];
    for await (const told of follow(stint, id, "", { "last-event-id": last })) again.push(told);
    const rest = output.slice(output.findIndex(({ id: at }) => at === last) + 1);
    assert.deepEqual(
      again.filter(({ event }) => event === "output"),
      rest,
    );
  }
  const second: Told[] = [];
  for await (const told of follow(stint, id, "?round=2")) second.push(told);
  assert.deepEqual(
    second.filter(({ event }) => event === "output").map(({ data }) => data),
    whole[1],
  );
});

test("IV-12 while it goes on an invocation tells what its process does, what it has said and used, and who it waits for", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const gate = agents.gate();
  const id = await invoke(stint, agents, gate.prompt);
  await untilSays(stint, id, "Waiting.");
  const look = async (of: string): Promise<Body> =>
    (await stint.ask("GET", `invocations/${of}`)).body;
  let body = await look(id);
  while (body.process.words !== "Works") body = await look(id); // it is read twice, each at its pace
  const { process: now, roundList, session, model } = body;
  assert.deepEqual([now.state, now.words], ["working", "Works"]);
  assert.ok(now.pid > 0);
  assert.deepEqual([roundList[0].text, roundList[0].outcome], ["Waiting.", null]);
  assert.deepEqual([roundList[0].session, model], [session, "claude-sonnet-4-5-20250929"]);
  const second = await invoke(stint, agents, "say second");
  let waiting = await look(second);
  while (waiting.process === null) waiting = await look(second);
  assert.match(waiting.process.words, /Waits for its turn/);
  gate.open();
  await ended(stint, second);
  const over = await look(id);
  assert.equal(over.process, null);
  assert.ok(over.series.length >= 1);
  assert.equal(typeof over.resources.folderGrowthBytes, "number");
});

test("IV-13 a command that writes 8 MB is kept whole and followed whole, byte for byte", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const lines = 80_000;
  const line = "x".repeat(99);
  const script = `i=0; while [ $i -lt 800 ]; do i=$((i+1)); yes ${line} | head -100; done`;
  const id = await command(stint, agents, script);
  let heard = 0;
  for await (const { event, data } of follow(stint, id))
    if (event === "output") {
      assert.equal(data.text, `${line}\n`);
      heard += 1;
    }
  assert.equal(heard, lines);
  const { outputBytes } = (await ended(stint, id)).roundList[0];
  assert.equal(outputBytes, lines * 100);
  const raw = (await stint.ask("GET", `invocations/${id}/rounds/1/raw`)).body as string;
  const hash = (text: string): string => createHash("sha256").update(text).digest("hex");
  assert.equal(hash(raw), hash(`${line}\n`.repeat(lines)));
  await until(stint, id, ({ status }) => status === "completed");
});
