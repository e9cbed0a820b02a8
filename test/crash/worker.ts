/** A process to be killed: it runs executions whose effects are lines of a file. */
import { appendFileSync, existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { openEngine } from "#engine/engine.ts";
import { program, type LaneContext } from "#engine/program.ts";
import type { Ledger } from "#ledger/ledger.ts";
import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";

function mailingTo(file: string) {
  const sent = (key: string): boolean =>
    existsSync(file) && readFileSync(file, "utf8").split("\n").includes(key);
  const once = {
    authoritative: true,
    deadlineMs: 100,
    find: async (key: string) => (sent(key) ? { found: "sent" } : undefined),
  };
  const send = (lane: LaneContext): Promise<string> =>
    lane.step(
      "mail",
      ({ key }) => {
        appendFileSync(file, `${key}\n`);
        return "sent";
      },
      { once },
    );
  return program(
    "mailing",
    async (run, contacts: readonly string[]) => {
      await run.step("begin", () => contacts.length);
      const ends = await run.each("contact", contacts, { entity: (name) => name });
      await run.sleep("nap", 5);
      return ends.length;
    },
    {
      lanes: {
        contact: async (lane: LaneContext, _name: string) => {
          const answer = await send(lane);
          await lane.sleep("nap", 2);
          return answer;
        },
      },
    },
  );
}

const CONTACTS = ["ada", "ben", "cleo", "dan", "eve"];

/** Keeps on file how long the log was when an append was answered: that much is synced for sure. */
function acknowledging(ledger: Ledger, folder: string): Ledger {
  const wal = join(folder, "stint.db-wal");
  return {
    ...ledger,
    append: async (item) => {
      const outcome = await ledger.append(item);
      appendFileSync(join(folder, "synced"), `${statSync(wal).size}\n`);
      return outcome;
    },
  };
}

/** Starts (or finds again) so many executions and awaits them. */
export async function runAll(
  folder: string,
  count: number,
  acknowledges = false,
): Promise<readonly unknown[]> {
  const real = await openSqliteLedger(join(folder, "stint.db"));
  const ledger = acknowledges ? acknowledging(real, folder) : real;
  const mailing = mailingTo(join(folder, "outbox"));
  const engine = await openEngine({ ledger, programs: [mailing] });
  const keys = Array.from({ length: count }, (_, index) => `mailing ${index}`);
  const results = await Promise.all(
    keys.map(async (key) => {
      const { id } = await engine.start(mailing, CONTACTS, { key });
      return await engine.result(id);
    }),
  );
  await engine.stop();
  await ledger.close();
  return results;
}

export const sentIn = (folder: string): readonly string[] =>
  readFileSync(join(folder, "outbox"), "utf8").trim().split("\n").toSorted();

if (import.meta.main) {
  const [folder = "", count = "1", acknowledges] = process.argv.slice(2);
  await runAll(folder, Number(count), acknowledges === "acknowledges");
}
