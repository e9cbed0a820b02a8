/** What the handlers work with; `app.ts` puts it together. */
import type { Auth } from "#auth/auth.ts";
import type { ImportReport } from "#contract/shapes/crm.ts";
import type { WholeStorage } from "#contract/shapes/retention.ts";
import type { Change } from "#crm/change.ts";
import type { Clock } from "#domain/clock.ts";
import type { Reader } from "#instructions/reader.ts";
import type { Outbox, SandboxMail } from "#providers/mails/sandbox.ts";
import type { Search } from "#search/search.ts";
import type { Store } from "#store/store.ts";
import type { System } from "#upkeep/system.ts";
import type { RetentionKeeper } from "#workspace/retention-keeper.ts";
import type { WorkspaceServices } from "#workspace/workspace.ts";

import type { Eraser } from "./erasing.ts";
import type { Archived } from "./executions/archived.ts";
import type { Bulk } from "./executions/bulk-start.ts";
import type { Errors } from "./executions/errors.ts";
import type { Executions } from "./executions/executions.ts";
import type { Runs } from "./executions/runs.ts";
import type { Invocations } from "./invocations/invocations.ts";
import type { Simulations } from "./simulating.ts";

export interface Services extends WorkspaceServices {
  readonly store: Store;
  readonly clock: Clock;
  readonly system: System;
  /** Stint's own version, for the API's document. */
  readonly version: string;
  /** Known once the server knows its address. */
  readonly auth: () => Promise<Auth>;
  /** Reads a file of contacts, row by row; broken rows are named and left out. */
  readonly importContacts: (
    change: Change,
    zone: string,
    csv: string,
    how: { readonly existing: "update" | "skip" },
  ) => Promise<ImportReport>;
  readonly executions: Executions;
  readonly errors: Errors;
  readonly search: Pick<Search, "find">;
  readonly runs: Runs;
  readonly invocations: Invocations;
  readonly archived: Archived;
  readonly eraser: Eraser;
  /** What each table and each file of the data folder needs. */
  readonly measure: () => Promise<WholeStorage>;
  readonly retentionKeeper: Pick<RetentionKeeper, "look">;
  readonly bulk: Bulk;
  readonly simulations: Simulations;
  readonly outbox: Outbox;
  readonly sandbox: Pick<SandboxMail, "settings" | "configure">;
  readonly reader: Reader;
  /** The language models' providers that this server has. */
  readonly providers: readonly string[];
}
