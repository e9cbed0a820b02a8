import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";

import fc from "fast-check";

import { program, type LaneContext } from "#engine/program.ts";
import { anyScenes, scripted, scriptedPrograms } from "#engine/scripts.ts";
import { openWorld, type World } from "#engine/testing.ts";

import { examine, type Diagnosis } from "./examine.ts";
import { FINDINGS } from "./finding.ts";
import { mend } from "./mend.ts";

const dayOf = (_ws: number, at: number): number => Math.floor(at / 86_400_000);

type Place = Pick<World, "path" | "clock">;

function diagnose({ path }: Place): Diagnosis {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    return examine(db, { days: () => dayOf, running: true });
  } finally {
    db.close();
  }
}

/** Done while the world's process is no more. */
function plant({ path }: Pick<Place, "path">, sql: string): void {
  const db = new DatabaseSync(path);
  db.exec(sql);
  db.close();
}

function repair(world: Place): void {
  const { wrong } = diagnose(world);
  assert.ok(wrong);
  const db = new DatabaseSync(world.path);
  mend(db, wrong, { dayOf, at: world.clock.now() });
  db.close();
}

const child = program("child", async (run) => (await run.signal("go")) ?? null);
const family = program(
  "family",
  async (run, how: "sleep" | "signal" | "each" | "child" | "work") => {
    if (how === "sleep") await run.sleep("night", 60_000);
    if (how === "signal") return await run.signal("go");
    if (how === "each") await run.each("lane", ["a", "b"], { entity: (name) => `con_${name}` });
    if (how === "child") return await run.child("little", child, undefined);
    return await run.step("work", () => how);
  },
  {
    lanes: {
      lane: async (lane: LaneContext, name: string) => {
        await lane.sleep("nap", 60_000);
        return await lane.step("say", () => name);
      },
    },
  },
);

interface Home extends World {
  readonly ids: Readonly<Record<"sleep" | "signal" | "each" | "child" | "work", string>>;
}

/** One execution of each sort: ended 1, asleep 2, waiting for a person 3, in lanes 4, for a child 5 (which is 6). */
async function openHome(): Promise<Home> {
  const world = await openWorld([family, child]);
  const begin = async (how: "sleep" | "signal" | "each" | "child" | "work"): Promise<string> => {
    const { id } = await world.engine.start(family, how, { guards: [`agent:${how}`] });
    await world.settle();
    return id;
  };
  const work = await begin("work");
  const sleep = await begin("sleep");
  const signal = await begin("signal");
  const each = await begin("each");
  const parent = await begin("child");
  return Object.assign(world, { ids: { work, sleep, signal, each, child: parent } });
}

test("SF-1 a store that was only ever written by Stint is found in order, at any moment", () =>
  fc.assert(
    fc.asyncProperty(fc.array(anyScenes, { maxLength: 4 }), async (starts) => {
      await using world = await openWorld(scriptedPrograms);
      for (const scenes of starts) {
        await world.engine.start(scripted, scenes);
        assert.deepEqual(diagnose(world).findings.named, []);
        await world.settle();
        assert.deepEqual(diagnose(world).findings.named, []);
        await world.pass(900);
        assert.deepEqual(diagnose(world).findings.named, []);
        await world.restart();
        assert.deepEqual(diagnose(world).findings.named, []);
        await world.settle();
      }
      assert.deepEqual(diagnose(world).findings.named, []);
    }),
    { numRuns: 8 },
  ));

test("SF-1 what was pruned leaves a store in order, also while it is being deleted part by part", async () => {
  await using world = await openHome();
  const { ledger, clock } = world;
  await world.pass(120_000);
  const ended = await ledger.store.db.selectFrom("executions").select("no").orderBy("no").execute();
  const executions = ended.map(({ no }) => ({ no, day: dayOf(1, clock.now()) }));
  assert.ok(executions.length >= 3);
  let outcome = await ledger.append({ op: "prune", executions, most: 1 });
  for (; outcome.isLeft; outcome = await ledger.append({ op: "prune", executions: [], most: 1 }))
    assert.deepEqual(diagnose(world).findings.named, []);
  assert.deepEqual(diagnose(world).findings.named, []);
  assert.equal(diagnose(world).executions, 6 - executions.length);
});

test("SF-1 the doctor counts what it has read", async () => {
  await using world = await openHome();
  const { executions, findings, facts } = diagnose(world);
  assert.deepEqual(findings.named, []);
  assert.equal(executions, 6);
  assert.ok(facts > 12);
});

