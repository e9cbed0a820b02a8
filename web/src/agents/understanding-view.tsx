import { Button, Stack } from "@mantine/core";
import type { ReactNode } from "react";

import { ProblemBox } from "../parts/problem-box.tsx";
import type { Edit } from "./edits.ts";
import { NoteCard } from "./note-card.tsx";
import { PlanSkeleton, type PlanUse, PlanView } from "./plan-view.tsx";
import { RemarksView } from "./remarks-view.tsx";
import { TriggerCard } from "./trigger-card.tsx";
import { type Answer, notesOf, remarksOf, type Understanding } from "./understanding.ts";

interface UnderstandingViewProps extends PlanUse {
  readonly answer: Answer;
  readonly onFix?: (edit: Edit) => void;
  readonly onAskAgain?: () => void;
  /** How it starts; by what the words say unless it is given. */
  readonly start?: ReactNode;
  readonly onEdit?: ((path: string) => void) | undefined;
  readonly open?: { readonly path: string; readonly form: ReactNode } | undefined;
}

export function UnderstandingView(props: UnderstandingViewProps): ReactNode {
  const { understanding } = props.answer;
  switch (understanding.state) {
    case "nothing":
      return <p className="quiet">The plan appears here while you write.</p>;
    case "reading":
      return <PlanSkeleton />;
    case "understood":
      return <Understood {...props} understanding={understanding} />;
    case "unknown":
      return (
        <ProblemBox
          problem={understanding.problem}
          action={<AskAgain onAsk={props.onAskAgain} />}
        />
      );
    case "refused":
      return <RefusalView {...props} understanding={understanding} />;
  }
}

type ViewOf<State> = UnderstandingViewProps & {
  readonly understanding: Extract<Understanding, { state: State }>;
};

function Understood(props: ViewOf<"understood">): ReactNode {
  const { answer, understanding, start, onFix, ...use } = props;
  const { plan } = understanding;
  const named = plan.trigger === undefined ? null : <TriggerCard trigger={plan.trigger} />;
  return (
    <>
      <PlanView {...use} plan={plan} start={start ?? named} notes={notesOf(answer)} onFix={onFix} />
      <RemarksView {...use} remarks={remarksOf(answer)} />
    </>
  );
}

function AskAgain({ onAsk }: { readonly onAsk: (() => void) | undefined }): ReactNode {
  if (onAsk === undefined) return null;
  return (
    <Button size="xs" variant="default" onClick={onAsk}>
      Try again
    </Button>
  );
}

function RefusalView(props: ViewOf<"refused">): ReactNode {
  const { answer, understanding, lit, onLight, onFind, onFix } = props;
  const { message } = understanding.refusal;
  return (
    <Stack gap="xs">
      <strong role="status">{message}</strong>
      {notesOf(answer).map((note) => (
        <NoteCard
          key={note.key}
          note={note}
          isLit={note.key === lit}
          onLight={onLight}
          onFind={onFind}
          onFix={onFix}
        />
      ))}
    </Stack>
  );
}
