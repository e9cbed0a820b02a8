import assert from "node:assert/strict";
import { test } from "node:test";

import { contactIds, programIds, runIds, type ContactId } from "./id.ts";

test("DO-9 an id is known by its prefix: what comes in as another kind's is refused", () => {
  const id = runIds.create();
  assert.ok(runIds.is(id));
  assert.ok(!programIds.is(id));
  assert.equal(runIds.schema.parse(id), id);
  for (const wrong of [
    contactIds.create(),
    "run_",
    "run_A",
    "run_1\n",
    7,
    `run_${"a".repeat(65)}`,
  ]) {
    assert.equal(runIds.schema.safeParse(wrong).success, false, String(wrong));
  }
});

test("DO-10 ids made later sort later", () => {
  const ids = Array.from({ length: 200 }, () => runIds.create());
  assert.deepEqual(ids.toSorted(), ids);
});

test("DO-11 an id of one kind does not stand where another's is wanted", () => {
  const greet = (contact: ContactId): string => contact;
  // @ts-expect-error a run is not a contact
  assert.ok(greet(runIds.create()).startsWith("run_"));
});
