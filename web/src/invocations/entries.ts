/** What a conversation is drawn from, one after the other. */
interface Keyed {
  /** Stays the same while the entry grows. */
  readonly key: string;
}

/** What of a line was not sent, and where the line stands in the raw output. */
export interface Cut {
  readonly round: number;
  readonly bytes: number;
  readonly from: number;
  readonly to: number;
}

interface MayBeCut {
  /** None: all of it was sent. */
  readonly cuts: readonly Cut[];
}

export interface WordsEntry extends Keyed, MayBeCut {
  readonly kind: "text" | "thinking";
  readonly text: string;
  /** It is still being written, and comes again as a whole. */
  readonly isPreview: boolean;
}

/** Lines of a plain command. */
interface Lines extends Keyed, MayBeCut {
  readonly kind: "lines";
  readonly text: string;
}

/** `ended`: whether it did what it should is not said; `cut`: the round was over before it answered. */
export type ToolState = "running" | "done" | "failed" | "denied" | "ended" | "cut";

export interface ToolEntry extends Keyed, MayBeCut {
  readonly kind: "tool";
  /** Null where the call stands further up, before what is loaded. */
  readonly name: string | null;
  readonly gist: string;
  readonly input: unknown;
  /** Null: none, or not yet. */
  readonly output: string | null;
  readonly state: ToolState;
  readonly denial: string | null;
  /** What the tool's own agent said and did. */
  readonly inner: readonly Entry[];
}

export interface NoticeEntry extends Keyed {
  readonly kind: "retry" | "denied" | "asked" | "warning" | "unread" | "session";
  readonly text: string;
  /** Of lines that nobody understood: their beginnings. */
  readonly more: string | null;
}

export type Entry = WordsEntry | Lines | ToolEntry | NoticeEntry;
