import assert from "node:assert/strict";
import { once } from "node:events";
import { stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";

import { freshFolder, serve, stint } from "./processes.ts";

test("CL-1 serve prints one line when it answers, and its process is the server's own", async () => {
  await using folder = await freshFolder();
  await using server = await serve(folder.path);
  assert.equal(server.printed(), `Stint is ready at ${server.url}\n`);
  const health = await fetch(`${server.url}/api/health`);
  assert.deepEqual(await health.json(), { status: "ok" });
  assert.equal((await stat(join(folder.path, "stint.sock"))).mode & 0o777, 0o600);
  server.child.kill("SIGTERM");
  assert.equal(await server.exited, 0);
  await assert.rejects(fetch(`${server.url}/api/health`));
});

test("CL-1 a port or a folder that is taken is said in one clear line", async () => {
  await using folder = await freshFolder();
  await using other = await freshFolder();
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as { port: number };
  const refused = await stint(["serve", "--port", String(port), "--data", other.path]);
  taken.close();
  assert.equal(refused.code, 5);
  assert.match(
    refused.err,
    /^stint: 127\.0\.0\.1:\d+ is in use by another program\n {2}\S.*--port\n$/,
  );
  await using server = await serve(folder.path);
  const second = await stint(["serve", "--port", "0", "--data", folder.path]);
  assert.equal(second.code, 5);
  assert.match(second.err, new RegExp(`is in use by process ${server.child.pid}`));
});

test("CL-2 token create prints a key and nothing else, while a server holds the folder and while none does", async () => {
  await using folder = await freshFolder();
  const before = await stint(["token", "create", "--data", folder.path, "--role", "admin"]);
  assert.equal(before.code, 0, before.err);
  await using server = await serve(folder.path);
  const during = await stint(["token", "create", "--data", folder.path, "--role", "viewer"]);
  for (const [key, role] of [
    [before.out, "admin"],
    [during.out, "viewer"],
  ] as const) {
    assert.match(key, /^\S+\n$/);
    const answer = await fetch(`${server.url}/api/workspaces`, {
      headers: { authorization: `Bearer ${key.trim()}` },
    });
    const { items } = (await answer.json()) as { items: { role: string }[] };
    assert.deepEqual(
      items.map((item) => item.role),
      [role],
    );
  }
  const unknown = await stint([
    "token",
    "create",
    "--data",
    folder.path,
    "--role",
    "admin",
    "--workspace",
    "None",
  ]);
  assert.equal(unknown.code, 3);
  assert.match(unknown.err, /There is no workspace "None"/);
});

test("CL-3 parse answers each line by one line, and a broken one by what is wrong with it", async () => {
  const lines = [
    '{"id":"a","text":"Find contacts in London and add tag VIP"}',
    "",
    "no json",
    '{"id":7}',
    '{"id":"b","text":"Hop on one leg"}',
  ];
  const { code, out } = await stint(["parse", "--jsonl"], lines.join("\n"));
  const answers = out
    .trimEnd()
    .split("\n")
    .map(
      (line) =>
        JSON.parse(line) as {
          id: unknown;
          plan?: { steps: { type: string }[] };
          error?: { message: string };
        },
    );
  assert.deepEqual(
    answers.map(({ id }) => id),
    ["a", null, 7, "b"],
  );
  assert.deepEqual(
    answers[0]?.plan?.steps.map(({ type }) => type),
    ["search_contacts", "add_tag"],
  );
  assert.equal(answers[3]?.error?.message, "Unable to parse instructions. Please clarify.");
  assert.equal(code, 1);
});

test("CL-3 parse reads a plan aloud, and names the clause that it does not understand", async () => {
  const good = await stint(["parse", "Find contacts where title contains CEO and add tag VIP"]);
  assert.equal(good.code, 0);
  assert.equal(good.out, '1. Search contacts: title contains "CEO"\n2. Add tag: tags ["VIP"]\n');
  const bad = await stint(["parse"], "Hop on one leg.");
  assert.equal(bad.code, 1);
  assert.match(bad.err, /"Hop on one leg": /);
});

test("CL-185 parse tells what was said in passing, behind the plan and in JSON", async () => {
  const text = "Add tag VIP. They froze their budget.";
  const told = await stint(["parse", text]);
  assert.equal(
    told.out,
    '1. Add tag: tags ["VIP"]\nSaid in passing, no step comes of it: "They froze their budget"\n',
  );
  const json = await stint(["parse", text, "--json"]);
  assert.deepEqual(JSON.parse(json.out).remarks, [{ start: 13, end: 36 }]);
});

test("CL-4 run follows an agent to its end, and executions shows what happened", async () => {
  await using folder = await freshFolder();
  await using server = await serve(folder.path, "--example");
  const run = await stint(["run", "Welcome new leads", "--data", folder.path]);
  assert.equal(run.code, 0, run.err);
  assert.match(run.out, /^Agent completed successfully\. Processed \d+ contacts, sent \d+ emails/);
  const id = /run_\S+/.exec(run.out)?.[0] ?? "";
  const list = await stint(["executions", "ls", "--data", folder.path, "--json"]);
  assert.deepEqual(
    list.out
      .trimEnd()
      .split("\n")
      .map((line) => (JSON.parse(line) as { id: string }).id),
    [id],
  );
  const shown = await stint(["executions", "show", id, "--data", folder.path]);
  assert.match(shown.out, /✅ 2\. Send email \((\d+) of \1\)/);
  const narrow = ["--phase", "succeeded", "--kind", "automation", "--min-duration", "0"];
  const file = await stint(["executions", "export", "--data", folder.path, ...narrow]);
  assert.match(file.out, new RegExp(`^ExecutionId,.*\\r\\n${id},`));
  const none = ["executions", "ls", "--data", folder.path, "--json", "--trigger", "event"];
  assert.equal((await stint(none)).out.trim(), "");
  const followed = await stint(["executions", "follow", id, "--data", folder.path, "--json"]);
  assert.equal(followed.code, 0, followed.err);
  assert.equal((JSON.parse(followed.out.trimEnd()) as { status: string }).status, "completed");
  const journeys = await stint(["journeys", "ls", id, "--data", folder.path]);
  assert.match(journeys.out, /^LANE +WHO +STATE[^\n]*\n1 +\S.*completed/);
  const stopped = await stint(["journeys", "stop", id, "1", "--data", folder.path]);
  assert.deepEqual([stopped.code, stopped.out], [4, ""]);
  assert.match(stopped.err, /^stint: Journey 1 is completed/);
  const retried = await stint(["retry", id, "--data", folder.path, "--from", "2"]);
  assert.match(retried.out, /^run_\S+\n$/, retried.err);
  assert.equal(retried.err, "");
  const again = await stint(["executions", "follow", retried.out.trim(), "--data", folder.path]);
  assert.doesNotMatch(again.out, /sent \d+ emails/);
  const { createdAt } = JSON.parse(followed.out.trimEnd()) as { createdAt: string };
  const then = ["executions", "show", retried.out.trim(), "--data", folder.path, "--at", createdAt];
  assert.match((await stint(then)).err, /was not there at that moment/);
  assert.match((await stint(["retry", id, "--data", folder.path])).err, /had mailed \d+ people/);
  const many = ["executions", "retry", "--status", "completed", "--data", folder.path];
  const unasked = await stint(many);
  assert.deepEqual([unasked.code, unasked.out], [2, ""]);
  assert.match(unasked.err, /^stint: Retry \d+ executions\? Nobody is here to be asked\n.*--yes/);
  assert.match((await stint([...many, "--yes"])).out, /^prg_\S+\n$/);
  assert.ok(server.child.exitCode === null);
});

test("CL-4 run works where no server holds the folder, and a failed run says so by its exit code", async () => {
  await using folder = await freshFolder();
  const laying = await serve(folder.path, "--example");
  await laying[Symbol.asyncDispose]();
  const failed = await stint(["run", "Win back quiet customers", "--data", folder.path]);
  assert.equal(failed.code, 1, failed.out);
  assert.match(failed.out, /^Agent failed: Email template 'Winter offer' not found/);
  assert.match(failed.out, /Create template or update agent instructions/);
});

test("CL-5 a wrong command line is answered with one clear line and exit code 2", async () => {
  for (const [args, said] of [
    [["serv"], /unknown command 'serv'/],
    [["token", "create", "--role", "king"], /Allowed choices are owner, admin, member, viewer/],
    [["serve", "--port", "99999"], /A port is a number from 0 to 65535/],
    [["executions", "show"], /missing required argument 'id'/],
  ] as const) {
    const { code, err } = await stint(args);
    assert.equal(code, 2, err);
    assert.match(err, said);
    assert.ok(!err.includes("    at "), err);
  }
  await using folder = await freshFolder();
  const unknown = await stint(["executions", "show", "run_none", "--data", folder.path]);
  assert.equal(unknown.code, 3);
  assert.match(unknown.err, /^stint: There is no execution run_none/);
});

test("CL-6 a data folder that is not there is refused, and none is made", async () => {
  await using folder = await freshFolder();
  const typo = join(folder.path, "typo");
  for (const args of [
    ["executions", "ls"],
    ["run", "Welcome new leads"],
    ["token", "create", "--role", "admin"],
  ]) {
    const { code, err } = await stint([...args, "--data", typo]);
    assert.equal(code, 3, err);
    assert.match(err, /^stint: There is no data folder \S+typo\n {2}\S.*--data/);
    await assert.rejects(stat(typo));
  }
});

test("CL-60 parse --eval says how many labelled texts are read right, which are not and why, and how long a text takes", async () => {
  await using folder = await freshFolder();
  const file = join(folder.path, "cases.jsonl");
  const wait = { steps: [{ type: "wait", params: { duration: "P3D" } }] };
  const lines = [
    { id: "a", text: "Wait 3 days", expect: wait },
    { id: "b", text: "Wait 4 days", expect: wait },
  ];
  await writeFile(file, lines.map((line) => JSON.stringify(line)).join("\n"));
  const { code, out } = await stint(["parse", "--eval", file]);
  assert.equal(code, 0);
  assert.match(out, /^b {2}Wait 4 days\n {4}steps\[0\]\.duration: expected "P3D", got "P4D"\n/);
  assert.match(out, /\n1 of 2 right \(50\.0 %\)\n/);
  assert.match(out, /\d+\.\d\d ms of CPU a text \(p50\), \d+\.\d\d ms \(p99\)\n$/);
  const json = JSON.parse((await stint(["parse", "--eval", file, "--json"])).out);
  assert.equal(json.accuracy, 0.5);
  const missing = await stint(["parse", "--eval", join(folder.path, "none.jsonl")]);
  assert.equal(missing.code, 3);
  assert.match(missing.err, /none\.jsonl cannot be read/);
});
