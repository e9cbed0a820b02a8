/** Agents and commands, started and watched in the page: real processes behind a real server, in a real Chromium. */
import assert from "node:assert/strict";
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";

import type { Browser, Page } from "playwright-core";

import { type Machine, machineWithAgent } from "../acceptance/agents.ts";
import {
  launchBrowser,
  missingBrowser,
  overflowAt,
  untilInField,
  untilTrue,
  violationsIn,
  violationsOf,
  type Visit,
  visit,
} from "./browser.ts";
import { type ServedStint, serveStint } from "./stint.ts";

const prompt = (...lines: readonly string[]): string => lines.join("\n");
/** Says something, begins a call, and waits in the middle of it for a file `go` in its folder. */
const waits = (name: string): string =>
  prompt(name, "think First I look at the tests.", "hold go npm test", `say Done: ${name}`);

const LIT_WITHIN_ITS_FRAME = `(() => {
  const [range] = CSS.highlights.get("found") ?? [];
  const frame = document.querySelector(".conversation").getBoundingClientRect();
  const top = range?.getBoundingClientRect().top ?? -1;
  return top > frame.top && top < frame.bottom;
})()`;

suite("agent clis", { skip: missingBrowser ?? false }, () => {
  let machine: Machine;
  let stint: ServedStint;
  let browser: Browser;
  let owner: Visit;
  let page: Page;
  let workspace: string;

  before(async () => {
    machine = await machineWithAgent();
    [stint, browser] = await Promise.all([serveStint(machine.env), launchBrowser()]);
    owner = await visit(browser);
    page = owner.page;
    await page.goto(stint.link);
    await page.getByRole("heading", { level: 1, name: "Agents" }).waitFor();
    workspace = page.url().replace(/\/agents.*/, "");
  });
  after(async () => {
    await browser?.close();
    await stint?.[Symbol.asyncDispose]();
    await machine?.[Symbol.asyncDispose]();
  });

  const folderFor = async (name: string): Promise<string> => {
    const folder = join(machine.cwd, name);
    await mkdir(folder);
    return folder;
  };
  const start = async (name: string, folder: string): Promise<void> => {
    await page.goto(`${workspace}/agent-clis/new`);
    await page.getByRole("textbox", { name: "Prompt" }).fill(waits(name));
    await page.getByRole("combobox", { name: "Folder" }).fill(folder);
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await page.getByRole("heading", { level: 1, name }).waitFor();
  };
  const startCommand = async (command: string, folder: string): Promise<void> => {
    await page.goto(`${workspace}/agent-clis/new`);
    await page.getByText("Any command").click();
    await page.getByRole("textbox", { name: "Command" }).fill(command);
    await page.getByRole("combobox", { name: "Folder" }).fill(folder);
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await page.getByRole("region", { name: "Conversation" }).waitFor();
  };
  const status = (word: string) => page.locator(".page-head .chip", { hasText: word });
  const conversation = () => page.getByRole("region", { name: "Conversation" });
  const said = (words: string) => conversation().locator(".said", { hasText: words });

  test("CP-9 an agent is started by the form, watched live, its tool call opened, and a follow-up goes on as its next round", async () => {
    await page.goto(`${workspace}/agent-clis`);
    await page.getByText("No agent has run here yet").waitFor();
    assert.deepEqual(await violationsOf(page), []);
    const folder = await folderFor("live");
    await start("Test it", folder);
    await conversation().locator("summary", { hasText: "npm test" }).getByText("running").waitFor();
    const box = page.getByRole("textbox", { name: "Follow-up" });
    assert.ok(await box.isDisabled());
    await page.getByText("It is working. Once it is done").waitFor();
    assert.deepEqual(await violationsOf(page), []);
    await writeFile(join(folder, "go"), "");
    await said("Done: Test it").waitFor();
    await status("Succeeded").waitFor();
    await conversation().locator("summary", { hasText: "npm test" }).click();
    await conversation().getByText("42 passed").waitFor();
    await conversation().locator("summary", { hasText: "Thought" }).waitFor();
    await page.locator(".meta", { hasText: "$0.00204" }).waitFor();
    await conversation().focus();
    await page.keyboard.press("r");
    await untilInField(page);
    await page.keyboard.type("say Done: And the lexer");
    await page.keyboard.press("Control+Enter");
    await conversation().getByText("Follow-up 1").waitFor();
    await said("Done: And the lexer").waitFor();
    await said("Done: Test it").waitFor();
    await page.locator(".meta", { hasText: "$0.00408" }).waitFor();
    await conversation().getByText("Succeeded").nth(1).waitFor();
    assert.deepEqual(await violationsOf(page), []);
    assert.deepEqual(await violationsIn(page, "dark"), []);
    assert.equal(await overflowAt(page, 390), 0);
    await page.emulateMedia({ colorScheme: "light" });
  });

  test("CP-31 an answer is drawn with its Markdown; HTML in it stays text, and no picture of it is fetched", async () => {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(`${workspace}/agent-clis/new`);
    const answer =
      "say **All green**: run `npm test`, see [the log](https://log.test/1) <img src=x onerror=alert(1)> ![shot](https://log.test/p.png)";
    await page
      .getByRole("textbox", { name: "Prompt" })
      .fill(prompt("Show it", answer, "say - one", "say snake_case and a < b"));
    await page.getByRole("combobox", { name: "Folder" }).fill(await folderFor("marked"));
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await status("Succeeded").waitFor();
    await said("All green").locator("strong").waitFor();
    assert.equal(await said("All green").locator("code").textContent(), "npm test");
    const link = said("All green").getByRole("link", { name: "the log" });
    assert.equal(await link.getAttribute("rel"), "noreferrer noopener");
    assert.equal(await said("<img src=x onerror=alert(1)>").locator("img").count(), 0);
    await said("one").locator("li").waitFor();
    await said("snake_case and a < b").waitFor();
    assert.deepEqual(
      asked.filter((url) => url.includes("log.test")),
      [],
    );
    assert.deepEqual(await violationsOf(page), []);
  });

  test("CP-40 what an agent asks stands on its page until a person lets it do that, or does not, with the keyboard as well; the conversation keeps who", async () => {
    await page.goto(`${workspace}/agent-clis/new`);
    await page
      .getByRole("textbox", { name: "Prompt" })
      .fill(prompt("Clean up", "ask npm test", "ask rm -rf build", "say All done"));
    await page.getByRole("combobox", { name: "Folder" }).fill(await folderFor("asks"));
    await page.getByRole("checkbox", { name: "Ask for what goes beyond it" }).check();
    await page.getByRole("button", { name: "Start", exact: true }).click();
    const question = page.getByRole("region", { name: "May it use Bash?" });
    await question.getByText("Bash: npm test").waitFor();
    assert.equal(await question.locator("[aria-live=off] time").count(), 1);
    await status("Asks").waitFor();
    await page.locator(".facts3", { hasText: "Waits for an answer: Bash: npm test" }).waitFor();
    await page.locator(".facts3", { hasText: "a person’s answer" }).waitFor();
    const readOut = page.locator(".facts3 [aria-live]");
    assert.equal(await readOut.textContent(), "Waits for an answer: Bash: npm test");
    assert.deepEqual(await violationsOf(page), []);
    assert.deepEqual(await violationsIn(page, "dark"), []);
    assert.equal(await overflowAt(page, 390), 0);
    await page.emulateMedia({ colorScheme: "light" });
    await question.getByRole("button", { name: "Allow" }).focus();
    await page.keyboard.press("Enter");
    await question.getByText("Bash: rm -rf build").waitFor();
    await conversation().getByText("npm test – allowed by").waitFor();
    await question.getByRole("textbox", { name: "Why it is denied" }).fill("Use make clean");
    await question.getByRole("button", { name: "Deny" }).click();
    await status("Succeeded").waitFor();
    assert.equal(await question.count(), 0);
    const isThere =
      "getComputedStyle(document.querySelector('.questions:empty')).display !== 'none'";
    assert.ok(await page.evaluate<boolean>(isThere));
    await conversation()
      .getByText(/rm -rf build – denied by .*: Use make clean/)
      .waitFor();
    assert.deepEqual(await violationsOf(page), []);
  });

  test("CP-41 a question shows all that would be let do, paths as they are; what is too large is to be downloaded", async () => {
    const folder = await folderFor("whole");
    const large = `echo ${"x".repeat(17_000)}; rm -rf /`;
    await page.goto(`${workspace}/agent-clis/new`);
    await page
      .getByRole("textbox", { name: "Prompt" })
      .fill(prompt("Show all", `ask rm -rf ${folder}/ \u202E`, `ask ${large}`));
    await page.getByRole("combobox", { name: "Folder" }).fill(folder);
    await page.getByRole("checkbox", { name: "Ask for what goes beyond it" }).check();
    await page.getByRole("button", { name: "Start", exact: true }).click();
    const question = page.getByRole("region", { name: "May it use Bash?" });
    await question.getByText(String.raw`Bash: rm -rf ${folder}/ \u202E`, { exact: true }).waitFor();
    await question.getByRole("button", { name: "Allow" }).click();
    await question.getByText("This is not all of it.").waitFor();
    const link = question.getByRole("link", { name: "Download what it wrote" });
    const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
    assert.ok((await readFile(await download.path(), "utf8")).includes(large));
    await question.getByRole("button", { name: "Deny" }).click();
    await status("Succeeded").waitFor();
  });

  test("CP-28 a running agent is canceled after a question, and the page says so", async () => {
    await start("Please wait", await folderFor("canceled"));
    await conversation().locator("summary", { hasText: "npm test" }).waitFor();
    await conversation().focus();
    await page.keyboard.press("x");
    await page.getByRole("button", { name: "Let it go on" }).waitFor();
    assert.deepEqual(await violationsOf(page), []);
    await page.getByRole("button", { name: "Cancel it" }).click();
    await status("Canceled").waitFor();
    await conversation().getByText("Canceled").waitFor();
    await conversation().getByText("no answer").waitFor();
  });

  test("CP-14 killed while an agent works and started again, the server tells the rest of it, and the page goes on where it was", async () => {
    const folder = await folderFor("killed");
    await start("Survive", folder);
    await conversation().locator("summary", { hasText: "npm test" }).waitFor();
    await stint.kill();
    await page.getByText("The connection is lost. It goes on").waitFor();
    await writeFile(join(folder, "go"), "");
    await stint.startAgain();
    await said("Done: Survive").waitFor({ timeout: 30_000 });
    await status("Succeeded").waitFor();
    assert.equal(
      await conversation().locator("summary", { hasText: "First I look at the tests." }).count(),
      1,
    );
    assert.equal(await said("Done: Survive").count(), 1);
  });

  test("CP-20 a command that failed says why with its error output, and is started again with one button", async () => {
    await startCommand(
      "sh -c 'echo building; echo no such file >&2; exit 2'",
      await folderFor("f"),
    );
    await status("Failed").waitFor();
    await conversation().getByText("building", { exact: true }).waitFor();
    await conversation().locator(".lines", { hasText: "no such file" }).waitFor();
    await conversation().getByText("exit code 2").waitFor();
    assert.deepEqual(await violationsOf(page), []);
    await page.getByRole("button", { name: "Start again" }).click();
    const command = page.getByRole("textbox", { name: "Command" });
    await command.waitFor();
    assert.equal(
      await command.inputValue(),
      "sh -c 'echo building; echo no such file >&2; exit 2'",
    );
    await page.goto(`${workspace}/agent-clis`);
    const rows = page.getByRole("table", { name: "Invocations" }).locator(".row-link");
    await rows.first().waitFor();
    const all = await rows.count();
    await page.getByRole("button", { name: "Status" }).click();
    await page.getByRole("menuitemradio", { name: "Failed" }).click();
    await page.getByRole("button", { name: "Remove filter Failed" }).waitFor();
    await rows.nth(1).waitFor({ state: "detached" });
    assert.equal(await rows.count(), 1);
    await page.getByRole("button", { name: "Remove filter Failed" }).click();
    await rows.nth(all - 1).waitFor();
  });

  test("CP-17 one that somebody else starts waits behind “1 new”, and a row changes in place", async () => {
    const folder = await folderFor("elsewhere");
    const other = await owner.context.newPage();
    await other.goto(`${workspace}/agent-clis`);
    const rows = other.locator("main .row-link");
    await rows.first().waitFor();
    const names = await rows.allTextContents();
    await start("Elsewhere", folder);
    await other.getByRole("button", { name: "1 new" }).waitFor();
    assert.deepEqual(await rows.allTextContents(), names);
    await other.getByRole("button", { name: "1 new" }).click();
    const row = other.locator("main tbody tr", { hasText: "Elsewhere" });
    await row.getByText("Running").first().waitFor();
    await writeFile(join(folder, "go"), "");
    await row.getByText("Succeeded").first().waitFor();
    await other.close();
  });

  test("CP-24 what the server refuses stands at its field", async () => {
    await page.goto(`${workspace}/agent-clis/new`);
    await page.getByRole("textbox", { name: "Prompt" }).fill("Fix it");
    await page.getByRole("combobox", { name: "Folder" }).fill("not/absolute");
    await page.getByText("Limits, label, environment").click();
    await page.getByLabel("Most cost, dollars").fill("a lot");
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await page.getByText("is the absolute path of a folder").waitFor();
    await page.getByText("is an amount of dollars").waitFor();
    assert.deepEqual(await violationsOf(page), []);
    assert.deepEqual(await violationsIn(page, "dark"), []);
    assert.equal(await overflowAt(page, 390), 0);
    await page.emulateMedia({ colorScheme: "light" });
  });

  test("CP-29 output of any size opens at its end at once, goes up on demand, and what the page holds of it stays bounded", async () => {
    const write =
      'for (let i = 0; i < 100000; i += 1) console.log("line " + i + " " + "x".repeat(180))';
    await startCommand(`node -e '${write}'`, await folderFor("chatty"));
    await status("Succeeded").waitFor({ timeout: 60_000 });
    await page.reload();
    const shown = conversation();
    await shown.getByText("line 99999 ").waitFor();
    const size = (): Promise<number> =>
      page.evaluate("document.querySelector('.conversation').textContent.length");
    assert.ok((await size()) < 200_000);
    await shown.getByText("Succeeded").waitFor();
    for (let times = 0; times < 30; times += 1) {
      await page.evaluate("document.querySelector('.conversation').scrollTop = 0");
      await page.getByRole("button", { name: "Load earlier output" }).click();
      await owner.settled();
      assert.ok((await size()) < 1_300_000);
    }
    await page.getByRole("button", { name: "Back to the end" }).click();
    await shown.getByText("line 99999 ").waitFor();
  });

  test("PG-134 who looks at the end of a conversation still does in a window of another size", async () => {
    for (const [width, height] of [
      [390, 844],
      [1000, 500],
      [1440, 900],
    ] as const) {
      await page.setViewportSize({ width, height });
      await owner.settled();
      const rest = await page.evaluate<number>(`(() => {
        const element = document.querySelector(".conversation");
        return element.scrollHeight - element.scrollTop - element.clientHeight;
      })()`);
      assert.ok(rest < 48, `${width}: ${rest}`);
    }
    assert.equal(await page.getByRole("button", { name: "To the end" }).count(), 0);
  });

  test("PG-125 a text is found in output that is not loaded, and shown where it stands, by keys alone", async () => {
    const shown = conversation();
    await page.keyboard.press("f");
    await untilInField(page);
    await page.keyboard.type("LINE 5432");
    await page.keyboard.press("Enter");
    await page.getByText("1 of 11").waitFor();
    await shown.getByText("line 5432 ").waitFor();
    await untilTrue(page, LIT_WITHIN_ITS_FRAME);
    await page.keyboard.press("Shift+Enter");
    await page.getByText("11 of 11").waitFor();
    await shown.getByText("line 54329 ").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Back to the end" }).click();
    await shown.getByText("line 99999 ").waitFor();
    assert.deepEqual(await violationsOf(page), []);
  });

  test("PG-124 a find that fails says so, and is tried again", async () => {
    await page.route("**/output/find?*", (route) => route.abort(), { times: 1 });
    await page.keyboard.press("f");
    await untilInField(page);
    await page.keyboard.type("line 5432");
    await page.keyboard.press("Enter");
    await page.getByText("Not looked through").waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("1 of 11").waitFor();
    await page.getByRole("button", { name: "Find nothing more" }).click();
  });

  test("PG-130 a find goes on no longer than its page is looked at", async () => {
    let asked = 0;
    const wanted = Promise.withResolvers<void>();
    const next = { round: 1, of: "output", from: 0 };
    await page.route("**/output/find?*", async (route) => {
      asked += 1;
      wanted.resolve();
      await route.fulfill({ json: { items: [], next, searched: 1 } });
    });
    await page.keyboard.press("f");
    await untilInField(page);
    await page.keyboard.type("needle");
    await page.keyboard.press("Enter");
    await wanted.promise;
    await page.getByRole("link", { name: "Agents", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Agents" }).waitFor();
    await owner.settled();
    const meanwhile = asked;
    await page.goBack();
    await conversation().waitFor();
    await owner.settled();
    assert.equal(asked, meanwhile);
    await page.unroute("**/output/find?*");
  });

  test("PG-125 what was found within a tool call opens it", async () => {
    const folder = await folderFor("findable");
    await start("Find in it", folder);
    await writeFile(join(folder, "go"), "");
    await status("Succeeded").waitFor();
    const output = conversation().getByText("42 passed");
    assert.equal(await output.count(), 0);
    await page.getByRole("textbox", { name: "Find in its output" }).fill("42 PASSED");
    await page.keyboard.press("Enter");
    await output.waitFor();
  });

  test("PG-126 one line of 15 MB is opened at once, a part of it drawn, and all of it to be downloaded", async () => {
    await startCommand(
      "sh -c 'head -c 15000000 /dev/zero | tr \"\\0\" x'",
      await folderFor("long"),
    );
    await status("Succeeded").waitFor({ timeout: 60_000 });
    await page.reload();
    const link = conversation().getByRole("link", { name: "Download the whole line" });
    await link.waitFor();
    const size: number = await page.evaluate(
      "document.querySelector('.conversation').textContent.length",
    );
    assert.ok(size < 30_000, String(size));
    const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
    const { size: bytes } = await stat(await download.path());
    assert.equal(bytes, 15_000_000);
    assert.equal(await overflowAt(page, 390), 0);
    assert.deepEqual(await violationsOf(page), []);
  });

  test("CP-25 a Viewer sees that it ran and how it ended, and why the rest is not theirs", async () => {
    await page.goto(`${workspace}/settings`);
    await page.getByRole("button", { name: "Add member" }).click();
    await page.getByLabel("Email").fill("vera@example.com");
    await page.getByRole("combobox", { name: "Role", exact: true }).click();
    await page.getByRole("option", { name: "Viewer" }).click();
    await page.getByRole("button", { name: "Add", exact: true }).click();
    const password = (await page.locator("[data-secret]").textContent()) ?? "";
    const vera = await visit(browser);
    await vera.page.goto(`${workspace}/agent-clis`);
    await vera.page.getByLabel("Email").fill("vera@example.com");
    await vera.page.locator('input[name="password"]').fill(password);
    await vera.page.getByRole("button", { name: "Sign in" }).click();
    const startOne = vera.page.getByRole("button", { name: "Start one" });
    assert.equal(await startOne.getAttribute("aria-disabled"), "true");
    await vera.page.locator("main .row-link").last().click();
    await vera.page.getByText("What it said is not shown to you").waitFor();
    await vera.page.locator(".page-head .chip", { hasText: "Succeeded" }).waitFor();
    await vera.page.getByText("You are a Viewer here.").last().waitFor();
    assert.equal(await vera.page.getByText("Test it").count(), 0);
    assert.deepEqual(await violationsOf(vera.page), []);
    assert.deepEqual(vera.mistakes, []);
    await vera.context.close();
  });

  test("CP-30 it goes by keys alone: to the list, along it, into one, everything opened, the next one", async () => {
    await page.goto(`${workspace}/agents`);
    await page.locator(".row-link").first().waitFor();
    await page.keyboard.press("Control+k");
    await untilInField(page);
    await page.keyboard.type("Agent CLIs");
    await page.locator("[data-selected]", { hasText: "Agent CLIs" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("table", { name: "Invocations" }).locator(".row-link").first().waitFor();
    assert.deepEqual(await violationsOf(page), []);
    for (let times = 0; times < 7; times += 1) await page.keyboard.press("j");
    await page.keyboard.press("k");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Survive" }).waitFor();
    await said("Done: Survive").waitFor();
    await page.keyboard.press("e");
    await conversation().getByText("42 passed").waitFor();
    await page.keyboard.press("j");
    await page.getByRole("heading", { level: 1, name: "Please wait" }).waitFor();
    await page.goto(`${workspace}/executions`);
    await page.locator("main .row-link", { hasText: "Agent CLI" }).first().click();
    await page.waitForURL(/agent-clis\/inv_/);
    assert.deepEqual(owner.mistakes, []);
  });

  test("PG-133 however long a question is, it stands with its answers and some of the conversation in one window", async () => {
    await page.goto(`${workspace}/agent-clis/new`);
    await page
      .getByRole("textbox", { name: "Prompt" })
      .fill(prompt("Write it", `ask echo ${"a long command ".repeat(300)}`));
    await page.getByRole("combobox", { name: "Folder" }).fill(await folderFor("asked"));
    await page.getByRole("checkbox", { name: "Ask for what goes beyond it" }).check();
    await page.getByRole("button", { name: "Start", exact: true }).click();
    const deny = page.getByRole("button", { name: "Deny" });
    await deny.waitFor();
    const [of, answer] = [await conversation().boundingBox(), await deny.boundingBox()];
    assert.ok(of !== null && of.height > 90, `${of?.height}`);
    assert.ok(answer !== null && answer.y + answer.height < 900, `${answer?.y}`);
    assert.deepEqual(await violationsOf(page), []);
    assert.deepEqual(await violationsIn(page, "dark"), []);
    await page.emulateMedia({ colorScheme: "light" });
    await deny.click();
    await status("Succeeded").waitFor();
  });

  test("PG-132 one that could not be started says why, once", async () => {
    await startCommand("no-such-program-anywhere", await folderFor("nowhere"));
    await status("Failed").waitFor();
    await conversation().getByText("It could not be started").waitFor();
    await page.reload();
    await conversation().getByText("It could not be started").waitFor();
    assert.equal(await page.getByRole("alert").count(), 1);
    assert.equal(await page.getByText("Error output").count(), 0);
    assert.equal(await page.getByRole("button", { name: "Raw output" }).count(), 0);
  });
});
