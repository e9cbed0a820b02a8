import assert from "node:assert/strict";
import { stat } from "node:fs/promises";
import { suite, test } from "node:test";

import { FIGURES, idIn, machineWithAgent, run } from "./agents.ts";

suite("agents at a terminal, where no server runs", () => {
  test("CL-86 exec runs an agent in this folder, tells what it does, and ends with what it used", async () => {
    await using machine = await machineWithAgent();
    const acts = "say Looking.\nrun npm test\nfail make\ndeny Write\nretry\nrun ls\nsay Done.";
    const { code, out, err } = await run(machine, "exec", "claude", acts);
    assert.equal(code, 0, err);
    assert.equal(out, "Looking.\nDone.\n");
    const lines = err.trimEnd().split("\n");
    assert.match(lines[0] ?? "", /^inv_\S+ started$/);
    assert.deepEqual(lines.slice(1, -1), [
      "● Bash npm test",
      "● Bash make",
      "  ✗ Bash failed: Exit code 1",
      "● Write",
      "  ⊘ Write was denied: Write is not allowed",
      "  ↻ retry 1 of 10 in 600 ms: 529 overloaded_error",
      "● Bash ls",
    ]);
    assert.match(lines.at(-1) ?? "", new RegExp(`^✓ succeeded · ${FIGURES}$`));
    const list = await run(machine, "ls");
    assert.match(
      list.out,
      /\ninv_\S+ {2}claude {2}succeeded .* \$0\.002 +say Looking\. run npm test/,
    );
    const id = idIn({ out, err });
    const { out: told } = await run(machine, "show", id.slice(-8));
    assert.match(told, /\n {2}Done\.\n {2}tools: Bash 3, Write 1, 2 failed, 1 denied, 1 retry/);
    assert.ok((await stat(machine.own)).isDirectory());
  });

  test("CL-87 behind -- stands any command: its output and its errors pass, and its exit code is the answer", async () => {
    await using machine = await machineWithAgent();
    const command = ["exec", "--", "sh", "-c", "echo out; echo err >&2; exit 7"];
    const { code, out, err } = await run(machine, ...command);
    assert.equal(code, 7, err);
    assert.equal(out, "out\n");
    assert.match(err, /^inv_\S+ started\nerr\n✗ failed \(crash\)[^$]* · inv_\S+\n$/);
    const fine = await run(machine, "exec", "--", "true");
    assert.deepEqual([fine.code, fine.out], [0, ""]);
    const none = await run(machine, "exec", "--", "no-such-program");
    assert.equal(none.code, 1);
    assert.match(none.err, /"no-such-program" was not found/);
  });

  test("CL-6 what begins something makes the user's own folder of executions; what looks for something does not", async () => {
    await using machine = await machineWithAgent();
    assert.equal((await run(machine, "ls")).code, 3);
    assert.equal(machine.isMade("home/stint"), false);
    const imported = await run(machine, "import", "claude", "--from", machine.cwd);
    assert.equal(imported.code, 0, imported.err);
    assert.equal((await run(machine, "ls")).code, 0);
  });

  test("CL-95 what is wrong with what was typed is said by its field, without advice for programs", async () => {
    await using machine = await machineWithAgent();
    const wrong = await run(machine, "exec", "--folder", "/none", "claude", "say Hi.");
    assert.equal(wrong.code, 2);
    assert.match(
      wrong.err,
      /^stint: folder: there is no folder \/none on the server's machine\.?\n$/i,
    );
    const unknown = await run(machine, "exec", "npm", "test");
    assert.equal(unknown.code, 2);
    assert.match(
      unknown.err,
      /^stint: "npm" is no Agent CLI that Stint knows\.\n.*`stint exec -- npm`/,
    );
    const dashed = await run(machine, "exec", "claude", "- say it's so");
    assert.equal(dashed.code, 2);
    assert.match(dashed.err, /^stint: unknown option '- say .*\n {2}Text .* stands behind --\n/);
    const behind = await run(machine, "exec", "claude", "--", "- say Hi.");
    assert.equal(behind.code, 0, behind.err);
  });

  test("CL-76 an agent's failure is the exit code, and a limit that ended it is 124", async () => {
    await using machine = await machineWithAgent();
    const crashed = await run(machine, "exec", "claude", "say Oh.\nexit 3");
    assert.equal(crashed.code, 3, crashed.err);
    assert.match(crashed.err, /\n✗ failed \(crash\)/);
    const late = await run(machine, "exec", "--limit-time", "1s", "claude", "wait /never");
    assert.equal(late.code, 124, late.err);
    assert.match(
      late.err,
      /\n✗ failed \(limit\): It was stopped: it took longer than 1 s\. · .*\n {2}\S/,
    );
  });
});
