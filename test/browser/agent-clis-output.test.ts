/** What agents and commands write, of any size: drawn a part at a time, gone through, and searched, in a real Chromium. */
import assert from "node:assert/strict";
import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";

import { openScene, type Scene } from "./agent-clis.ts";
import { missingBrowser, overflowAt, untilInField, untilTrue, violationsOf } from "./browser.ts";

const LIT_WITHIN_ITS_FRAME = `(() => {
  const [range] = CSS.highlights.get("found") ?? [];
  const frame = document.querySelector(".conversation").getBoundingClientRect();
  const top = range?.getBoundingClientRect().top ?? -1;
  return top > frame.top && top < frame.bottom;
})()`;

suite("agents' output", { skip: missingBrowser ?? false }, () => {
  let here: Scene;
  let owner: Scene["owner"];
  let page: Scene["page"];

  before(async () => {
    here = await openScene();
    ({ owner, page } = here);
  });
  after(() => here?.[Symbol.asyncDispose]());

  test("CP-29 output of any size opens at its end at once, goes up on demand, and what the page holds of it stays bounded", async () => {
    const write =
      'for (let i = 0; i < 100000; i += 1) console.log("line " + i + " " + "x".repeat(180))';
    await here.startCommand(`node -e '${write}'`, await here.folderFor("chatty"));
    await here.status("Succeeded").waitFor({ timeout: 60_000 });
    await page.reload();
    const shown = here.conversation();
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
    const shown = here.conversation();
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
    await here.conversation().waitFor();
    await owner.settled();
    assert.equal(asked, meanwhile);
    await page.unroute("**/output/find?*");
  });

  test("PG-125 what was found within a tool call opens it", async () => {
    const folder = await here.folderFor("findable");
    await here.start("Find in it", folder);
    await writeFile(join(folder, "go"), "");
    await here.status("Succeeded").waitFor();
    const output = here.conversation().getByText("42 passed");
    assert.equal(await output.count(), 0);
    await page.getByRole("textbox", { name: "Find in its output" }).fill("42 PASSED");
    await page.keyboard.press("Enter");
    await output.waitFor();
  });

  test("PG-126 one line of 15 MB is opened at once, a part of it drawn, and all of it to be downloaded", async () => {
    await here.startCommand(
      "sh -c 'head -c 15000000 /dev/zero | tr \"\\0\" x'",
      await here.folderFor("long"),
    );
    await here.status("Succeeded").waitFor({ timeout: 60_000 });
    await page.reload();
    const link = here.conversation().getByRole("link", { name: "Download the whole line" });
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
});
