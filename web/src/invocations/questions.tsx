import { TextInput } from "@mantine/core";
import { IconHelpCircle } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import { urlOf } from "#contract/client.ts";
import { ROUTES } from "#contract/routes.ts";
import type {
  InvocationAnswer,
  InvocationQuestion,
} from "#contract/shapes/invocation-questions.ts";
import type { Invocation } from "#contract/shapes/invocations.ts";

import { api } from "../api/api.ts";
import { problemOf } from "../api/problems.ts";
import { ActButton } from "../parts/act-button.tsx";
import { ProblemBox } from "../parts/problem-box.tsx";
import { When } from "../parts/when.tsx";
import { usePermission, useWorkspaceId } from "../session/workspace.tsx";
import { LongText } from "./long-text.tsx";
import { useReread } from "./reread.ts";
import { wanted } from "./tool-input.ts";

interface QuestionsProps {
  readonly invocation: Invocation;
}

/** What it asks and waits for. */
export function Questions({ invocation }: QuestionsProps): ReactNode {
  const { questions } = invocation;
  return (
    <div className="questions" aria-live="polite">
      {questions.map((question) => (
        <Card
          key={`${question.round} ${question.request}`}
          question={question}
          invocation={invocation}
        />
      ))}
    </div>
  );
}

interface CardProps extends QuestionsProps {
  readonly question: InvocationQuestion;
}

function Card({ question, invocation }: CardProps): ReactNode {
  const { tool, since, places } = question;
  const [why, setWhy] = useState("");
  const answer = useAnswer(invocation.id, question);
  const permission = usePermission("invocations:run");
  const name = `May it use ${tool}?`;
  return (
    <section className="question" data-tone="amber" aria-label={name}>
      <div className="question-head">
        <IconHelpCircle size={16} aria-hidden />
        <strong>{name}</strong>
        <span className="quiet" aria-live="off">
          It asked <When at={since} /> and waits.
        </span>
      </div>
      <div className="lines">
        <LongText text={wanted(question)} shown={3000} />
      </div>
      {question.whole === "output" ? <Rest invocation={invocation} question={question} /> : null}
      {places.length === 0 ? null : (
        <div className="quiet wrap-anywhere">In {places.join(", ")}</div>
      )}
      {answer.error === null ? null : <ProblemBox problem={problemOf(answer.error)} />}
      <div className="question-acts">
        <ActButton
          permission={permission}
          size="xs"
          loading={answer.isPending}
          onClick={() => answer.mutate({ decision: "allow" })}
        >
          Allow
        </ActButton>
        <ActButton
          permission={permission}
          size="xs"
          variant="default"
          disabled={answer.isPending}
          onClick={() => answer.mutate({ decision: "deny", ...(why.trim() !== "" && { why }) })}
        >
          Deny
        </ActButton>
        {permission.allowed ? (
          <TextInput
            size="xs"
            aria-label="Why it is denied"
            placeholder={isTold(invocation) ? "Why not: it is told" : "Why not: for the record"}
            maxLength={2000}
            value={why}
            onChange={(event) => setWhy(event.currentTarget.value)}
          />
        ) : null}
      </div>
    </section>
  );
}

/** The Agent Client Protocol has no words for it. */
const isTold = ({ cli }: Invocation): boolean => cli === "claude";

/** Nobody need allow what is not shown. */
function Rest({ invocation, question }: CardProps): ReactNode {
  const href = urlOf(ROUTES.downloadOutput, {
    params: {
      workspaceId: useWorkspaceId(),
      executionId: invocation.id,
      round: question.round,
    },
    query: { of: "output" },
  });
  return (
    <div className="notice" data-tone="grey">
      This is not all of it.{" "}
      <a href={href} download>
        Download what it wrote
      </a>
    </div>
  );
}

/** Once it is answered, by whomever, the question is gone. */
function useAnswer(executionId: string, { round, request }: InvocationQuestion) {
  const workspaceId = useWorkspaceId();
  const reread = useReread(executionId);
  return useMutation({
    mutationFn: (given: Pick<InvocationAnswer, "decision" | "why">) =>
      api.answerQuestion({
        params: { workspaceId, executionId },
        body: { round, request, ...given },
      }),
    onSettled: reread,
  });
}
