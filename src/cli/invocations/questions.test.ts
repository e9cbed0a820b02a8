import assert from "node:assert/strict";
import { test } from "node:test";

import type { InvocationQuestion } from "#contract/shapes/invocation-questions.ts";
import { Fault } from "#domain/fault.ts";
import { testClock } from "#domain/test-clock.ts";

import type { Keys } from "./keys.ts";
import { openQuestions } from "./questions.ts";
import { requestOption } from "./request-option.ts";

const question = (request: string, command: string): InvocationQuestion => ({
  round: 1,
  request,
  tool: "Bash",
  words: `Bash: ${command}`,
  input: { command },
  whole: "words",
  places: [],
  since: "",
});
const [FIRST, SECOND] = [question("a", "npm test"), question("b", "rm -rf build")];

function scene({ isAtTerminal = true, refuses }: { isAtTerminal?: boolean; refuses?: Fault } = {}) {
  const told: string[] = [];
  const held: string[] = [];
  const given: string[] = [];
  const clock = testClock();
  let press: ((key: string) => void) | undefined;
  const keys: Keys = {
    hear: (then) => {
      press = then;
      return {
        [Symbol.dispose]: () => {
          press = undefined;
        },
      };
    },
  };
  const questions = openQuestions({
    id: "inv_1",
    keys: isAtTerminal ? keys : null,
    clock,
    tell: (_question, lines) => told.push(...lines),
    say: (text) => told.push(text),
    hold: (words) => held.push(words),
    answer: async ({ request }, decision) => {
      if (refuses !== undefined) throw refuses;
      given.push(`${request} ${decision}`);
    },
  });
  const type = async (key: string, afterMs = 1000): Promise<void> => {
    clock.advance(afterMs);
    press?.(key);
    await new Promise(setImmediate);
  };
  return { questions, told, held, given, type, isHeard: () => press !== undefined };
}

test("CL-141 each open question is told once and answered with a key, one after the other; no other key answers", async () => {
  const { questions, told, held, given, type, isHeard } = scene();
  questions.see([FIRST, SECOND]);
  await type("q");
  assert.deepEqual(given, []);
  await type("y");
  questions.see([FIRST, SECOND]); // its answer is on its way
  await type("n");
  questions.see([]);
  assert.deepEqual(given, ["a allow", "b deny"]);
  assert.deepEqual(told, [
    "? It waits for an answer to Bash: npm test: y allows it, n denies it",
    "? It waits for an answer to Bash: rm -rf build: y allows it, n denies it",
    "Allowed.",
    "Denied.",
  ]);
  assert.deepEqual([held.at(-1), isHeard()], ["", false]);
});

test("CL-141 what somebody else has answered is not asked any more; whoever was too slow is told", async () => {
  const gone = scene();
  gone.questions.see([FIRST]);
  gone.questions.see([]);
  assert.deepEqual([gone.isHeard(), gone.held.at(-1)], [false, ""]);
  const slow = scene({ refuses: new Fault("conflict", "This was allowed by Olga already") });
  slow.questions.see([FIRST]);
  await slow.type("n");
  assert.equal(slow.told.at(-1), "This was allowed by Olga already");
});

test("CL-141 what is let do is told whole, and cannot steer the terminal", () => {
  const long = `echo ${"x".repeat(900)} \u001B[2J; rm -rf /`;
  const { questions, told } = scene();
  questions.see([
    { ...question("a", "echo… (for good)"), input: { command: long }, whole: "input" },
    { ...question("b", "echo…"), input: null, whole: "output", places: ["/etc/hosts"] },
  ]);
  assert.match(told.join("\n"), /x{900} .*rm -rf \//);
  assert.ok(!told.join("").includes("\u001B"));
  assert.deepEqual(told.slice(-2), [
    "In /etc/hosts",
    "This is not all of it: `stint follow inv_1 --json` tells the rest",
  ]);
});

test("CL-180 nothing that an agent asks for hides another part of it at a terminal", () => {
  const title = (command: string): string => `Bash: ${command}`;
  const command = "ls \u009D; rm -rf /home #\u009C\u202E";
  const shown = String.raw`ls \u009D; rm -rf /home #\u009C\u202E`;
  const { questions, told } = scene({ isAtTerminal: false });
  const input = { command, description: "List" };
  questions.see([
    { ...question("a", ""), words: title(command), places: ["/etc\u001B]/hosts\u0007"] },
    { ...question("b", ""), words: "Bash: ls", input, whole: "input" },
  ]);
  assert.deepEqual(told, [
    `? It waits for an answer to Bash: ${shown}: \`stint answer inv_1 allow --request=a\`, or deny`,
    String.raw`In /etc\u001B]/hosts\u0007`,
    "? It waits for an answer to Bash: ls: `stint answer inv_1 allow --request=b`, or deny",
    `{\n  "command": "${shown}",\n  "description": "List"\n}`,
  ]);
});

test("CL-181 an answer that did not arrive is said with how it is said again", async () => {
  const { questions, told, held, type } = scene({
    refuses: new Fault("unavailable", "The server does not answer: ECONNRESET"),
  });
  questions.see([FIRST]);
  await type("n");
  questions.see([FIRST]);
  assert.deepEqual(
    [told.at(-1), held.at(-1)],
    [
      "The server does not answer: ECONNRESET. To say it again: `stint answer inv_1 deny --request=a`",
      "",
    ],
  );
});

test("CL-142 a key that was meant for one question answers no other that took its place just then", async () => {
  const { questions, given, type } = scene();
  questions.see([FIRST, SECOND]);
  questions.see([SECOND]); // somebody else has answered the first
  await type("y", 499);
  assert.deepEqual(given, []);
  await type("n", 1);
  assert.deepEqual(given, ["b deny"]);
});

test("CL-140 who does not sit at a terminal is told the command that answers", () => {
  const { questions, told, isHeard } = scene({ isAtTerminal: false });
  questions.see([FIRST]);
  assert.deepEqual(told, [
    "? It waits for an answer to Bash: npm test: `stint answer inv_1 allow --request=a`, or deny",
  ]);
  assert.equal(isHeard(), false);
});

test("CL-186 the command that answers names its question, whose id an agent chose, as a shell takes it", () => {
  assert.equal(requestOption({ request: 0 }), "--request=0");
  assert.equal(requestOption({ request: "toolu_1.a-b" }), "--request=toolu_1.a-b");
  assert.equal(
    requestOption({ request: "it's\u001B; rm -rf ~" }),
    String.raw`--request='it'\''s\u001B; rm -rf ~'`,
  );
});
