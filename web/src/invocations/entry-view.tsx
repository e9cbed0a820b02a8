import {
  IconAlertTriangle,
  IconBan,
  IconFileUnknown,
  IconHelpCircle,
  type IconProps,
  IconRefresh,
  IconSparkles,
} from "@tabler/icons-react";
import { type ComponentType, lazy, memo, type ReactNode, Suspense } from "react";

import type { Tone } from "../looks/looks.ts";
import { Cuts } from "./cuts-view.tsx";
import type { Entry, NoticeEntry, WordsEntry } from "./entries.ts";
import { Fold } from "./fold-view.tsx";
import { LongText } from "./long-text.tsx";
import { hasMarks, LONGEST_ANSWER } from "./marks.ts";
import { plainText } from "./plain-text.ts";
import { isSame } from "./same.ts";
import { ToolView } from "./tool-view.tsx";

interface EntryViewProps {
  readonly entry: Entry;
  readonly folder: string;
  readonly isAllOpen: boolean;
}

/** Drawn again only where it has changed: a conversation is folded anew whenever something comes. */
export const EntryView = memo(DrawnEntry, isSame);

function DrawnEntry({ entry, folder, isAllOpen }: EntryViewProps): ReactNode {
  switch (entry.kind) {
    case "text":
      return <Words entry={entry} />;
    case "thinking":
      return <Thinking entry={entry} isAllOpen={isAllOpen} />;
    case "lines":
      return (
        <div className="lines" data-entry={entry.key}>
          <LongText text={entry.text} />
          <Cuts cuts={entry.cuts} />
        </div>
      );
    case "tool":
      return (
        <ToolView entry={entry} folder={folder} isAllOpen={isAllOpen}>
          {entry.inner.map((inner) => (
            <EntryView key={inner.key} entry={inner} folder={folder} isAllOpen={isAllOpen} />
          ))}
        </ToolView>
      );
    default:
      return <Notice entry={entry} isAllOpen={isAllOpen} />;
  }
}

/** What reads Markdown comes with the first answer that has any. */
const Answer = lazy(() => import("./answer.tsx").then(({ Answer: drawn }) => ({ default: drawn })));

function Words({
  entry: { key, text, isPreview, cuts },
}: {
  readonly entry: WordsEntry;
}): ReactNode {
  const isLong = text.length > LONGEST_ANSWER;
  const plain = isLong ? "" : plainText(text);
  const bare = <div className="pre">{isLong ? <LongText text={text} /> : plain}</div>;
  return (
    <div className="said" data-entry={key} aria-busy={isPreview}>
      {!isPreview && hasMarks(plain) ? (
        <Suspense fallback={bare}>
          <Answer text={plain} />
        </Suspense>
      ) : (
        bare
      )}
      {isPreview ? <span className="caret" aria-hidden /> : null}
      <Cuts cuts={cuts} />
    </div>
  );
}

function Thinking({
  entry: { key, text, isPreview, cuts },
  isAllOpen,
}: {
  readonly entry: WordsEntry;
  readonly isAllOpen: boolean;
}): ReactNode {
  const [first = ""] = plainText(text.slice(0, LONGEST_HEAD)).trim().split("\n");
  return (
    <Fold
      name={key}
      isAllOpen={isAllOpen}
      head={
        <>
          <IconSparkles size={14} aria-hidden />
          <strong>{isPreview ? "Thinking" : "Thought"}</strong>
          <span className="gist quiet">{first}</span>
        </>
      }
    >
      <div className="pre quiet">
        <LongText text={text} />
      </div>
      <Cuts cuts={cuts} />
    </Fold>
  );
}

/** Of what stands in one line. */
const LONGEST_HEAD = 2000;

const NOTICES: Readonly<
  Record<NoticeEntry["kind"], { readonly icon: ComponentType<IconProps>; readonly tone: Tone }>
> = {
  retry: { icon: IconRefresh, tone: "orange" },
  denied: { icon: IconBan, tone: "orange" },
  asked: { icon: IconHelpCircle, tone: "amber" },
  warning: { icon: IconAlertTriangle, tone: "orange" },
  unread: { icon: IconFileUnknown, tone: "grey" },
  session: { icon: IconSparkles, tone: "grey" },
};

function Notice({
  entry: { key, kind, text, more },
  isAllOpen,
}: {
  readonly entry: NoticeEntry;
  readonly isAllOpen: boolean;
}): ReactNode {
  const { icon: Icon, tone } = NOTICES[kind];
  const head = (
    <>
      <Icon size={14} aria-hidden />
      <span className="wrap-anywhere">
        {plainText(text.slice(0, LONGEST_HEAD))}
        {text.length > LONGEST_HEAD ? "…" : ""}
      </span>
    </>
  );
  if (more !== null) {
    return (
      <Fold name={key} tone={tone} isAllOpen={isAllOpen} head={head}>
        <div className="lines">
          <LongText text={more} />
        </div>
      </Fold>
    );
  }
  return (
    <div className="notice" data-tone={tone} data-entry={key}>
      {head}
    </div>
  );
}
