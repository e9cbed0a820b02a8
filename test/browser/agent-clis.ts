/** An installed agent, a served Stint and the owner's page, in which agents and commands are started by the form. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import type { Browser, Locator, Page } from "playwright-core";

import { type Machine, machineWithAgent } from "../acceptance/agents.ts";
import { launchBrowser, type Visit, visit } from "./browser.ts";
import { type ServedStint, serveStint } from "./stint.ts";

export interface Scene extends AsyncDisposable {
  readonly machine: Machine;
  readonly stint: ServedStint;
  readonly browser: Browser;
  readonly owner: Visit;
  readonly page: Page;
  /** Its address. */
  readonly workspace: string;
  /** A new one, for an agent of its own. */
  readonly folderFor: (name: string) => Promise<string>;
  /** An agent that waits in the middle of a call for a file `go` in its folder. */
  readonly start: (name: string, folder: string) => Promise<void>;
  readonly startCommand: (command: string, folder: string) => Promise<void>;
  readonly status: (word: string) => Locator;
  readonly conversation: () => Locator;
  readonly said: (words: string) => Locator;
}

export const prompt = (...lines: readonly string[]): string => lines.join("\n");

/** Says something, begins a call, and waits in the middle of it for a file `go` in its folder. */
const waits = (name: string): string =>
  prompt(name, "think First I look at the tests.", "hold go npm test", `say Done: ${name}`);

export async function openScene(): Promise<Scene> {
  const machine = await machineWithAgent();
  const [stint, browser] = await Promise.all([serveStint(machine.env), launchBrowser()]);
  const owner = await visit(browser);
  const { page } = owner;
  await page.goto(stint.link);
  await page.getByRole("heading", { level: 1, name: "Agents" }).waitFor();
  const workspace = page.url().replace(/\/agents.*/, "");
  const conversation = (): Locator => page.getByRole("region", { name: "Conversation" });
  return {
    machine,
    stint,
    browser,
    owner,
    page,
    workspace,
    folderFor: async (name) => {
      const folder = join(machine.cwd, name);
      await mkdir(folder);
      return folder;
    },
    start: async (name, folder) => {
      await page.goto(`${workspace}/agent-clis/new`);
      await page.getByRole("textbox", { name: "Prompt" }).fill(waits(name));
      await page.getByRole("combobox", { name: "Folder" }).fill(folder);
      await page.getByRole("button", { name: "Start", exact: true }).click();
      await page.getByRole("heading", { level: 1, name }).waitFor();
    },
    startCommand: async (command, folder) => {
      await page.goto(`${workspace}/agent-clis/new`);
      await page.getByText("Any command").click();
      await page.getByRole("textbox", { name: "Command" }).fill(command);
      await page.getByRole("combobox", { name: "Folder" }).fill(folder);
      await page.getByRole("button", { name: "Start", exact: true }).click();
      await conversation().waitFor();
    },
    status: (word) => page.locator(".page-head .chip", { hasText: word }),
    conversation,
    said: (words) => conversation().locator(".said", { hasText: words }),
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await stint[Symbol.asyncDispose]();
      await machine[Symbol.asyncDispose]();
    },
  };
}
