import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { suite, test } from "node:test";

import { idIn, type Machine, machineWithAgent } from "./agents.ts";
import { begin, serve, stintBytes } from "./processes.ts";

const bytesOf = (machine: Machine, ...args: readonly string[]) => stintBytes(args, "", 0, machine);

/** Every byte there is, many times over and in changing order, without an end of line behind it. */
const BINARY = Buffer.from(
  Array.from({ length: 300_000 }, (_, index) => (index * 7 + (index >> 8) * 13) % 256),
);

suite("what a plain command writes, where standard output is no terminal", () => {
  test("CL-113 its output and its errors pass as the very bytes: also when it is followed later", async () => {
    await using machine = await machineWithAgent();
    await writeFile(join(machine.cwd, "bin"), BINARY);
    const ran = await bytesOf(machine, "exec", "--", "sh", "-c", "cat bin; cat bin >&2; exit 3");
    assert.equal(ran.code, 3);
    assert.ok(ran.out.equals(BINARY));
    assert.ok(ran.err.includes(BINARY));
    const id = idIn({ out: "", err: ran.err.toString("latin1") });
    const followed = await bytesOf(machine, "follow", id);
    assert.ok(followed.out.equals(BINARY));
    assert.ok(followed.err.includes(BINARY));
  });

  test("CL-172 from now on, what stood on its error stream before does not come again", async () => {
    await using machine = await machineWithAgent();
    const gate = machine.file("go");
    const script = `echo old; echo past >&2; until [ -e ${gate} ]; do echo tick; echo tock >&2; sleep 0.1; done; echo new; echo late >&2`;
    await using ran = begin(["exec", "--", "sh", "-c", script], machine);
    await ran.until(/old\n/);
    await ran.until(/past\n/);
    const id = idIn(ran.said());
    await using bytes = begin(["follow", "--from-now", id], machine);
    await bytes.until(/tock/);
    await using events = begin(["follow", "--from-now", "--json", id], machine);
    await events.until(/tock/);
    await machine.make("go");
    const [told, said] = [await bytes.ended, await events.ended];
    assert.match(told.out, /^(?:tick\n)+new\n$/);
    assert.doesNotMatch(said.out, /"type":"text","text":"old/);
    for (const { err } of [told, said]) {
      assert.match(err, /late/);
      assert.doesNotMatch(err, /past/);
    }
  });

  test("CL-114 of any length and without a line break, nothing is lost", async () => {
    await using machine = await machineWithAgent();
    const long = "head -c 20000000 /dev/zero | tr '\\0' x";
    const { code, out } = await bytesOf(machine, "exec", "--", "sh", "-c", long);
    assert.equal(code, 0);
    assert.ok(out.equals(Buffer.alloc(20_000_000, "x")));
  });

  test("CL-116 what it writes passes at once, also the beginning of a line", async () => {
    await using machine = await machineWithAgent();
    const script = `printf half; until [ -e '${machine.file("go")}' ]; do sleep 0.05; done; printf whole`;
    await using running = begin(["exec", "--", "sh", "-c", script], machine);
    await running.until(/half/);
    await machine.make("go");
    const { code, out, err } = await running.ended;
    assert.equal(code, 0, err);
    assert.equal(out, "halfwhole");
  });

  test("CL-117 over a restarted server it goes on behind the last byte", async () => {
    await using machine = await machineWithAgent();
    await using first = await serve(machine.own);
    const go = machine.file("go");
    const script = `head -c 3000000 /dev/zero | tr '\\0' x; printf up >&2; until [ -e '${go}' ]; do sleep 0.05; done; printf end`;
    await using running = begin(["exec", "--", "sh", "-c", script], machine);
    await running.until(/up/);
    await first[Symbol.asyncDispose](); // it is killed
    await using second = await serve(machine.own);
    await machine.make("go");
    const { code, out, err } = await running.ended;
    assert.equal(second.child.exitCode, null);
    assert.equal(code, 0, err);
    assert.equal(out, `${"x".repeat(3_000_000)}end`);
    assert.match(err, /The connection was lost; trying again/);
  });
});
