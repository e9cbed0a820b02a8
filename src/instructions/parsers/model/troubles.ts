/** Every way in which a model gives no usable answer, and what each means to the person who waits for it. */
interface Meaning {
  /** It has to do with the way there or with the moment: the built-in parser reads in its place. */
  readonly isUnreachable: boolean;
  /** Another try may go better. */
  readonly again: boolean;
  /** Follows "The model NAME". */
  readonly what: string;
  readonly suggestion: string;
}

const SETTINGS = "in the workspace's settings, under Model";
const LATER = "Save again later to have the model read it";

export const TROUBLES = {
  network: {
    isUnreachable: true,
    again: true,
    what: "could not be reached",
    suggestion: "Look whether this server may connect to the model's provider",
  },
  slow: {
    isUnreachable: true,
    again: false,
    what: "did not answer in time",
    suggestion: `${LATER}, or allow it more time ${SETTINGS}`,
  },
  busy: {
    isUnreachable: true,
    again: true,
    what: "is overloaded at its provider",
    suggestion: LATER,
  },
  rateLimited: {
    isUnreachable: true,
    again: true,
    what: "takes no more requests at the moment",
    suggestion: LATER,
  },
  quota: {
    isUnreachable: true,
    again: false,
    what: "has no quota left on this key",
    suggestion: "Raise the quota or the billing at the provider, or wait until it resets",
  },
  notLoaded: {
    isUnreachable: true,
    again: false,
    what: "could not be loaded by this server",
    suggestion: `Ask who operates this server, or choose another provider ${SETTINGS}`,
  },
  failed: {
    isUnreachable: true,
    again: false,
    what: "failed",
    suggestion: LATER,
  },
  refusedKey: {
    isUnreachable: false,
    again: false,
    what: "did not accept the key",
    suggestion: `Enter a key that is valid at the provider ${SETTINGS}`,
  },
  lostKey: {
    isUnreachable: false,
    again: false,
    what: "has a key that this server can no longer read, since its secret is another",
    suggestion: `Enter the key again ${SETTINGS}`,
  },
  unknownModel: {
    isUnreachable: false,
    again: false,
    what: "does not exist at its provider, or was retired",
    suggestion: `Choose a model that the provider offers now ${SETTINGS}`,
  },
  badRequest: {
    isUnreachable: false,
    again: false,
    what: "refused the request",
    suggestion: `Choose another model ${SETTINGS}: this one may not take structured answers`,
  },
  blocked: {
    isUnreachable: false,
    again: false,
    what: "did not read it: its provider's safety filter stopped it",
    suggestion: "Say it in other words, or let the built-in parser read it",
  },
  cut: {
    isUnreachable: false,
    again: false,
    what: "was cut off in the middle of its answer",
    suggestion: `Split the work over several agents, or lower the thinking budget ${SETTINGS}`,
  },
  malformed: {
    isUnreachable: false,
    again: false,
    what: "gave no answer that can be used, also when it was asked again",
    suggestion: "Say it in shorter sentences, or let the built-in parser read it",
  },
} as const satisfies Record<string, Meaning>;

export type TroubleKind = keyof typeof TROUBLES;

/** @throws as a provider's client would: there is no key to ask it with */
export class KeyLost extends Error {
  override readonly name = "KeyLost";
}

export interface Trouble {
  readonly kind: TroubleKind;
  /** HTTP's, where there was one. */
  readonly status?: number;
  /** The other side named a delay. */
  readonly retryAfterMs?: number;
  /** The provider's own words, without the key. */
  readonly said?: string;
}

/** "The model gemini-2.5-pro is overloaded at its provider (503)" */
export function phraseTrouble(model: string, { kind, status, said }: Trouble): string {
  const code = status === undefined ? "" : ` (${status})`;
  const words = said === undefined ? "" : `: ${said}`;
  return `The model ${model} ${TROUBLES[kind].what}${code}${words}`;
}

/** What a provider's client threw, by its shape: LangChain's packages share no error class. */
interface Thrown {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly statusCode?: unknown;
  readonly status?: unknown;
  readonly retryAfterMs?: unknown;
  readonly rateLimitType?: unknown;
  readonly data?: unknown;
  readonly cause?: unknown;
}

const BY_STATUS: Readonly<Record<number, TroubleKind>> = {
  400: "badRequest",
  401: "refusedKey",
  403: "refusedKey",
  404: "unknownModel",
  408: "busy",
  429: "rateLimited",
};

const BY_NAME: Readonly<Record<string, TroubleKind>> = {
  PromptBlockedError: "blocked",
  SyntaxError: "malformed",
  OutputParserException: "malformed",
  MalformedOutputError: "malformed",
  NoCandidatesError: "malformed",
  EmptyContentError: "malformed",
  ModuleNotLoaded: "notLoaded",
  KeyLost: "lostKey",
};

const MOST_SAID = 200;
/** What our own words cannot tell: the provider's stand beside them. */
const UNFORESEEN: ReadonlySet<TroubleKind> = new Set(["badRequest", "failed"]);

/** @param secret is taken out of whatever is told */
export function troubleOf(error: unknown, secret: string): Trouble {
  if (typeof error !== "object" || error === null) return { kind: "failed" };
  const thrown = error as Thrown;
  const status = statusOf(thrown);
  const kind = status === undefined ? kindByName(thrown) : kindByStatus(status, thrown);
  const said = UNFORESEEN.has(kind) ? saidBy(thrown, secret) : undefined;
  return {
    kind,
    ...(status !== undefined && { status }),
    ...delayOf(thrown),
    ...(said !== undefined && { said }),
  };
}

function statusOf({ statusCode, status }: Thrown): number | undefined {
  const given = [statusCode, status].find((code) => typeof code === "number");
  return typeof given === "number" && given >= 400 ? given : undefined;
}

function kindByName({ name, message, cause }: Thrown): TroubleKind {
  const known = typeof name === "string" ? BY_NAME[name] : undefined;
  if (known !== undefined) return known;
  const { code } = (cause ?? {}) as { readonly code?: unknown };
  if (typeof code === "string" || String(message).includes("fetch failed")) return "network";
  return "failed";
}

/** Google answers 400 to a key that is none, and 429 both to haste and to a quota that is used up. */
function kindByStatus(status: number, thrown: Thrown): TroubleKind {
  const words = JSON.stringify(thrown.data ?? String(thrown.message));
  if (status === 400 && /API_KEY_INVALID|API key (?:not valid|expired)/i.test(words))
    return "refusedKey";
  if (status === 429 && isQuota(thrown, words)) return "quota";
  return BY_STATUS[status] ?? (status >= 500 ? "busy" : "badRequest");
}

const isQuota = ({ rateLimitType }: Thrown, words: string): boolean =>
  rateLimitType === "stop" || /exceeded your current quota|insufficient_quota/i.test(words);

/** In a header that the client has read already, or in Google's `RetryInfo`. */
function delayOf({ retryAfterMs, data }: Thrown): { readonly retryAfterMs?: number } {
  if (typeof retryAfterMs === "number" && retryAfterMs >= 0) return { retryAfterMs };
  const named = /"retryDelay":"(\d+(?:\.\d+)?)s"/.exec(JSON.stringify(data ?? null))?.[1];
  return named === undefined ? {} : { retryAfterMs: Number(named) * 1000 };
}

function saidBy({ message }: Thrown, secret: string): string | undefined {
  if (typeof message !== "string" || message === "") return undefined;
  const clean = secret === "" ? message : message.replaceAll(secret, "…");
  return clean.replaceAll(/\s+/g, " ").trim().slice(0, MOST_SAID).replace(/\.+$/, "");
}
