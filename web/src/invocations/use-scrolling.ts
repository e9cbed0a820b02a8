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

/** Where it stood when it was looked at last. */
interface Looking {
  readonly isPinned: boolean;
  readonly anchor: Anchor | undefined;
  readonly top: number;
  /** Of the frame. */
  readonly size: string;
}

const FIRST: Looking = { isPinned: true, anchor: undefined, top: 0, size: "" };

/** Stays at the end while the reader is there; else what is looked at stays where it is, whatever comes or goes above it. */
export function useScrolling({ reader, reading, sections, opened }: Scrolled): Scrolling {
  const frame = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const looking = useRef(FIRST);
  const [isAway, setIsAway] = useState(false);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    stay(element, looking.current, reading);
    looking.current = { ...looking.current, anchor: anchorIn(element), top: element.scrollTop };
  }, [reading, sections]);
  useEffect(() => {
    const [element, inner] = [frame.current, content.current];
    if (element === null || inner === null) return undefined;
    return watch(element, inner, () => {
      const { size, top } = looking.current;
      // Nobody has scrolled since: a question took room, or the window has another size.
      if (sizeOf(element) !== size && element.scrollTop === top)
        stay(element, looking.current, reader.reading());
      const away = look(element, reader);
      looking.current = {
        isPinned: !away,
        anchor: anchorIn(element),
        top: element.scrollTop,
        size: sizeOf(element),
      };
      setIsAway(away);
    });
  }, [reader]);
  useFilled(frame, reader, reading);
  const toEnd = (): void => {
    looking.current = { ...looking.current, isPinned: true };
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

function stay(element: HTMLElement, { isPinned, anchor }: Looking, reading: Reading): void {
  if (isPinned && isAtEnd(reading)) element.scrollTop = element.scrollHeight;
  else restore(element, anchor);
}

const sizeOf = ({ clientWidth, clientHeight }: HTMLElement): string =>
  `${clientWidth} ${clientHeight}`;

/** Tells of scrolling, and of what grows or shrinks without it: something opened, a narrower window. */
function watch(element: HTMLElement, inner: HTMLElement, onLook: () => void): () => void {
  const sizes = new ResizeObserver(onLook);
  sizes.observe(element);
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
