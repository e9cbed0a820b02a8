import { ActionIcon, Button, TextInput } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconChevronDown, IconChevronUp, IconSearch, IconX } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";

import { urlOf } from "#contract/client.ts";
import { ROUTES } from "#contract/routes.ts";
import type { Found } from "#contract/shapes/invocation-find.ts";

import { ProblemBox } from "../parts/problem-box.tsx";
import { useWorkspaceId } from "../session/workspace.tsx";
import { type Finder, type Finding, phraseFinding } from "./finder.ts";

interface FindBoxProps {
  readonly finder: Finder;
  readonly finding: Finding;
  readonly executionId: string;
}

/** Looks through all that it wrote, also what is not loaded. */
export function FindBox({ finder, finding, executionId }: FindBoxProps): ReactNode {
  const [text, setText] = useState("");
  const box = useRef<HTMLInputElement>(null);
  useHotkeys([["f", () => box.current?.focus()]]);
  const isSame = text === finding.text && text !== "";
  const clear = (): void => {
    setText("");
    void finder.find("");
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape") clear();
    if (event.key !== "Enter") return;
    event.preventDefault();
    void (isSame ? finder.step(event.shiftKey ? -1 : 1) : finder.find(text));
  };
  const found = finding.found[finding.index];
  const isOff = found === undefined;
  return (
    <search className="find">
      <div className="find-line">
        <TextInput
          ref={box}
          className="find-text"
          size="xs"
          aria-label="Find in its output"
          placeholder="Find in its output"
          leftSection={<IconSearch size={14} aria-hidden />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <output className="quiet nowrap">{phraseFinding(finding)}</output>
        {finding.text === "" ? null : (
          <>
            <Step name="Match before" isOff={isOff} onClick={() => void finder.step(-1)}>
              <IconChevronUp size={16} aria-hidden />
            </Step>
            <Step name="Next match" isOff={isOff} onClick={() => void finder.step(1)}>
              <IconChevronDown size={16} aria-hidden />
            </Step>
            <Step name="Find nothing more" isOff={false} onClick={clear}>
              <IconX size={16} aria-hidden />
            </Step>
          </>
        )}
      </div>
      {found === undefined ? null : <Match found={found} executionId={executionId} />}
      {finding.problem === undefined ? null : (
        <ProblemBox problem={finding.problem} action={<Again finder={finder} />} />
      )}
    </search>
  );
}

function Again({ finder }: Pick<FindBoxProps, "finder">): ReactNode {
  return (
    <Button size="xs" variant="default" onClick={() => void finder.step(1)}>
      Try again
    </Button>
  );
}

interface StepProps {
  readonly name: string;
  readonly isOff: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Step({ name, isOff, onClick, children }: StepProps): ReactNode {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      aria-label={name}
      disabled={isOff}
      onClick={onClick}
    >
      {children}
    </ActionIcon>
  );
}

/** What stands around it; an error stream is no part of the conversation, so it is to be had from there on. */
function Match({
  found: { round, of, at, text, from, length },
  executionId,
}: {
  readonly found: Found;
  readonly executionId: string;
}): ReactNode {
  const workspaceId = useWorkspaceId();
  const params = { workspaceId, executionId, round };
  return (
    <p className="find-match">
      <span className="quiet nowrap">Round {round}</span>
      <span className="gist mono">
        {text.slice(0, from)}
        <mark>{text.slice(from, from + length)}</mark>
        {text.slice(from + length)}
      </span>
      {of === "output" ? null : (
        <a
          className="nowrap"
          href={urlOf(ROUTES.downloadOutput, { params, query: { of, from: at } })}
          download
        >
          Error output from here
        </a>
      )}
    </p>
  );
}
