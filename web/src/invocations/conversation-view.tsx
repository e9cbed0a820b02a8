import { Button, Loader, Skeleton } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconArrowDown } from "@tabler/icons-react";
import { type ReactNode, useMemo, useState } from "react";

import type { Invocation } from "#contract/shapes/invocations.ts";

import { ProblemBox } from "../parts/problem-box.tsx";
import { conversationOf, type Section } from "./conversation.ts";
import { FindBox } from "./find-view.tsx";
import { FoundKeys } from "./fold-view.tsx";
import { hasEarlier, isAtEnd, type Reader, type Reading } from "./reader.ts";
import { PromptBox, RoundText, RoundView } from "./round-view.tsx";
import { useFind } from "./use-find.ts";
import { openedOf, useOutput } from "./use-output.ts";
import { useScrolling } from "./use-scrolling.ts";
import { isCommand } from "./words.ts";

interface InvocationProps {
  readonly invocation: Invocation;
}

/** What was asked, said and done, live; it opens at the end, and what is further up comes on demand. */
export function Conversation({ invocation }: InvocationProps): ReactNode {
  const { reader, reading } = useOutput(invocation);
  const { stretch, problem } = reading;
  const sections = useSections(invocation, reading);
  if (stretch === undefined && problem === undefined) return <ConversationSkeleton />;
  if (stretch === undefined) return <OnlyAnswers invocation={invocation} reading={reading} />;
  return <Scrolled invocation={invocation} reader={reader} reading={reading} sections={sections} />;
}

function useSections(invocation: Invocation, reading: Reading): readonly Section[] {
  const { stretch, following } = reading;
  const { roundList } = invocation;
  const command = isCommand(invocation);
  const atEnd = following !== "off";
  return useMemo(
    () =>
      stretch === undefined
        ? []
        : conversationOf(stretch, roundList, { isCommand: command, isAtEnd: atEnd }),
    [stretch, roundList, command, atEnd],
  );
}

function ConversationSkeleton(): ReactNode {
  return (
    <div className="conversation-frame" aria-busy>
      <div className="conversation">
        {[70, 92, 40, 84, 60].map((width) => (
          <Skeleton key={width} height={16} width={`${width}%`} mb="md" />
        ))}
      </div>
    </div>
  );
}

/** Where the output itself cannot be read: what was asked, and each round's last words. */
function OnlyAnswers({
  invocation,
  reading: { problem },
}: InvocationProps & { readonly reading: Reading }): ReactNode {
  return (
    <div className="conversation-frame">
      <section className="conversation" aria-label="Conversation">
        {problem === undefined ? null : <ProblemBox tone="orange" problem={problem} />}
        {invocation.roundList.map((round) => (
          <RoundText key={round.number} round={round} invocation={invocation} />
        ))}
      </section>
    </div>
  );
}

interface ScrolledProps extends InvocationProps {
  readonly reader: Reader;
  readonly reading: Reading;
  readonly sections: readonly Section[];
}

function Scrolled({ invocation, reader, reading, sections }: ScrolledProps): ReactNode {
  const [isAllOpen, setAllOpen] = useState(false);
  useHotkeys([["e", () => setAllOpen((is) => !is)]]);
  const { frame, content, isAway, toEnd } = useScrolling({
    reader,
    reading,
    sections,
    opened: openedOf(invocation),
  });
  const { finder, finding, keys } = useFind(invocation, reader, reading, frame);
  const foundKeys = useMemo(() => new Set(keys), [keys]);
  return (
    <div className="conversation-frame">
      <FindBox finder={finder} finding={finding} executionId={invocation.id} />
      <div className="conversation-scroll">
        <section ref={frame} className="conversation" aria-label="Conversation" tabIndex={0}>
          <div ref={content}>
            <Earlier reader={reader} reading={reading} />
            {sections.length === 0 ? <NotBegun invocation={invocation} /> : null}
            <FoundKeys value={foundKeys}>
              {sections.map((section) => (
                <RoundView
                  key={section.round.number}
                  section={section}
                  invocation={invocation}
                  isAllOpen={isAllOpen}
                />
              ))}
            </FoundKeys>
            <Later reader={reader} reading={reading} />
          </div>
        </section>
        {isAway ? (
          <Button
            className="to-end"
            size="compact-sm"
            leftSection={<IconArrowDown size={14} aria-hidden />}
            onClick={toEnd}
          >
            {isAtEnd(reading) ? "To the end" : "Back to the end"}
          </Button>
        ) : null}
      </div>
      <Connection reading={reading} />
    </div>
  );
}

function NotBegun({ invocation }: InvocationProps): ReactNode {
  const { status, prompt } = invocation;
  return (
    <>
      <PromptBox text={prompt} name={isCommand(invocation) ? "Command" : "Prompt"} />
      <p className="quiet">
        {status === "idle" ? "Its process has not started yet." : "It never began."}
      </p>
    </>
  );
}

interface ReaderProps {
  readonly reader: Reader;
  readonly reading: Reading;
}

function Earlier({ reader, reading }: ReaderProps): ReactNode {
  if (!hasEarlier(reading)) return null;
  const { problem, busy } = reading;
  return (
    <div className="conversation-more">
      {problem === undefined ? null : <ProblemBox tone="orange" problem={problem} />}
      <Button
        variant="default"
        size="compact-sm"
        loading={busy === "earlier"}
        onClick={() => void reader.loadEarlier()}
      >
        Load earlier output
      </Button>
    </div>
  );
}

function Later({ reader, reading }: ReaderProps): ReactNode {
  if (isAtEnd(reading)) return null;
  return (
    <div className="conversation-more">
      <Button
        variant="default"
        size="compact-sm"
        loading={reading.busy === "later"}
        onClick={() => void reader.loadLater()}
      >
        Load later output
      </Button>
    </div>
  );
}

function Connection({ reading: { following } }: { readonly reading: Reading }): ReactNode {
  if (following !== "lost") return null;
  return (
    <output className="lost conversation-lost" data-tone="orange">
      <Loader size={12} color="orange" aria-hidden />
      The connection is lost. It goes on where it was as soon as the server answers.
    </output>
  );
}
