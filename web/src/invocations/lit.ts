/** Text of the conversation that is lit up where it stands, without a change to what draws it. */

const LIGHT = "found";

/** Everywhere in an entry that the text stands, upper and lower case the same. */
export function rangesOf(frame: HTMLElement, entry: string, text: string): readonly Range[] {
  const element = elementOf(frame, entry);
  if (element === null) return [];
  const low = text.toLowerCase();
  const ranges: Range[] = [];
  const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = nodes.nextNode(); node !== null; node = nodes.nextNode()) {
    const words = (node.textContent ?? "").toLowerCase();
    for (let at = words.indexOf(low); at >= 0; at = words.indexOf(low, at + low.length))
      ranges.push(rangeIn(node, at, at + low.length));
  }
  return ranges;
}

function elementOf(frame: HTMLElement, entry: string): HTMLElement | null {
  return frame.querySelector<HTMLElement>(`[data-entry="${CSS.escape(entry)}"]`);
}

function rangeIn(node: Node, from: number, to: number): Range {
  const length = node.textContent?.length ?? 0;
  const range = document.createRange();
  range.setStart(node, Math.min(from, length));
  range.setEnd(node, Math.min(to, length));
  return range;
}

/** Until what it returns is called. Browsers that cannot light up ranges only scroll. */
export function showFound(ranges: readonly Range[]): () => void {
  if (!("highlights" in CSS)) return () => {};
  CSS.highlights.set(LIGHT, new Highlight(...ranges));
  return () => CSS.highlights.delete(LIGHT);
}

/** The first of them, or else the entry, a third down from the top of all that scrolls around it. */
export function bringIntoSight(frame: HTMLElement, entry: string, [first]: readonly Range[]): void {
  const element = elementOf(frame, entry);
  const place = first ?? element;
  for (let box = first?.startContainer.parentElement ?? element; box !== null;) {
    const scrolls = box === frame || box.scrollHeight > box.clientHeight + 1;
    if (scrolls && place !== null) {
      const above = place.getBoundingClientRect().top - box.getBoundingClientRect().top;
      box.scrollTop += above - box.clientHeight / 3;
    }
    box = box === frame ? null : box.parentElement;
  }
}
