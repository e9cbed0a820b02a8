import assert from "node:assert/strict";
import { stat } from "node:fs/promises";
import { suite, test } from "node:test";

import { type Machine, machineWithAgent } from "./agents.ts";
import { begin, type Ended, freshFolder, serve, stint } from "./processes.ts";

const run = (machine: Machine, ...args: readonly string[]): Promise<Ended> =>
  stint(args, "", 0, machine);

const idIn = ({ out, err }: Pick<Ended, "out" | "err">): string =>
  /inv_[0-9a-f-]{36}/.exec(out + err)?.[0] ?? "";

const FIGURES = String.raw`300 in, 800 from cache, 100 to cache, 35 out · \$0\.00204 · [\d.]+ m?s · inv_\S+`;

interface Shown {
  readonly status: string;
  readonly outcome: string | null;
  readonly cost: string | null;
  readonly roundList: readonly { readonly outcome: string | null; readonly text: string }[];
}

async function shown(machine: Machine, id: string, ...more: readonly string[]): Promise<Shown> {
  const { out, err, code } = await run(machine, "show", id, "--json", ...more);
  assert.equal(code, 0, err);
  return JSON.parse(out) as Shown;
}

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

  test("CL-95 what is wrong with what was typed is said by its field, without advice for programs", async () => {
    await using machine = await machineWithAgent();
    const wrong = await run(machine, "exec", "--folder", "/none", "claude", "say Hi.");
    assert.equal(wrong.code, 2);
    assert.equal(wrong.err, "stint: folder: there is no folder /none on the server's machine\n");
    const unknown = await run(machine, "exec", "npm", "test");
    assert.equal(unknown.code, 2);
    assert.match(
      unknown.err,
      /^stint: "npm" is no Agent CLI that Stint knows\.\n.*`stint exec -- npm`/,
    );
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

  test("CL-88 the first Ctrl-C ends the agent and waits for what it used; the second leaves", async () => {
    await using machine = await machineWithAgent();
    await using first = begin(["exec", "claude", "say Waiting.\nwait /never"], machine);
    await first.until(/Waiting\./);
    first.child.kill("SIGINT");
    const ended = await first.ended;
    assert.equal(ended.code, 130, ended.err);
    assert.match(ended.err, /\nStopping it; Ctrl-C again leaves it/);
    assert.match(ended.err, new RegExp(`\\n■ canceled.* · ${FIGURES}\\n$`));
    const stubborn = ["exec", "--", "sh", "-c", "trap '' INT; echo ready; sleep 60"];
    await using second = begin(stubborn, machine);
    await second.until(/ready/);
    second.child.kill("SIGINT");
    await second.until(/Stopping it/);
    second.child.kill("SIGINT");
    const left = await second.ended;
    assert.equal(left.code, 130);
    assert.match(left.err, /Left as it is; it may go on\. `stint follow inv_\S+` shows it\.\n$/);
    const followed = await run(machine, "follow", idIn(left)); // the next command goes on ending it
    assert.equal(followed.code, 130, followed.err);
  });

  test("CL-89 an agent outlives the command that started it, and the next one adopts it", async () => {
    await using machine = await machineWithAgent();
    await using killed = begin(
      ["exec", "claude", `say One.\nwait ${machine.file("go")}\nsay Two.`],
      machine,
    );
    await killed.until(/One\./);
    killed.child.kill("SIGKILL");
    const id = idIn(await killed.ended);
    const listed = await run(machine, "ls");
    assert.match(listed.out, new RegExp(`${id}  claude  running`));
    await using following = begin(["follow", id.slice(-8)], machine);
    await following.until(/One\./);
    await machine.make("go");
    const { code, out, err } = await following.ended;
    assert.equal(code, 0, err);
    assert.equal(out, "One.\nTwo.\n");
    assert.match(err, new RegExp(`\\n✓ succeeded · ${FIGURES}\\n$`));
    const { outcome, cost, roundList } = await shown(machine, id);
    assert.deepEqual([outcome, cost, roundList.length], ["succeeded", "0.00204", 1]);
    const elsewhere = await run(machine, "executions", "show", id);
    assert.match(elsewhere.out, new RegExp(`^${id}  succeeded  claude`)); // the other names do the same
  });

  test("CL-90 --detach prints the id alone; --json prints events, the first with the id, the last with the end", async () => {
    await using machine = await machineWithAgent();
    const { code, out, err } = await run(
      machine,
      "exec",
      "--detach",
      "claude",
      `wait ${machine.file("go")}\nsay Hi.`,
    );
    assert.equal(code, 0, err);
    assert.match(out, /^inv_\S+\n$/);
    assert.match(err, /^No server runs here: it works on/);
    await machine.make("go");
    const { out: lines } = await run(machine, "follow", out.trim(), "--json");
    const events = lines
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.deepEqual(
      events.map(({ type }) => type),
      ["session", "text", "cost", "usage", "end", "ended"],
    );
    const last = events.at(-1)?.["invocation"] as Shown | undefined;
    assert.equal(last?.outcome, "succeeded");
    const again = await run(machine, "exec", "--json", "claude", "say Hi.");
    const first = JSON.parse(again.out.split("\n")[0] ?? "") as Record<string, unknown>;
    assert.match(String(first["executionId"]), /^inv_/);
  });

  test("CL-91 resume says something more in the same session; not while it runs", async () => {
    await using machine = await machineWithAgent();
    const id = idIn(await run(machine, "exec", "claude", "say One."));
    const { code, out, err } = await run(machine, "resume", id.slice(-8), "say Two.");
    assert.equal(code, 0, err);
    assert.equal(out, "Two.\n");
    assert.match(
      err,
      /\n {2}2 rounds in all: 600 in, 1\.6k from cache, 200 to cache, 70 out · \$0\.00408 · /,
    );
    const all = await run(machine, "follow", id);
    assert.equal(all.out, "One.\nTwo.\n");
    assert.match(all.err, /^› say One\.\n› say Two\.\n/);
    await using running = begin(["exec", "claude", "say Up.\nwait /never"], machine);
    await running.until(/Up\./);
    const refused = await run(machine, "resume", idIn(running.said()), "say More.");
    assert.equal(refused.code, 4, refused.err);
    const other = await run(machine, "resume", "run_0199c2a7-1b2c-7d3e-8f40-5a6b7c8d9e0f", "Go on");
    assert.equal(other.code, 2);
    assert.match(other.err, /is no run of an Agent CLI/);
  });
});

suite("agents at a terminal, several at once", () => {
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
    const server = await serve(folder.path);
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
    assert.match(ended.err, new RegExp(`\\n■ canceled.* · ${FIGURES}\\n$`));
  });
});
