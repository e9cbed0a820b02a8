import { Stack, Table, Title } from "@mantine/core";
import type { ReactNode } from "react";

import type { SimulationWalk } from "#contract/shapes/simulations.ts";

import { ProblemBox } from "../../parts/problem-box.tsx";
import { StintBar } from "../../parts/stint-bar.tsx";
import { Samples } from "./sample-view.tsx";
import { figuresOf, nameStep, phraseDays, phraseLimit } from "./simulation-words.ts";

interface WalkProps {
  readonly walk: SimulationWalk;
}

/** One way through the plan: what it would come to, step by step, and for some of them in full. */
export function WalkView({ walk }: WalkProps): ReactNode {
  const { summary, error, journeys, days, figures } = walk;
  const would = summary.charAt(0).toUpperCase() + summary.slice(1);
  return (
    <Stack gap="md">
      <p className="simulation-sum">{would.replace(/\.?$/, ".")}</p>
      {error === null ? null : <WouldFail error={error} />}
      <dl className="figures">
        <Figure name={journeys.walked === 1 ? "journey" : "journeys"} count={journeys.walked} />
        {figuresOf(figures).map(({ name, count }) => (
          <Figure key={name} name={name} count={count} />
        ))}
        <Figure name="from first to last" count={phraseDays(days)} />
      </dl>
      <Sending walk={walk} />
      <Steps walk={walk} />
      <LeftOut walk={walk} />
      <Samples samples={walk.samples} of={journeys.walked} />
    </Stack>
  );
}

function Figure({
  name,
  count,
}: {
  readonly name: string;
  readonly count: string | number;
}): ReactNode {
  return (
    <div>
      <dd>{count.toLocaleString("en-US")}</dd>
      <dt>{name}</dt>
    </div>
  );
}

function WouldFail({ error }: { readonly error: NonNullable<SimulationWalk["error"]> }): ReactNode {
  const problem = {
    title: "It would fail",
    detail: error.message,
    ...(error.suggestion === null ? {} : { suggestion: error.suggestion }),
  };
  return <ProblemBox problem={problem} />;
}

function Sending({ walk: { sending } }: WalkProps): ReactNode {
  if (sending.emails === 0) return null;
  const limit = phraseLimit(sending);
  const most = Math.max(...sending.byDay.map(({ emails }) => emails), 1);
  return (
    <section aria-label="Emails a day">
      <Title order={3} mb={4}>
        Emails a day
      </Title>
      {limit === undefined ? null : <p className={sending.pauses ? "warned" : "quiet"}>{limit}</p>}
      <div className="by-day">
        {sending.byDay.map(({ day, date, emails }) => (
          <div key={day}>
            <span title={date}>Day {day}</span>
            <StintBar
              part={emails / most}
              label={`Day ${day}: ${emails} emails`}
              tone="slate"
              wide
            />
            <span className="num">{emails.toLocaleString("en-US")}</span>
          </div>
        ))}
      </div>
    </section>
  );
}

function Steps({ walk: { steps } }: WalkProps): ReactNode {
  return (
    <section aria-labelledby="simulated-steps">
      <Title order={3} id="simulated-steps" mb={4}>
        Step by step
      </Title>
      <Table className="rows" aria-labelledby="simulated-steps" verticalSpacing={5}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Step</Table.Th>
            <Table.Th className="num">Would reach</Table.Th>
            <Table.Th className="num">Would do</Table.Th>
            <Table.Th className="num">Would fail</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {steps.map(({ path, type, reached, done, failed, held, warnings }) => (
            <Table.Tr key={path}>
              <Table.Td>
                {nameStep({ path, type })}
                {held === null ? null : <span className="quiet"> holds for {held}</span>}
                {warnings.map(({ message, count }) => (
                  <div key={message} className="warned">
                    {message}
                    {count > 1 ? ` (${count} times)` : ""}
                  </div>
                ))}
              </Table.Td>
              <Table.Td className="num">{reached}</Table.Td>
              <Table.Td className="num">{done}</Table.Td>
              <Table.Td className="num">{failed === 0 ? "–" : failed}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function LeftOut({ walk: { leftOut, warnings } }: WalkProps): ReactNode {
  if (leftOut.length === 0 && warnings.length === 0) return null;
  return (
    <section aria-labelledby="simulated-left-out">
      <Title order={3} id="simulated-left-out" mb={4}>
        Who would be left out, and what to look at
      </Title>
      <ul className="plain-list">
        {leftOut.map(({ reason, step, count }) => (
          <li key={`${reason} ${step}`}>
            <strong>{count}</strong> {reason}
            {step === null ? null : <span className="quiet"> at step {step}</span>}
          </li>
        ))}
        {warnings.map(({ message, count }) => (
          <li key={message} className="warned">
            <strong>{count}</strong> {message}
          </li>
        ))}
      </ul>
    </section>
  );
}
