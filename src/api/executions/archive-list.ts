import type { ArchiveFile, Archives } from "#ledger/archive/archives.ts";
import type { ArchivedEntry } from "#ledger/archive/format.ts";
import { numberAfter, type Page } from "#workspace/page.ts";

export interface ArchiveQuery {
  readonly ws: number;
  /** By when they ended. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly kind?: string | undefined;
  readonly agent?: number | undefined;
  readonly search?: string | undefined;
  /** How many were gone through. */
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export interface Found {
  readonly file: string;
  readonly entry: ArchivedEntry;
}

/**
 * Files never change and only newer ones are added before them, so a page goes on by its distance from the oldest.
 * A page looks at the index of as many files as it needs.
 */
export async function searchArchive(archives: Archives, query: ArchiveQuery): Promise<Page<Found>> {
  const files = (await archives.files(query.ws)).filter(({ pruned }) => pruned === 1);
  const left = query.cursor === undefined ? Infinity : numberAfter(query.cursor);
  const found: Found[] = [];
  let behind = files.reduce((sum, { executions }) => sum + executions, 0);
  for (const file of files) {
    const isLater = behind - file.executions >= left;
    behind -= file.executions;
    if (isLater || !mayHold(file, query)) continue;
    const entries = await archives.entries(file);
    for (const [index, entry] of entries.toReversed().entries()) {
      const place = behind + entries.length - 1 - index;
      if (place >= left || !matches(entry, query)) continue;
      found.push({ file: file.file, entry });
      if (found.length === query.limit) return { items: found, nextCursor: cursorAt(place) };
    }
  }
  return { items: found, nextCursor: null };
}

/** Null at the oldest of all: there is nothing behind it. */
function cursorAt(place: number): string | null {
  return place === 0 ? null : Buffer.from(String(place)).toString("base64url");
}

function mayHold(file: ArchiveFile, { from = 0, to = Infinity, kind }: ArchiveQuery): boolean {
  return file.last_end >= from && file.first_end <= to && (kind ?? file.kind) === file.kind;
}

function matches(
  { endedAt, agent, id, label }: ArchivedEntry,
  { from = 0, to = Infinity, agent: asked, search = "" }: ArchiveQuery,
): boolean {
  const words = search.toLowerCase();
  const isNamed = id.includes(words) || label?.toLowerCase().includes(words) === true;
  return endedAt >= from && endedAt <= to && (asked ?? agent) === agent && isNamed;
}
