/**
 * The sessions that Claude Code has kept of this user (`~/.claude/projects`), each file read once and line by line.
 * A session that was forked off another one, or resumed by an older version, begins with a copy of it: what was
 * told before counts where it was told first.
 */
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { splitLines } from "../lines.ts";
import type { PriceTable } from "../prices.ts";
import type { PastSession } from "./past.ts";
import { type Heading, readSessionLine, type SessionLine } from "./session-line.ts";
import { isUnfinished, roundsOf } from "./session-rounds.ts";
import type { Stretch } from "./stretch.ts";

export interface ReadingSessions {
  /** `~/.claude/projects`, or one like it. */
  readonly folder: string;
  readonly prices: PriceTable;
  /** Epoch milliseconds: what may still be going on then is left for another time. */
  readonly now: number;
}

export async function* readClaudeSessions({
  folder,
  prices,
  now,
}: ReadingSessions): AsyncGenerator<PastSession, void> {
  const seen: Seen = new Map();
  for (const { id, files } of await sessionsIn(folder)) {
    const reading = openSession(seen, id);
    for (const file of files) await readInto(reading.take, file);
    const rounds = roundsOf({ id, prices }, reading.stretches());
    const last = rounds.at(-1);
    const done = last !== undefined && isUnfinished(last, now) ? rounds.slice(0, -1) : rounds;
    const { folder: worked } = reading.heading();
    if (done.length > 0 && worked !== null) {
      yield { id, cli: "claude", session: id, folder: worked, rounds: done };
    }
  }
}

interface SessionFiles {
  readonly id: string;
  /** Its own first, then those of agents that it has called. */
  readonly files: readonly string[];
}

/** Oldest first, so that a copy comes after what it is a copy of. */
async function sessionsIn(folder: string): Promise<readonly SessionFiles[]> {
  const all = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = all
    .filter((one) => one.isFile() && one.name.endsWith(".jsonl"))
    .map(({ parentPath, name }) => join(parentPath, name));
  const own = files.filter((file) => isOwn(folder, file));
  const born = await Promise.all(
    own.map(async (file) => ({ file, at: (await stat(file)).birthtimeMs })),
  );
  const aside = Map.groupBy(
    await parentsOf(files.filter((file) => !own.includes(file))),
    ({ id }) => id,
  );
  return born
    .toSorted((one, other) => one.at - other.at || one.file.localeCompare(other.file))
    .map(({ file }) => {
      const id = basename(file, ".jsonl");
      return { id, files: [file, ...(aside.get(id) ?? []).map((each) => each.file)] };
    });
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\.jsonl$/;

/** `PROJECT/SESSION.jsonl`. */
function isOwn(folder: string, file: string): boolean {
  return dirname(dirname(file)) === folder && UUID.test(basename(file));
}

/** Of agents that were called: below a folder named for the session, or beside it in files that name it. */
async function parentsOf(
  files: readonly string[],
): Promise<readonly { readonly id: string; readonly file: string }[]> {
  const found = await Promise.all(
    files.map(async (file) => ({ file, id: below(file) ?? (await namedIn(file)) })),
  );
  return found.flatMap(({ file, id }) => (id === null ? [] : [{ file, id }]));
}

function below(file: string): string | null {
  const parts = dirname(file).split("/");
  return parts.findLast((part) => UUID.test(`${part}.jsonl`)) ?? null;
}

async function namedIn(file: string): Promise<string | null> {
  for await (const line of linesOf(file)) return /"sessionId":"([^"]+)"/.exec(line)?.[1] ?? null;
  return null;
}

async function* linesOf(file: string): AsyncGenerator<string, void> {
  const lines = splitLines();
  for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 }))
    for (const { text } of lines.push(chunk as Buffer)) yield text;
  for (const { text } of lines.end()) yield text;
}

type Take = (line: SessionLine, heading: Heading) => void;

async function readInto(take: Take, file: string): Promise<void> {
  for await (const text of linesOf(file)) {
    const read = readSessionLine(text);
    if (read !== null) take(read.line, read.heading);
  }
}

interface OpenSession {
  readonly take: Take;
  readonly stretches: () => readonly Stretch[];
  readonly heading: () => Heading;
}

/** By a line's id, and by an answer's: the session in which it was told first. */
type Seen = Map<string, string>;

function isToldElsewhere(seen: Seen, id: string, line: SessionLine): boolean {
  const keys = keysOf(line);
  for (const key of keys) if (!seen.has(key)) seen.set(key, id);
  return keys.some((key) => seen.get(key) !== id);
}

function keysOf(line: SessionLine): readonly string[] {
  if (line.type === "cost") return [];
  const uuid = line.uuid === null ? [] : [line.uuid];
  return line.type === "answer" && line.request !== null
    ? [...uuid, `${line.message}/${line.request}`]
    : uuid;
}

function openSession(seen: Seen, id: string): OpenSession {
  const stretches: Stretch[] = [];
  const costs = openCosts();
  let heading: Heading = { folder: null, version: null };

  function open(prompt: Stretch["prompt"]): Stretch {
    const stretch: Stretch = { prompt, lines: [], answers: new Map(), dollars: null };
    stretches.push(stretch);
    return stretch;
  }

  function stretchAt(time: number, isAside: boolean): Stretch {
    const then = stretches.findLast(({ prompt }) => (prompt?.at ?? 0) <= time);
    return (isAside ? then : undefined) ?? stretches.at(-1) ?? open(null);
  }

  function take(line: SessionLine): void {
    if (line.type === "cost") costs.told(line.dollars);
    else if (isToldElsewhere(seen, id, line)) costs.copied(line);
    else if (line.type !== "prompt") put(line);
    else if (!line.isAside) open(line);
  }

  function put(line: Stretch["lines"][number]): void {
    const stretch = stretchAt(line.at, line.isAside);
    stretch.lines.push(line);
    if (line.type !== "answer") return;
    stretch.answers.set(line.message, line);
    costs.spentIn(stretch);
  }

  return {
    take: (line, told) => {
      if (heading.folder === null) heading = told;
      take(line);
    },
    stretches: () => stretches,
    heading: () => heading,
  };
}

/** A total is a round's own where nothing else was asked since the total before. */
function openCosts() {
  let before = 0;
  let since = new Set<Stretch>();
  let isCopied = false;

  return {
    spentIn: (stretch: Stretch): void => {
      since.add(stretch);
    },
    copied: ({ type }: SessionLine): void => {
      isCopied ||= type === "answer";
    },
    told: (dollars: number): void => {
      const isAlone = since.size === 1 && !isCopied;
      const spent = dollars < before ? dollars : dollars - before;
      for (const stretch of since)
        stretch.dollars = isAlone ? (stretch.dollars ?? 0) + spent : null;
      before = dollars;
      since = new Set();
      isCopied = false;
    },
  };
}
