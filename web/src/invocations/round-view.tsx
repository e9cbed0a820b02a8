import { IconAlertTriangle, IconTerminal2, IconUser } from "@tabler/icons-react";
import type { ReactNode } from "react";

import type { Invocation, InvocationRound } from "#contract/shapes/invocations.ts";

import { INVOCATION_LOOKS } from "../looks/invocations.ts";
import { ProblemBox } from "../parts/problem-box.tsx";
import { StatusChip } from "../parts/status-chip.tsx";
import { When } from "../parts/when.tsx";
import { quoteWords } from "./command-words.ts";
import { type Section, untold } from "./conversation.ts";
import { EntryView } from "./entry-view.tsx";
import { ErrorOutput } from "./error-output.tsx";
import { failureOf } from "./failure-words.ts";
import { LongText } from "./long-text.tsx";
import { plainText } from "./plain-text.ts";
import { hasBegun, isCommand, phraseRound } from "./words.ts";

interface RoundViewProps {
  readonly section: Section;
  readonly invocation: Invocation;
  readonly isAllOpen: boolean;
}

export function RoundView({ section, invocation, isAllOpen }: RoundViewProps): ReactNode {
  const { round, hasBeginning, hasEnd, entries } = section;
  return (
    <section className="round" aria-label={`Round ${round.number}`}>
      {hasBeginning ? <Prompt round={round} invocation={invocation} /> : null}
      {entries.map((entry) => (
        <EntryView key={entry.key} entry={entry} folder={invocation.folder} isAllOpen={isAllOpen} />
      ))}
      {hasEnd && entries.length === 0 && round.text !== "" ? <Answered text={round.text} /> : null}
      {hasEnd ? (
        <RoundEnd
          round={round}
          invocation={invocation}
          isAllOpen={isAllOpen}
          warnings={untold(round.warnings, entries)}
        />
      ) : null}
    </section>
  );
}

interface PromptProps {
  readonly round: InvocationRound;
  readonly invocation: Invocation;
}

function Prompt({ round, invocation }: PromptProps): ReactNode {
  const { prompt, number, startedAt } = round;
  const place = { entry: `prompt ${number}`, at: startedAt };
  const { command } = invocation;
  if (command !== null) return <PromptBox {...place} name="Command" text={quoteWords(command)} />;
  const name = number === 1 ? "Prompt" : `Follow-up ${number - 1}`;
  return <PromptBox {...place} name={name} text={prompt} />;
}

interface PromptBoxProps {
  readonly name: string;
  readonly text: string;
  readonly entry?: string;
  readonly at?: string | null;
}

export function PromptBox({ name, text, entry, at = null }: PromptBoxProps): ReactNode {
  const isLine = name === "Command";
  const Icon = isLine ? IconTerminal2 : IconUser;
  return (
    <div className="prompt" data-entry={entry}>
      <div className="prompt-head">
        <Icon size={14} aria-hidden />
        <strong>{name}</strong>
        {at === null ? null : (
          <span className="quiet">
            <When at={at} />
          </span>
        )}
      </div>
      <div className={isLine ? "pre mono" : "pre"}>
        <LongText text={text} shown={3000} />
      </div>
    </div>
  );
}

interface RoundEndProps {
  readonly round: InvocationRound;
  readonly invocation: Invocation;
  readonly isAllOpen: boolean;
  /** Those that do not stand above already. */
  readonly warnings: readonly string[];
}

function RoundEnd({ round, invocation, isAllOpen, warnings }: RoundEndProps): ReactNode {
  const { outcome, number } = round;
  if (outcome === null) return null;
  const isLine = isCommand(invocation);
  const failure = failureOf(round, isLine);
  return (
    <div className="round-end" data-entry={`end ${number}`}>
      <div className="round-line">
        <StatusChip bare look={INVOCATION_LOOKS[outcome]} />
        <span className="quiet">{phraseRound(round)}</span>
      </div>
      {warnings.map((warning) => (
        <div key={warning} className="notice" data-tone="orange">
          <IconAlertTriangle size={14} aria-hidden />
          <span className="wrap-anywhere">{plainText(warning)}</span>
        </div>
      ))}
      {failure === null ? null : <ProblemBox problem={failure} />}
      {!hasBegun(round) || (failure === null && !isLine) ? null : (
        <ErrorOutput
          executionId={invocation.id}
          round={number}
          isAllOpen={isAllOpen}
          isOpenAtFirst={failure !== null}
        />
      )}
    </div>
  );
}

function Answered({ text }: { readonly text: string }): ReactNode {
  return (
    <div className="said pre">
      <LongText text={text} />
    </div>
  );
}

/** A round of which nothing but its last words is there. */
export function RoundText({
  round,
  invocation,
}: Omit<RoundEndProps, "isAllOpen" | "warnings">): ReactNode {
  return (
    <section className="round" aria-label={`Round ${round.number}`}>
      <Prompt round={round} invocation={invocation} />
      <Answered text={round.text} />
      <RoundEnd
        round={round}
        invocation={invocation}
        isAllOpen={false}
        warnings={untold(round.warnings, [])}
      />
    </section>
  );
}
