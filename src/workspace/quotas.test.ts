import assert from "node:assert/strict";
import { test } from "node:test";

import { restrictionsSchema } from "#contract/shapes/agents.ts";
import { compiled } from "#store/store.ts";

import { dayOf } from "./quotas.ts";
import { openTestWorkspaces } from "./testing.ts";

test("WS-10 what goes over a limit is refused with all that it stands among", async () => {
  await using world = await openTestWorkspaces();
  const { quotas, store, clock } = world;
  const restrictions = restrictionsSchema.parse({ maxEmailsPerDay: 5 });
  const counted = { agent: 1, zone: "UTC", at: clock.now() };
  const mail = (n: number) =>
    store.write([
      compiled(store.db.insertInto("meta").values({ key: `sent ${n}`, value: "" })),
      quotas.counting(counted, "emailsPerDay", restrictions, n),
    ]);
  await mail(3);
  await assert.rejects(mail(4), { code: "stale" });
  await mail(2);
  await assert.rejects(mail(1), { code: "stale" });
  const rows = await store.db
    .selectFrom("meta")
    .select("key")
    .where("key", "like", "sent%")
    .execute();
  assert.deepEqual(rows.map(({ key }) => key).toSorted(), ["sent 2", "sent 3"]);

  const standing = await quotas.standing(counted, restrictions);
  assert.deepEqual([standing.emailsPerDay.used, standing.emailsPerDay.most], [5, 5]);
  const over = await quotas.exceeded(counted, restrictions, ["executionsPerDay", "emailsPerDay"]);
  assert.equal(over?.quota, "emailsPerDay");
  assert.equal(over?.resetsAt, Date.UTC(2026, 0, 6));
  assert.equal(await quotas.exceeded(counted, restrictions, ["executionsPerDay"]), undefined);
});

test("WS-10 a limit of nothing lets nothing through, and agents do not count for one another", async () => {
  await using world = await openTestWorkspaces();
  const { quotas, store, clock } = world;
  const none = restrictionsSchema.parse({ maxEmailsPerDay: 0 });
  const one = restrictionsSchema.parse({ maxEmailsPerDay: 1 });
  const of = (agent: number) => ({ agent, zone: "UTC", at: clock.now() });
  await assert.rejects(store.write([quotas.counting(of(1), "emailsPerDay", none)]), {
    code: "stale",
  });
  await store.write([
    quotas.counting(of(1), "emailsPerDay", one),
    quotas.counting(of(2), "emailsPerDay", one),
  ]);
});

test("WS-10 a day is the workspace's, right across a change of clocks", async () => {
  await using world = await openTestWorkspaces();
  const { quotas } = world;
  const zone = "Europe/Berlin";
  const restrictions = restrictionsSchema.parse({});
  // On 29 March 2026 the clocks of Berlin go from 2 to 3: that day has 23 hours.
  const before = Date.UTC(2026, 2, 28, 22, 59);
  const after = Date.UTC(2026, 2, 28, 23, 0);
  assert.equal(dayOf(after, zone), dayOf(before, zone) + 1);
  const { executionsPerDay } = await quotas.standing({ agent: 1, zone, at: after }, restrictions);
  assert.equal(executionsPerDay.resetsAt, after + 23 * 3_600_000);
});

test("WS-10 old counts are forgotten, those that count are not", async () => {
  await using world = await openTestWorkspaces();
  const { quotas, store, clock } = world;
  const restrictions = restrictionsSchema.parse({});
  const of = () => ({ agent: 1, zone: "UTC", at: clock.now() });
  const count = () => store.write([quotas.counting(of(), "executionsPerDay", restrictions)]);
  await count();
  clock.advance(10 * 86_400_000);
  await count();
  await store.write([quotas.forgetting(clock.now())]);
  assert.equal((await store.db.selectFrom("counter").selectAll().execute()).length, 1);
  assert.equal((await quotas.standing(of(), restrictions)).executionsPerDay.used, 1);
});
