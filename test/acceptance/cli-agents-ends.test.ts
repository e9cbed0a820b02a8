import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { suite, test } from "node:test";

import { FIGURES, idIn, machineWithAgent, run, shown, type Shown } from "./agents.ts";
import { begin } from "./processes.ts";

suite("agents at a terminal: interrupted, killed, detached and resumed", () => {
  test("CL-88 the first Ctrl-C ends the agent and waits for what it used; the second leaves", async () => {
    await using machine = await machineWithAgent();
    await using first = begin(["exec", "claude", "say Waiting.\nwait /never"], machine);
    await first.until(/Waiting\./);
    first.child.kill("SIGINT");
    const ended = await first.ended;
    assert.equal(ended.code, 130, ended.err);
    assert.match(ended.err, /\nStopping it; Ctrl-C again leaves it/);
    assert.match(ended.err, new RegExp(`\\n■ canceled · ${FIGURES}\\n$`));
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
    await using later = begin(["follow", "--from-now", id], machine);
    await later.until(/from now on/);
    await machine.make("go");
    const { code, out, err } = await following.ended;
    assert.equal(code, 0, err);
    assert.equal(out, "One.\nTwo.\n");
    assert.deepEqual([(await later.ended).code, (await later.ended).out], [0, "Two.\n"]);
    assert.match(err, new RegExp(`\\n✓ succeeded · ${FIGURES}\\n$`));
    const { outcome, cost, roundList } = await shown(machine, id);
    assert.deepEqual([outcome, cost, roundList.length], ["succeeded", "0.00204", 1]);
    const elsewhere = await run(machine, "executions", "show", id);
    assert.match(elsewhere.out, new RegExp(`^${id}  succeeded  claude`)); // the other names do the same
  });

  test("CL-111 what died while nobody held the folder is told by the next command as what it is", async () => {
    await using machine = await machineWithAgent();
    await using killed = begin(["exec", "claude", `say One.\nwait ${machine.file("go")}`], machine);
    await killed.until(/One\./);
    killed.child.kill("SIGKILL");
    const id = idIn(await killed.ended);
    const { leader } = JSON.parse(
      await readFile(join(machine.own, "invocations", id, "1", "process.json"), "utf8"),
    ) as { leader: { pid: number } };
    process.kill(-leader.pid, "SIGKILL");
    const listed = await run(machine, "ls", "--all");
    assert.match(listed.out, new RegExp(`${id}  claude  interrupted`));
    assert.equal((await shown(machine, id)).outcome, "interrupted");
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

  test("CL-171 an answer of any length comes whole to the terminal", async () => {
    await using machine = await machineWithAgent();
    const answer = "long ".repeat(20_000).trim();
    const { code, out } = await run(machine, "exec", "claude", `say ${answer}`);
    assert.deepEqual([code, out.trim() === answer], [0, true]);
  });

  test("CL-173 show --find tells every line of its output that has a text, with where it stands", async () => {
    await using machine = await machineWithAgent();
    const id = idIn(await run(machine, "exec", "--", "sh", "-c", "seq 300; echo x300y >&2"));
    const found = await run(machine, "show", id, "--find", "300");
    assert.deepEqual([found.code, found.out], [0, "1:1088  300\n1:0 (errors)  x300y\n"]);
    const many = await run(machine, "show", id, "--json", "--find", "1");
    assert.equal(many.out.trim().split("\n").length, 138);
    const none = await run(machine, "show", id, "--find", "nowhere");
    assert.deepEqual([none.code, none.out, none.err], [0, "", "Nothing that it wrote has that.\n"]);
  });

  test("CL-170 resume says what was spent where nothing is left of it, and goes on with a higher limit", async () => {
    await using machine = await machineWithAgent();
    const id = idIn(await run(machine, "exec", "--limit-cost", "0.002", "claude", "say One."));
    const refused = await run(machine, "resume", id, "say Two.");
    assert.equal(refused.code, 4);
    assert.match(refused.err, /has cost \$0\.00204 and may cost \$0\.002[^0-9].*--limit-cost/s);
    const more = await run(machine, "resume", "--limit-cost", "0.01", id, "say Two.");
    assert.deepEqual([more.code, more.out], [0, "Two.\n"]);
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
    assert.match(all.err, /\n› say One\.\n› say Two\.\n/);
    await using running = begin(["exec", "claude", "say Up.\nwait /never"], machine);
    await running.until(/Up\./);
    const refused = await run(machine, "resume", idIn(running.said()), "say More.");
    assert.equal(refused.code, 4, refused.err);
    const canceled = await run(machine, "cancel", idIn(running.said()), "--reason", "Enough");
    assert.match(canceled.out, /^inv_\S+ is being canceled\n$/);
    assert.equal((await running.ended).code, 130);
    const other = await run(machine, "resume", "run_0199c2a7-1b2c-7d3e-8f40-5a6b7c8d9e0f", "Go on");
    assert.equal(other.code, 2);
    assert.match(other.err, /is no run of an Agent CLI/);
  });
});
