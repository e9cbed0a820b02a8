/** Who asks, and where they may do it: from the request to somebody in a workspace, or a refusal that says why. */
import type { Right, WorkspaceRight } from "#contract/rights.ts";
import { Fault } from "#domain/fault.ts";
import type { Caller, Entered } from "#workspace/workspaces.ts";

/**
 * How they showed who they are: by a browser's session, by an API key, or by opening the data folder's own socket.
 * Whoever can do that could read the files themselves, so in every workspace they stand for its owner.
 */
export interface Identity {
  readonly via: "session" | "key" | "local";
  readonly caller: Caller;
}

/** What the gate asks of those who keep accounts and workspaces. */
export interface Registry {
  /** Undefined for nobody. @throws Fault `not_signed_in` for a session or key that is not valid. */
  readonly identify: (headers: Headers, isLocal: boolean) => Promise<Identity | undefined>;
  /** @throws Fault `not_found` where they have no business, `forbidden` where their role is too small. */
  readonly enter: (
    identity: Identity,
    workspaceId: string,
    right: WorkspaceRight,
  ) => Promise<Entered>;
}

/** What a handler knows of who asks. */
export interface Asking {
  readonly identity: Identity;
  readonly entered: Entered;
}

export function demandIdentity(identity: Identity | undefined): Identity {
  if (identity !== undefined) return identity;
  throw new Fault("not_signed_in", "Nobody is signed in", {
    suggestion:
      "Sign in on the page, or send an API key as Authorization: Bearer … (`stint token create` makes one)",
  });
}

export function isWorkspaceRight(right: Right): right is WorkspaceRight {
  return right !== "public" && right !== "signedIn";
}
