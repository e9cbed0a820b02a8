import assert from "node:assert/strict";
import { test } from "node:test";

import type { FindPage, Found } from "#contract/shapes/invocation-find.ts";

import { type FindSource, openFinder, phraseFinding } from "./finder.ts";

const foundAt = (at: number): Found => ({
  round: 1,
  of: "output",
  at,
  type: "text",
  text: "needle",
  from: 0,
  length: 6,
});

/** So many matches a page; 0 stands for one that looked for too long. */
function sourceOf(pages: readonly number[]) {
  const asked: number[] = [];
  const source: FindSource = {
    problemOf: () => ({ type: "about:blank", title: "No", status: 0, detail: "No", code: "x" }),
    find: async (_text, from) => {
      const index = from?.from ?? 0;
      asked.push(index);
      const count = pages[index];
      if (count === undefined) throw new Error("broken");
      const isLast = index === pages.length - 1;
      const next: FindPage["next"] = isLast ? null : { round: 1, of: "output", from: index + 1 };
      const items = Array.from({ length: count }, (_, n) => foundAt(100 * index + n));
      return { items, next, searched: 5_000_000 };
    },
  };
  return { source, asked };
}

/** The same, with more to look through behind every page. */
const endless = (source: FindSource): FindSource => ({
  ...source,
  find: async (text, from) => ({
    ...(await source.find(text, from)),
    next: { round: 1, of: "output", from: 1 },
  }),
});

test("PG-124 matches are gone through one by one; more is asked for where it is needed, and behind the last comes the first", async () => {
  const { source, asked } = sourceOf([0, 2, 0, 1]);
  const finder = openFinder(source);
  const at = () => finder.finding().found[finder.finding().index]?.at;
  await finder.find("needle");
  assert.deepEqual([at(), asked, phraseFinding(finder.finding())], [100, [0, 1], "1 of 2+"]);
  await finder.step(1);
  assert.deepEqual([at(), asked.length], [101, 2]);
  await finder.step(1);
  assert.deepEqual([at(), asked, phraseFinding(finder.finding())], [300, [0, 1, 2, 3], "3 of 3"]);
  await finder.step(1);
  assert.equal(at(), 100);
  await finder.step(-1);
  assert.equal(at(), 300);
  await finder.find("");
  assert.deepEqual([at(), phraseFinding(finder.finding())], [undefined, ""]);
});

test("PG-124 nothing found is said, and an earlier search tells nothing any more", async () => {
  const none = openFinder(sourceOf([0, 0]).source);
  await none.find("needle");
  assert.equal(phraseFinding(none.finding()), "Not found");
  const finder = openFinder(sourceOf([1]).source);
  const first = finder.find("needle");
  assert.equal(phraseFinding(finder.finding()), "Looking… 0 MB");
  await Promise.all([first, finder.find("")]);
  assert.deepEqual(finder.finding().found, []);
});

test("PG-124 where more cannot be asked for, one stays at the match where one is, and may try again", async () => {
  const pages = [2];
  const { source, asked } = sourceOf(pages);
  const finder = openFinder(endless(source));
  await finder.find("needle");
  await finder.step(1);
  await finder.step(1);
  const { index, problem } = finder.finding();
  assert.deepEqual([index, problem?.title, asked], [1, "No", [0, 1]]);
  pages.push(1);
  await finder.step(1);
  assert.deepEqual([finder.finding().index, finder.finding().problem], [2, undefined]);
});

test("PG-124 a find that fails says so, and is tried again from where it came to", async () => {
  for (const by of [1, -1] as const) {
    const pages = [0];
    const { source, asked } = sourceOf(pages);
    const finder = openFinder(endless(source));
    await finder.find("needle");
    const { problem, isBusy } = finder.finding();
    assert.deepEqual([problem?.title, isBusy, asked], ["No", false, [0, 1]]);
    assert.equal(phraseFinding(finder.finding()), "Not looked through");
    pages.push(2);
    await finder.step(by);
    const { found, index } = finder.finding();
    assert.deepEqual([found[index]?.at, asked], [100, [0, 1, 1]]);
    assert.equal(finder.finding().problem, undefined);
  }
});

test("PG-130 a find that nobody waits for any more asks for nothing more", async () => {
  const { source, asked } = sourceOf([0, 0, 1]);
  const finder = openFinder(source);
  const finding = finder.find("needle");
  await finder.find("");
  await finding;
  assert.deepEqual(asked, [0]);
});
