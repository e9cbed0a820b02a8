import assert from "node:assert/strict";
import { suite, test } from "node:test";

import { FIGURES, idIn, machineWithAgent, run, shown } from "./agents.ts";
import { begin, freshFolder, serve, stint } from "./processes.ts";

suite("agents at a terminal, several at once", () => {
  test("CL-112 commands that open a folder at the same moment wait for one another", async () => {
    await using machine = await machineWithAgent();
    await run(machine, "exec", "--", "true");
    const listed = await Promise.all([1, 2, 3].map(() => run(machine, "ls", "--all")));
    for (const { code, out, err } of listed) {
      assert.equal(code, 0, err);
      assert.match(out, /command  succeeded/);
    }
  });

  test("CL-94 when the command that keeps the folder ends, another that still shows an agent takes over without a word", async () => {
    await using machine = await machineWithAgent();
    await using elsewhere = await freshFolder();
    const acts = (file: string) => `say Up.\nwait ${machine.file(file)}\nsay Done.`;
    await using first = begin(["exec", "claude", acts("one")], machine);
    await first.until(/Up\./);
    const there = ["exec", "--folder", elsewhere.path, "claude"];
    await using second = begin([...there, acts("two")], machine);
    await second.until(/Up\./);
    await machine.make("one");
    assert.equal((await first.ended).code, 0);
    await machine.make("two");
    const { code, out, err } = await second.ended;
    assert.deepEqual([code, out], [0, "Up.\nDone.\n"], err);
    assert.doesNotMatch(err, /connection/);
  });

  test("CL-94 an agent whose folder another works in waits for its turn, and says so", async () => {
    await using machine = await machineWithAgent();
    await using first = begin(["exec", "claude", `say Up.\nwait ${machine.file("go")}`], machine);
    await first.until(/Up\./);
    await using second = begin(["exec", "claude", "say Mine."], machine);
    await second.until(/Waits for its turn in \S+: another works there/);
    await machine.make("go");
    const { code, out, err } = await second.ended;
    assert.deepEqual([code, out], [0, "Mine.\n"], err);
  });
});

suite("agents at a terminal, beside a server", () => {
  test("CL-92 beside a server that holds the folder the server runs them; who follows goes on over its restart", async () => {
    await using machine = await machineWithAgent();
    await using folder = await freshFolder();
    const at = ["--data", folder.path];
    await using server = await serve(folder.path);
    const acts = `say One.\nwait ${machine.file("go")}\nsay Two.`;
    await using asked = begin(["exec", ...at, "claude", acts], machine);
    await asked.until(/One\./);
    const id = idIn(asked.said());
    const row = await run(machine, "top", ...at);
    assert.match(row.out, new RegExp(`^1 runs.*\\n\\nID +WHAT.*\\n${id}  claude +working`));
    await server[Symbol.asyncDispose](); // it is killed
    await asked.until(/The connection was lost/);
    await using again = await serve(folder.path);
    await machine.make("go");
    const { code, out, err } = await asked.ended;
    assert.equal(code, 0, err);
    assert.equal(out, "One.\nTwo.\n");
    assert.match(err, new RegExp(`\\n✓ succeeded · ${FIGURES}\\n$`));
    assert.equal(again.child.exitCode, null);
  });

  test("CL-93 with STINT_URL agents run on the server's machine, in its folder, and end there on Ctrl-C", async () => {
    await using machine = await machineWithAgent();
    await using folder = await freshFolder();
    await using server = await serve(folder.path);
    const key = await stint(["token", "create", "--data", folder.path, "--role", "admin"]);
    const env = { STINT_URL: server.url, STINT_TOKEN: key.out.trim() };
    const away = { ...machine, env: { ...machine.env, ...env } };
    const nowhere = await run(away, "exec", "claude", "say Hi.");
    assert.equal(nowhere.code, 2, nowhere.err);
    assert.match(nowhere.err, /no folder there is named/);
    const path = ["--env", "PATH", "--folder", machine.cwd];
    const done = await run(away, "exec", ...path, "claude", "say Hi.");
    assert.deepEqual([done.code, done.out], [0, "Hi.\n"], done.err);
    assert.equal((await shown(away, idIn(done))).outcome, "succeeded");
    const more = await run(away, "resume", idIn(done), "say More.");
    assert.deepEqual([more.code, more.out], [0, "More.\n"], more.err);
    await using waiting = begin(["exec", ...path, "claude", "say Up.\nwait /never"], away);
    await waiting.until(/Up\./);
    waiting.child.kill("SIGINT");
    const ended = await waiting.ended;
    assert.equal(ended.code, 130, ended.err);
    assert.match(ended.err, new RegExp(`\\n■ canceled · ${FIGURES}\\n$`));
  });
});
