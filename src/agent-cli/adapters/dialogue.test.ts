import assert from "node:assert/strict";
import { suite, test } from "node:test";

import type { AgentTask, Dialogue } from "../adapter.ts";
import type { Asked } from "../events.ts";
import { openReading } from "../reading.ts";
import { bytesOf, eventsOf, readAll, recorded } from "../testing.ts";
import { acpAdapter } from "./acp.ts";
import { claude } from "./claude.ts";

const TASK: AgentTask = { prompt: "Write it", permission: "edit", folder: "/project", asks: true };
const acp = acpAdapter("agent", ["--acp"]);

function dialogueOf(command: { readonly dialogue: Dialogue | null }): Dialogue {
  if (command.dialogue === null) throw new Error("it is not spoken to");
  return command.dialogue;
}

function questionsIn(adapter: typeof acp, lines: readonly string[]): readonly Asked[] {
  const events = eventsOf(readAll(openReading(adapter), [bytesOf(lines)]));
  return events.filter((event) => event.type === "asked");
}

/** Method and parameters, without what names the client. */
function gist(line: string): unknown {
  const { method, params, result } = JSON.parse(line);
  return method === "initialize" ? { method } : { method, params, result };
}

suite("speaking to Agent CLIs", () => {
  test("AC-15 a session is opened, asked and permitted as it was recorded", () => {
    for (const name of [
      "acp-claude-agent-acp-0.100.0-write",
      "acp-codex-acp-2.6.0-tool",
      "acp-gemini-cli-0.61.0-tool",
    ]) {
      const { talk } = recorded(name);
      const prompt = name.endsWith("write") ? "Write it" : "Say hi using the shell";
      const dialogue = dialogueOf(acp.start({ ...TASK, prompt }));
      const written = [...dialogue.open()];
      for (const { from, line } of talk) {
        if (from === "client") continue;
        for (const asked of questionsIn(acp, [line]))
          written.push(...dialogue.permit(asked, "allow"));
        written.push(...dialogue.answer(line));
        if (dialogue.isOver(line)) break;
      }
      const client = talk.filter(({ from }) => from === "client").map(({ line }) => gist(line));
      assert.deepEqual(written.map(gist), client.slice(0, written.length), name);
      assert.ok(written.length >= 3);
    }
  });

  test("AC-15 a follow-up resumes the session where the agent can, and loads it where not", () => {
    const session = { id: "s1", how: "resume" as const };
    const methodFor = (abilities: object) => {
      const dialogue = dialogueOf(acp.start({ ...TASK, session }));
      const result = { agentCapabilities: abilities };
      const [line = "{}"] = dialogue.answer(JSON.stringify({ jsonrpc: "2.0", id: 1, result }));
      const { method, params } = JSON.parse(line);
      assert.equal(params.sessionId, "s1");
      return method as string;
    };
    assert.equal(methodFor({ sessionCapabilities: { resume: {} } }), "session/resume");
    assert.equal(methodFor({ loadSession: true }), "session/load");
  });

  test("AC-17 an agent that offers models is told which one before it is asked, and asked once it has it", () => {
    const methodsFor = (models: object | undefined, model = "large") => {
      const dialogue = dialogueOf(acp.start({ ...TASK, model }));
      const said = (id: number, result: object) =>
        dialogue
          .answer(JSON.stringify({ jsonrpc: "2.0", id, result }))
          .map((line) => JSON.parse(line));
      return [...said(2, { sessionId: "s1", models }), ...said(4, {})];
    };
    const offered = { availableModels: [{ modelId: "large" }], currentModelId: "auto" };
    const [chosen, asked] = methodsFor(offered);
    assert.deepEqual(
      [chosen.method, chosen.params, asked.method, asked.params.sessionId],
      ["session/set_model", { sessionId: "s1", modelId: "large" }, "session/prompt", "s1"],
    );
    assert.equal(methodsFor(undefined)[0].method, "session/prompt");
    assert.equal(methodsFor(offered, "auto")[0].method, "session/prompt");
  });

  test("AC-15 whatever else an agent asks of its client gets an answer", () => {
    const dialogue = dialogueOf(acp.start(TASK));
    const [answer = "{}"] = dialogue.answer(
      '{"jsonrpc":"2.0","id":9,"method":"fs/read_text_file"}',
    );
    assert.deepEqual([JSON.parse(answer).id, JSON.parse(answer).error.code], [9, -32_601]);
    assert.deepEqual(dialogue.answer("not JSON"), []);
  });

  test("AC-16 a question of Claude Code is answered as it was recorded", () => {
    const decisions = { allow: "stdin-permission-allow", deny: "stdin-permission-deny" } as const;
    for (const decision of ["allow", "deny"] as const) {
      const { lines, written } = recorded(`claude-code-2.1.329-${decisions[decision]}`);
      const dialogue = dialogueOf(claude.start({ ...TASK, prompt: "First turn" }));
      assert.deepEqual(dialogue.open(), [written[0]]);
      const [asked] = questionsIn(claude, lines);
      assert.ok(asked !== undefined && asked.tool === "Write");
      const [answer = "{}"] = dialogue.permit(asked, decision);
      const [given, then] = [answer, written[1] ?? "{}"].map((line) => JSON.parse(line).response);
      assert.equal(given.request_id, then.request_id);
      assert.equal(given.response.behavior, then.response.behavior);
      assert.deepEqual(given.response.updatedInput, then.response.updatedInput);
      assert.deepEqual(lines.map((line) => dialogue.isOver(line)).indexOf(true), lines.length - 1);
    }
  });

  test("AC-16 a round is interrupted by a message, and the process may go on", () => {
    const { written } = recorded("claude-code-2.1.329-stdin-interrupt");
    const [line = "{}"] = dialogueOf(claude.start(TASK)).cancel();
    assert.deepEqual(JSON.parse(line).request, JSON.parse(written[1] ?? "{}").request);
    const dialogue = dialogueOf(acp.start(TASK));
    assert.deepEqual(dialogue.cancel(), []);
    dialogue.answer('{"jsonrpc":"2.0","id":2,"result":{"sessionId":"s1"}}');
    const [cancel = "{}"] = dialogue.cancel();
    assert.deepEqual(JSON.parse(cancel).params, { sessionId: "s1" });
  });
});
