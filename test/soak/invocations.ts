/**
 * Agents work while the server is killed again and again, at random moments; messages go to those that have ended. In
 * the end each round was started once, each has its answer, its cost and its place, and the sums are those of a rebuild.
 */
import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";
import { compareWithRebuilt } from "#ledger/rebuild.ts";

import { fakeAgents } from "../acceptance/fake-agents.ts";
import { type Answer, type Ask, asker, signIn } from "../acceptance/server.ts";
import { OWNER, type ServerProcess, startServer } from "./server-process.ts";

export interface InvocationSoak {
  /** How often the server is killed. */
  readonly kills: number;
  /** How many are at work at a time. */
  readonly agents: number;
  /** How long a round takes at the most. */
  readonly napMs: number;
  readonly random: () => number;
  readonly data: string;
  readonly say?: (line: string) => void;
}

export interface InvocationReport {
  readonly kills: number;
  readonly invocations: number;
  readonly rounds: number;
  /** Kills that came while an agent worked. */
  readonly inTheMiddle: number;
  /** Rounds for which the server died in the very instant before it started them; they are told as interrupted. */
  readonly neverBegun: number;
}

const COST = 2_040_000n;

/** @throws AssertionError naming what did not hold */
export async function soakInvocations(options: InvocationSoak): Promise<InvocationReport> {
  const { kills, data, say = () => undefined } = options;
  await using machine = await fakeAgents();
  const scene = openScene(options, machine);
  let server = startServer(data);
  let inTheMiddle = 0;
  try {
    for (let kill = 1; kill <= kills; kill += 1) {
      const ask = await ownerAt(server);
      await scene.keepBusy(ask);
      await sleep(options.random() * options.napMs);
      const working = await scene.working(ask);
      inTheMiddle += working > 0 ? 1 : 0;
      await server.kill();
      say(`${kill}: killed while ${working} of ${scene.wanted.size} worked`);
      server = startServer(data);
    }
    const ask = await ownerAt(server);
    const neverBegun = await scene.check(ask);
    await server.kill();
    await sumsAreRight(data);
    const rounds = [...scene.wanted.values()].reduce((sum, prompts) => sum + prompts.length, 0);
    return { kills, invocations: scene.wanted.size, rounds, inTheMiddle, neverBegun };
  } finally {
    await server.kill();
    await rm(data, { recursive: true, force: true });
  }
}

async function ownerAt(server: ServerProcess): Promise<Ask> {
  const url = await server.url;
  const cookie = await signIn(url, OWNER);
  const session = asker(url, "", { cookie, origin: url });
  const { items } = (await session("GET", "/api/workspaces")).body;
  return asker(url, items[0].id, { cookie, origin: url });
}

type Machine = Awaited<ReturnType<typeof fakeAgents>>;
type Shown = Answer["body"];

function openScene({ agents, napMs, random }: InvocationSoak, machine: Machine) {
  /** The prompts of each invocation. */
  const wanted = new Map<string, string[]>();
  let made = 0;
  const nextPrompt = (): string =>
    `say begin ${++made}\nnap ${Math.round(random() * napMs)}\nsay done ${made}`;
  const of = async (ask: Ask, id: string): Promise<Shown> =>
    (await ask("GET", `invocations/${id}`)).body;

  async function start(ask: Ask): Promise<void> {
    const prompt = nextPrompt();
    const { folder, env } = machine;
    const body = { cli: "claude", prompt, folder, env, shared: true };
    const answer = await ask("POST", "invocations", { body });
    assert.equal(answer.status, 202, JSON.stringify(answer.body));
    wanted.set(answer.body.executionId as string, [prompt]);
  }

  async function goOn(ask: Ask, id: string): Promise<void> {
    const prompt = nextPrompt();
    const answer = await ask("POST", `invocations/${id}/messages`, { body: { prompt } });
    assert.equal(answer.status, 202, JSON.stringify(answer.body));
    wanted.get(id)?.push(prompt);
  }

  return {
    wanted,
    /** Goes on with some that have ended, and starts others, until so many are at work. */
    keepBusy: async (ask: Ask): Promise<void> => {
      const shown = await Promise.all([...wanted.keys()].map((id) => of(ask, id)));
      const over = shown.filter(({ status }) => status === "completed");
      let missing = agents - (shown.length - over.length);
      for (const { id } of over) {
        if (missing <= 0) break;
        if (random() < 0.5) continue;
        await goOn(ask, id as string);
        missing -= 1;
      }
      for (; missing > 0; missing -= 1) await start(ask);
    },
    working: async (ask: Ask): Promise<number> => {
      const page = await ask("GET", "invocations?status=running&limit=200");
      return page.body.items.length as number;
    },
    check: (ask: Ask) => check(ask, machine, wanted),
  };
}

/** Answers with how many rounds never began. */
async function check(
  ask: Ask,
  machine: Machine,
  wanted: ReadonlyMap<string, readonly string[]>,
): Promise<number> {
  const said = machine.heard();
  assert.equal(new Set(said).size, said.length, "no round was started twice");
  const started = new Set(
    said.map((line) => JSON.parse(line.slice(line.indexOf(" ") + 1)) as string),
  );
  let neverBegun = 0;
  for (const [id, prompts] of wanted) {
    const invocation = await ended(ask, id);
    assert.equal(invocation.rounds, prompts.length, `${id}: no round is lost or doubled`);
    for (const [index, prompt] of prompts.entries()) {
      const round = invocation.roundList[index];
      assert.equal(round.prompt, prompt);
      if (started.has(prompt)) assertDone(round);
      else {
        assert.equal(round.outcome, "interrupted");
        neverBegun += 1;
      }
    }
    const rounds = BigInt(invocation.roundList.filter(({ cost }: Shown) => cost !== null).length);
    const nano = BigInt(Math.round(Number(invocation.cost ?? 0) * 1e9));
    assert.equal(nano, rounds * COST, `${id}: its cost is that of its rounds`);
  }
  return neverBegun;
}

function assertDone({ prompt, outcome, text, cost, startedAt, completedAt }: Shown): void {
  const [, nap, last] = (prompt as string).split("\n");
  assert.deepEqual([outcome, text, cost], ["succeeded", last?.slice("say ".length), "0.00204"]);
  const took = Date.parse(completedAt) - Date.parse(startedAt);
  const ms = Number(nap?.slice("nap ".length));
  // It takes a moment to start; a longer one on a machine that starts servers all the time.
  assert.ok(took >= ms && took < ms + 20_000, `it took ${took} ms for a nap of ${ms}`);
}

async function ended(ask: Ask, id: string): Promise<Shown> {
  for (;;) {
    const { body } = await ask("GET", `invocations/${id}`);
    if (body.status === "completed") return body;
    await sleep(100);
  }
}

async function sumsAreRight(data: string): Promise<void> {
  const ledger = await openSqliteLedger(join(data, "stint.db"));
  try {
    assert.deepEqual(await compareWithRebuilt(ledger), []);
  } finally {
    await ledger.close();
  }
}
