import assert from "node:assert/strict";
import { test } from "node:test";

import { checkImports } from "./check-imports.ts";
import type { Manifest } from "./imports.ts";

const manifest: Manifest = {
  name: "stint",
  imports: {
    "#domain/*": "./src/domain/*",
    "#engine/*": "./src/engine/*",
    "#api/*": "./src/api/*",
  },
  exports: { ".": "./src/index.ts" },
};

/** A small tree that keeps every rule, with some files put in its place. */
function problemsWith(planted: Readonly<Record<string, string>>): readonly string[] {
  const kept = {
    "src/domain/id.ts": `import { z } from "zod";\nexport const id = 1;`,
    "src/engine/engine.ts": `import { id } from "#domain/id.ts";\nexport { id };`,
    "src/api/server.ts": `import { id } from "#engine/engine.ts";`,
    "src/index.ts": `export { id } from "#engine/engine.ts";`,
    "examples/hello.ts": `import { id } from "stint";`,
    "web/src/main.tsx": `import { id } from "#domain/id.ts";`,
  };
  return checkImports(new Map(Object.entries({ ...kept, ...planted })), manifest);
}

test("a tree that keeps the tables has no problems", () => {
  assert.deepEqual(problemsWith({}), []);
});

test("RP-1 an import from an inner layer to an outer one is refused, types included", () => {
  const problems = problemsWith({
    "src/domain/bad.ts": `import type { Server } from "#api/server.ts";`,
  });
  assert.deepEqual(problems, ["src/domain/bad.ts: domain may not import api (src/api/server.ts)"]);
});

test("RP-1 the page may import the domain and the contract and nothing else", () => {
  const problems = problemsWith({ "web/src/bad.ts": `import { id } from "#engine/engine.ts";` });
  assert.deepEqual(problems, ["web/src/bad.ts: web may not import engine (src/engine/engine.ts)"]);
});

test("RP-1 a folder that the tables do not know is refused", () => {
  const [problem = ""] = problemsWith({
    "src/utils/bad.ts": `import { id } from "#domain/id.ts";`,
  });
  assert.match(problem, /utils has no place in the tables/);
});

test("an import between folders is written with #, one inside a folder without", () => {
  const problems = problemsWith({
    "src/engine/across.ts": `import { id } from "../domain/id.ts";`,
    "src/engine/within.ts": `import { id } from "#engine/engine.ts";`,
  });
  assert.equal(problems.length, 2);
  assert.match(
    problems.join("\n"),
    /across\.ts: .* in another folder[^]*within\.ts: .* in the same folder/,
  );
});

test("an import that leads nowhere is named", () => {
  const problems = problemsWith({ "src/engine/lost.ts": `import { a } from "./gone.ts";` });
  assert.match(problems.join(), /lost\.ts: .*src\/engine\/gone\.ts, which does not exist/);
});

test("RP-2 the library may not come to load the server, however long the way", () => {
  const problems = problemsWith({
    "src/engine/engine.ts": `import { on } from "./middle.ts";\nexport const id = on;`,
    "src/engine/middle.ts": `export const on = await import("fastify");`,
  });
  assert.deepEqual(problems, [
    "the library would load fastify: src/index.ts → src/engine/engine.ts → src/engine/middle.ts",
  ]);
});

test("RP-2 a type that the library names is not loaded by it, a worker is", () => {
  const worker = "./at.worker.ts";
  const problems = problemsWith({
    "src/engine/engine.ts": `import type { A } from "fastify";\nexport const id = new URL("${worker}", import.meta.url);`,
    "src/engine/at.worker.ts": `import pino from "pino";`,
  });
  assert.deepEqual(problems, [
    "the library would load pino: src/index.ts → src/engine/engine.ts → src/engine/at.worker.ts",
  ]);
});

test("RP-10 the writer thread may not come to load a package", () => {
  const problems = problemsWith({
    "src/ledger/ledgers/sqlite.worker.ts": `import { id } from "#domain/id.ts";`,
  });
  assert.deepEqual(problems, [
    "the writer thread would load zod: src/ledger/ledgers/sqlite.worker.ts → src/domain/id.ts",
  ]);
});

test("RP-3 processes are started by the supervisor and the command line alone", () => {
  const bad = `import { spawn } from "node:child_process";`;
  const problems = problemsWith({ "src/engine/bad.ts": bad, "src/agent-cli/supervisor.ts": bad });
  assert.deepEqual(problems, [
    "src/engine/bad.ts: only src/agent-cli/supervisor* and the command line start processes",
  ]);
});

test("what a browser loads may not import Node's modules", () => {
  const problems = problemsWith({ "src/domain/bad.ts": `import { readFileSync } from "node:fs";` });
  assert.deepEqual(problems, [
    "src/domain/bad.ts: a browser loads domain, so it may not import node:fs",
  ]);
});
