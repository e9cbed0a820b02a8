/** Agents and commands, started and watched in the page: real processes behind a real server, in a real Chromium. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";

import { openScene, prompt, type Scene } from "./agent-clis.ts";
import {
  missingBrowser,
  overflowAt,
  untilInField,
  violationsIn,
  violationsOf,
  visit,
} from "./browser.ts";

suite("agent clis", { skip: missingBrowser ?? false }, () => {
  let here: Scene;
  let stint: Scene["stint"];
  let browser: Scene["browser"];
  let owner: Scene["owner"];
  let page: Scene["page"];
  let workspace: Scene["workspace"];

  before(async () => {
    here = await openScene();
    ({ stint, browser, owner, page, workspace } = here);
  });
  after(() => here?.[Symbol.asyncDispose]());

  test("CP-9 an agent is started by the form, watched live, its tool call opened, and a follow-up goes on as its next round", async () => {
    await page.goto(`${workspace}/agent-clis`);
    await page.getByText("No agent has run here yet").waitFor();
    assert.deepEqual(await violationsOf(page), []);
    const folder = await here.folderFor("live");
    await here.start("Test it", folder);
    await here
      .conversation()
      .locator("summary", { hasText: "npm test" })
      .getByText("running")
      .waitFor();
    const box = page.getByRole("textbox", { name: "Follow-up" });
    assert.ok(await box.isDisabled());
    await page.getByText("It is working. Once it is done").waitFor();
    assert.deepEqual(await violationsOf(page), []);
    await writeFile(join(folder, "go"), "");
    await here.said("Done: Test it").waitFor();
    await here.status("Succeeded").waitFor();
    await here.conversation().locator("summary", { hasText: "npm test" }).click();
    await here.conversation().getByText("42 passed").waitFor();
    await here.conversation().locator("summary", { hasText: "Thought" }).waitFor();
    await page.locator(".meta", { hasText: "$0.00204" }).waitFor();
    await here.conversation().focus();
    await page.keyboard.press("r");
    await untilInField(page);
    await page.keyboard.type("say Done: And the lexer");
    await page.keyboard.press("Control+Enter");
    await here.conversation().getByText("Follow-up 1").waitFor();
    await here.said("Done: And the lexer").waitFor();
    await here.said("Done: Test it").waitFor();
    await page.locator(".meta", { hasText: "$0.00408" }).waitFor();
    await here.conversation().getByText("Succeeded").nth(1).waitFor();
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
    await page.getByRole("combobox", { name: "Folder" }).fill(await here.folderFor("marked"));
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await here.status("Succeeded").waitFor();
    await here.said("All green").locator("strong").waitFor();
    assert.equal(await here.said("All green").locator("code").textContent(), "npm test");
    const link = here.said("All green").getByRole("link", { name: "the log" });
    assert.equal(await link.getAttribute("rel"), "noreferrer noopener");
    assert.equal(await here.said("<img src=x onerror=alert(1)>").locator("img").count(), 0);
    await here.said("one").locator("li").waitFor();
    await here.said("snake_case and a < b").waitFor();
    assert.deepEqual(
      asked.filter((url) => url.includes("log.test")),
      [],
    );
    assert.deepEqual(await violationsOf(page), []);
  });

  test("CP-28 a running agent is canceled after a question, and the page says so", async () => {
    await here.start("Please wait", await here.folderFor("canceled"));
    await here.conversation().locator("summary", { hasText: "npm test" }).waitFor();
    await here.conversation().focus();
    await page.keyboard.press("x");
    await page.getByRole("button", { name: "Let it go on" }).waitFor();
    assert.deepEqual(await violationsOf(page), []);
    await page.getByRole("button", { name: "Cancel it" }).click();
    await here.status("Canceled").waitFor();
    await here.conversation().getByText("Canceled").waitFor();
    await here.conversation().getByText("no answer").waitFor();
  });

  test("CP-14 killed while an agent works and started again, the server tells the rest of it, and the page goes on where it was", async () => {
    const folder = await here.folderFor("killed");
    await here.start("Survive", folder);
    await here.conversation().locator("summary", { hasText: "npm test" }).waitFor();
    await stint.kill();
    await page.getByText("The connection is lost. It goes on").waitFor();
    await writeFile(join(folder, "go"), "");
    await stint.startAgain();
    await here.said("Done: Survive").waitFor({ timeout: 30_000 });
    await here.status("Succeeded").waitFor();
    assert.equal(
      await here
        .conversation()
        .locator("summary", { hasText: "First I look at the tests." })
        .count(),
      1,
    );
    assert.equal(await here.said("Done: Survive").count(), 1);
  });

  test("CP-20 a command that failed says why with its error output, and is started again with one button", async () => {
    await here.startCommand(
      "sh -c 'echo building; echo no such file >&2; exit 2'",
      await here.folderFor("f"),
    );
    await here.status("Failed").waitFor();
    await here.conversation().getByText("building", { exact: true }).waitFor();
    await here.conversation().locator(".lines", { hasText: "no such file" }).waitFor();
    await here.conversation().getByText("exit code 2").waitFor();
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
    const folder = await here.folderFor("elsewhere");
    const other = await owner.context.newPage();
    await other.goto(`${workspace}/agent-clis`);
    const rows = other.locator("main .row-link");
    await rows.first().waitFor();
    const names = await rows.allTextContents();
    await here.start("Elsewhere", folder);
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
    for (let times = 0; times < 4; times += 1) await page.keyboard.press("j");
    await page.keyboard.press("k");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Survive" }).waitFor();
    await here.said("Done: Survive").waitFor();
    await page.keyboard.press("e");
    await here.conversation().getByText("42 passed").waitFor();
    await page.keyboard.press("j");
    await page.getByRole("heading", { level: 1, name: "Please wait" }).waitFor();
    await page.goto(`${workspace}/executions`);
    await page.locator("main .row-link", { hasText: "Agent CLI" }).first().click();
    await page.waitForURL(/agent-clis\/inv_/);
    assert.deepEqual(owner.mistakes, []);
  });

  test("PG-132 one that could not be started says why, once", async () => {
    await here.startCommand("no-such-program-anywhere", await here.folderFor("nowhere"));
    await here.status("Failed").waitFor();
    await here.conversation().getByText("It could not be started").waitFor();
    await page.reload();
    await here.conversation().getByText("It could not be started").waitFor();
    assert.equal(await page.getByRole("alert").count(), 1);
    assert.equal(await page.getByText("Error output").count(), 0);
    assert.equal(await page.getByRole("button", { name: "Raw output" }).count(), 0);
  });
});
