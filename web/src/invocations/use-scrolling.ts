import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";

import type { Section } from "./conversation.ts";
import { hasEarlier, isAtEnd, type Opened, type Reader, type Reading } from "./reader.ts";

interface Scrolling {
  readonly frame: RefObject<HTMLElement | null>;
  readonly content: RefObject<HTMLDivElement | null>;
  /** The end is not in sight. */
  readonly isAway: boolean;
  readonly toEnd: () => void;
}

/** Of the end, and of the beginning of what is loaded. */
const NEAR_END = 48;
const NEAR_START = 300;

interface Anchor {
  readonly key: string;
  readonly top: number;
}

interface Scrolled {
  readonly reader: Reader;
  readonly reading: Reading;
  readonly sections: readonly Section[];
  readonly opened: Opened;
}

interface Looking {
  isPinned: boolean;
  anchor: Anchor | undefined;
}

/** Stays at the end while the reader is there; else what is looked at stays where it is, whatever comes or goes above it. */
export function useScrolling({ reader, reading, sections, opened }: Scrolled): Scrolling {
  const frame = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const looking = useRef<Looking>({ isPinned: true, anchor: undefined });
  const [isAway, setIsAway] = useState(false);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const { isPinned, anchor } = looking.current;
    if (isPinned && isAtEnd(reading)) element.scrollTop = element.scrollHeight;
    else restore(element, anchor);
    looking.current.anchor = anchorIn(element);
  }, [reading, sections]);
  useEffect(() => {
    const [element, inner] = [frame.current, content.current];
    if (element === null || inner === null) return undefined;
    return watch(element, inner, () => {
      const away = look(element, reader);
      looking.current = { isPinned: !away, anchor: anchorIn(element) };
      setIsAway(away);
    });
  }, [reader]);
  useFilled(frame, reader, reading);
  const toEnd = (): void => {
    looking.current.isPinned = true;
    setIsAway(false);
    const element = frame.current;
    if (!isAtEnd(reading)) void reader.open(opened);
    else if (element !== null) element.scrollTop = element.scrollHeight;
  };
  return { frame, content, isAway: isAway || !isAtEnd(reading), toEnd };
}

/** Whether the end is out of sight; asks for more where what is loaded comes to its end. */
function look(element: HTMLElement, reader: Reader): boolean {
  const rest = element.scrollHeight - element.scrollTop - element.clientHeight;
  reader.lookAtEnd(rest < NEAR_END);
  if (element.scrollTop < NEAR_START) void reader.loadEarlier();
  if (rest < NEAR_START) void reader.loadLater();
  return rest >= NEAR_END;
}

/** Tells of scrolling, and of what grows or shrinks without it: something opened, a narrower window. */
function watch(element: HTMLElement, inner: HTMLElement, onLook: () => void): () => void {
  const sizes = new ResizeObserver(onLook);
  sizes.observe(inner);
  element.addEventListener("scroll", onLook, { passive: true });
  return () => {
    sizes.disconnect();
    element.removeEventListener("scroll", onLook);
  };
}

/** What was loaded at first may be less than a screen. */
function useFilled(frame: RefObject<HTMLElement | null>, reader: Reader, reading: Reading): void {
  useEffect(() => {
    const element = frame.current;
    const isShort = element !== null && element.scrollHeight <= element.clientHeight + NEAR_START;
    const isIdle = reading.busy === null && reading.problem === undefined;
    if (isShort && isIdle && hasEarlier(reading)) void reader.loadEarlier();
  }, [frame, reader, reading]);
}

/** The first entry in sight, and where it stands. */
function anchorIn(element: HTMLElement): Anchor | undefined {
  const edge = element.getBoundingClientRect().top;
  for (const entry of element.querySelectorAll<HTMLElement>("[data-entry]")) {
    const { top, bottom } = entry.getBoundingClientRect();
    if (bottom > edge) return { key: entry.dataset["entry"] ?? "", top: top - edge };
  }
  return undefined;
}

function restore(element: HTMLElement, anchor: Anchor | undefined): void {
  if (anchor === undefined) return;
  const entry = element.querySelector<HTMLElement>(`[data-entry="${CSS.escape(anchor.key)}"]`);
  if (entry === null) return;
  const top = entry.getBoundingClientRect().top - element.getBoundingClientRect().top;
  element.scrollTop += top - anchor.top;
}