/** What is planted, what is found, and whether it can be mended. */
const DEFECTS: readonly (readonly [string, keyof typeof FINDINGS, RegExp])[] = [
  [
    "delete from facts where no = 1 and version = 2",
    "broken_stream",
    /execution 1, lane 0: facts 1 to 2 are missing/,
  ],
  [
    "update facts set data = '[' where no = 2 and version = 2",
    "broken_stream",
    /fact 2 cannot be read/,
  ],
  ["update facts set at = 1 where no = 2 and version = 4", "broken_stream", /is older than fact/],
  ["update facts set count = count + 1 where no = 6", "broken_stream", /overlaps/],
  ["update executions set steps = 9", "wrong_row", /executions 1: steps is 9, its facts say 1/],
  ["delete from executions", "wrong_row", /executions 1 is missing/],
  [
    "insert into executions (no, id, ws, kind, agent, target, driver, driver_version, state, version, epoch, trigger, label, parent_no, created_at, started_at, ended_at, waited_ms, steps, retries, warnings, error_code, figures) select 99, 'prg_x', ws, kind, agent, target, driver, driver_version, state, version, epoch, trigger, label, parent_no, created_at, started_at, ended_at, waited_ms, steps, retries, warnings, error_code, figures from executions",
    "wrong_row",
    /executions 99 has no facts/,
  ],
  ["delete from live where no = 2", "wrong_row", /live 2\/0 is missing/],
  [
    "update journeys set state = 'completed' where no = 4 and lane = 1",
    "wrong_row",
    /journeys 4\/1: state/,
  ],
  ["update live set state = 'running' where no = 3", "wrong_row", /live 3\/0: state is running/],
  ["delete from rollups where span = 'h'", "wrong_sum", /rollups .* is missing/],
  ["update sketches set counts = x'00' where span = 'd'", "wrong_sum", /sketches .*: counts is 0/],
  [
    "update live set ready_at = null where no = 2",
    "stuck",
    /is due at .* nobody looks before it is told/,
  ],
  [
    "update live set ready_at = ready_at + 86400000 where no = 2",
    "stuck",
    /is due at .* nobody looks before 2026/,
  ],
  [
    "update live set ready_at = null where no = 4 and lane = 0",
    "stuck",
    /has a lane that is due at/,
  ],
  ["update live set ready_at = null where no = 4 and lane = 2", "stuck", /lane 2, is due at/],
  [
    "update live set ready_at = null, owner = 'gone', incarnation = 0 where no = 4 and lane = 1; update live set ready_at = null where no = 4 and lane = 0",
    "stuck",
    /lanes that are held by a life that is over/,
  ],
  [
    'insert into inbox (no, lane, kind, body, at) values (3, 0, \'signal\', \'{"name":"go","value":1}\', 1)',
    "stuck",
    /was told something/,
  ],
  [
    "update live set owner = 'another', incarnation = 1 where no = 3",
    "dead_claim",
    /held by another/,
  ],
  [
    "update live set owner = (select value from meta where key = 'node_id'), incarnation = 0 where no = 3",
    "dead_claim",
    /which is no more/,
  ],
  ["update live set owner = 'held' where no = 3 and lane = 0", "dead_claim", /held by held/],
  ["insert into guards (key, no) values ('agent:77', 1)", "orphaned_guard", /agent:77/],
  [
    "insert into inbox (no, lane, kind, body, at) values (1, 0, 'signal', '{}', 1)",
    "orphaned_inbox",
    /execution 1 is not open/,
  ],
];

/** A copy of the store for each, since opening a world takes longer than all of this. */
function eachDefect(
  world: World,
  of: typeof DEFECTS,
  then: (copy: Place, defect: (typeof DEFECTS)[number]) => void,
): void {
  for (const [index, defect] of of.entries()) {
    const copy = { path: `${world.path}.${index}`, clock: world.clock };
    plant(world, `vacuum into '${copy.path}'`);
    plant(copy, defect[0]);
    then(copy, defect);
  }
}

test("SF-2 each planted defect is named", async () => {
  await using world = await openHome();
  eachDefect(world, DEFECTS, (copy, [sql, kind, what]) => {
    const { named } = diagnose(copy).findings;
    const found = named.find((one) => one.kind === kind && what.test(one.what));
    assert.ok(found, `${sql}: ${JSON.stringify(named)}`);
  });
});

const MENDABLE = DEFECTS.filter(([, kind]) => FINDINGS[kind].mendable);

test("SF-3 what follows from facts is mended, and no fact is touched", async () => {
  await using world = await openHome();
  const facts = (of: Place): unknown => rowsOf(of, "select * from facts order by position");
  eachDefect(world, MENDABLE, (copy, [sql]) => {
    repair(copy);
    assert.deepEqual(diagnose(copy).findings.named, [], sql);
    assert.deepEqual(facts(copy), facts(world), sql);
  });
});

test("SF-3 what was mended goes on to its end", async () => {
  for (const kind of ["wrong_row", "stuck", "dead_claim"]) {
    await using world = await openHome();
    const { ids } = world;
    for (const [sql] of MENDABLE.filter(([, of]) => of === kind)) plant(world, sql);
    repair(world);
    const engine = await world.restart();
    await world.settle();
    await engine.signal(ids.signal, "go", "yes");
    const little = rowsOf(world, "select id from live where no = 6")[0]?.["id"];
    await engine.signal(String(little), "go", "hm");
    await world.pass(60_000);
    await world.pass(60_000);
    for (const id of Object.values(ids)) await engine.result(id);
    assert.deepEqual(diagnose(world).findings.named, []);
  }
});

test("SF-3 the end of a child of which its parent was never told is told", async () => {
  await using world = await openHome();
  const little = String(rowsOf(world, "select id from live where no = 6")[0]?.["id"]);
  plant(
    world,
    "create trigger deaf before insert on inbox when new.kind = 'child' begin select raise(ignore); end",
  );
  await world.engine.signal(little, "go", "hm");
  await world.settle();
  plant(world, "drop trigger deaf; update live set ready_at = null where no = 5");
  assert.match(JSON.stringify(diagnose(world).findings.named), /which is not open any more/);
  repair(world);
  const engine = await world.restart();
  assert.equal(await engine.result(world.ids.child), "hm");
});

test("SF-2 of many findings a hundred are named, and all are counted", async () => {
  await using world = await openHome();
  plant(
    world,
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < 150)
     insert into guards (key, no) select 'agent:' || (i + 1000), 1 from n`,
  );
  const { findings } = diagnose(world);
  assert.equal(findings.named.length, 100);
  assert.equal(findings.total, 150);
});

function rowsOf({ path }: Pick<Place, "path">, sql: string): Record<string, unknown>[] {
  const db = new DatabaseSync(path);
  const rows = db.prepare(sql).all();
  db.close();
  return rows.map((row) => ({ ...row }));
}
