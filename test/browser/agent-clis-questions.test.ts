/** What an agent asks for while it works, let and denied by people on its page, in a real Chromium. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, suite, test } from "node:test";

import { openScene, prompt, type Scene } from "./agent-clis.ts";
import { missingBrowser, overflowAt, violationsIn, violationsOf } from "./browser.ts";

suite("what agents ask", { skip: missingBrowser ?? false }, () => {
  let here: Scene;
  let page: Scene["page"];
  let workspace: Scene["workspace"];

  before(async () => {
    here = await openScene();
    ({ page, workspace } = here);
  });
  after(() => here?.[Symbol.asyncDispose]());

  test("CP-40 what an agent asks stands on its page until a person lets it do that, or does not, with the keyboard as well; the conversation keeps who", async () => {
    await page.goto(`${workspace}/agent-clis/new`);
    await page
      .getByRole("textbox", { name: "Prompt" })
      .fill(prompt("Clean up", "ask npm test", "ask rm -rf build", "say All done"));
    await page.getByRole("combobox", { name: "Folder" }).fill(await here.folderFor("asks"));
    await page.getByRole("checkbox", { name: "Ask for what goes beyond it" }).check();
    await page.getByRole("button", { name: "Start", exact: true }).click();
    const question = page.getByRole("region", { name: "May it use Bash?" });
    await question.getByText("Bash: npm test").waitFor();
    assert.equal(await question.locator("[aria-live=off] time").count(), 1);
    await here.status("Asks").waitFor();
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
    await here.conversation().getByText("npm test – allowed by").waitFor();
    await question.getByRole("textbox", { name: "Why it is denied" }).fill("Use make clean");
    await question.getByRole("button", { name: "Deny" }).click();
    await here.status("Succeeded").waitFor();
    assert.equal(await question.count(), 0);
    const isThere =
      "getComputedStyle(document.querySelector('.questions:empty')).display !== 'none'";
    assert.ok(await page.evaluate<boolean>(isThere));
    await here
      .conversation()
      .getByText(/rm -rf build – denied by .*: Use make clean/)
      .waitFor();
    assert.deepEqual(await violationsOf(page), []);
  });

  test("CP-41 a question shows all that would be let do, paths as they are; what is too large is to be downloaded", async () => {
    const folder = await here.folderFor("whole");
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
    await here.status("Succeeded").waitFor();
  });

  test("PG-133 however long a question is, it stands with its answers and some of the conversation in one window", async () => {
    await page.goto(`${workspace}/agent-clis/new`);
    await page
      .getByRole("textbox", { name: "Prompt" })
      .fill(prompt("Write it", `ask echo ${"a long command ".repeat(300)}`));
    await page.getByRole("combobox", { name: "Folder" }).fill(await here.folderFor("asked"));
    await page.getByRole("checkbox", { name: "Ask for what goes beyond it" }).check();
    await page.getByRole("button", { name: "Start", exact: true }).click();
    const deny = page.getByRole("button", { name: "Deny" });
    await deny.waitFor();
    const [of, answer] = [await here.conversation().boundingBox(), await deny.boundingBox()];
    assert.ok(of !== null && of.height > 90, `${of?.height}`);
    assert.ok(answer !== null && answer.y + answer.height < 900, `${answer?.y}`);
    assert.deepEqual(await violationsOf(page), []);
    assert.deepEqual(await violationsIn(page, "dark"), []);
    await page.emulateMedia({ colorScheme: "light" });
    await deny.click();
    await here.status("Succeeded").waitFor();
  });
});
