import { IconChevronRight } from "@tabler/icons-react";
import { createContext, type ReactNode, useContext, useState } from "react";

import type { Tone } from "../looks/looks.ts";

interface FoldProps {
  readonly name: string;
  /** The one line that stands when it is closed. */
  readonly head: ReactNode;
  readonly children: ReactNode;
  readonly tone?: Tone;
  /** Everything was opened or closed at once; what is opened or closed by itself since is as it was left. */
  readonly isAllOpen: boolean;
  readonly isOpenAtFirst?: boolean;
}

/** Names of those in which something was found: they open. */
export const FoundKeys = createContext<ReadonlySet<string>>(new Set());

/** One line that opens; what is in it is drawn only while it is open. */
export function Fold(props: FoldProps): ReactNode {
  const { name, head, children, tone, isAllOpen, isOpenAtFirst = false } = props;
  const isFound = useContext(FoundKeys).has(name);
  const [own, setOwn] = useState({
    isAllOpen,
    isFound,
    isOpen: isAllOpen || isOpenAtFirst || isFound,
  });
  const isOwn = own.isAllOpen === isAllOpen && (own.isFound || !isFound);
  const isOpen = isOwn ? own.isOpen : isAllOpen || isFound;
  return (
    <details
      className="fold"
      data-tone={tone}
      data-entry={name}
      open={isOpen}
      onToggle={({ currentTarget }) => {
        if (currentTarget.open !== isOpen)
          setOwn({ isAllOpen, isFound, isOpen: currentTarget.open });
      }}
    >
      <summary>
        <IconChevronRight size={14} className="fold-chevron" aria-hidden />
        {head}
      </summary>
      {isOpen ? <div className="fold-body">{children}</div> : null}
    </details>
  );
}
