import { Accordion, Group, Title } from "@mantine/core";
import type { ReactNode } from "react";

import type { Happening, Sample } from "#contract/shapes/simulations.ts";

import { byDay, linesOfHappening, nameStep, SAMPLE_WORDS } from "./simulation-words.ts";

interface SamplesProps {
  readonly samples: readonly Sample[];
  /** How many were walked. */
  readonly of: number;
}

/** Some journeys in full: what each would get, on which day. */
export function Samples({ samples, of }: SamplesProps): ReactNode {
  if (samples.length === 0) return null;
  return (
    <section aria-labelledby="simulated-samples">
      <Title order={3} id="simulated-samples" mb={4}>
        {samples.length === of ? "Journey by journey" : `${samples.length} of them in full`}
      </Title>
      <Accordion variant="contained" order={4} keepMounted={false} defaultValue="0">
        {samples.map((sample, index) => (
          <Accordion.Item key={sample.entity?.id ?? index} value={String(index)}>
            <Accordion.Control>
              <Group gap="sm">
                <strong>{sample.entity?.name ?? "The plan itself"}</strong>
                <span className="chip simulated">{SAMPLE_WORDS[sample.outcome]}</span>
                {sample.reason === null ? null : <span className="quiet">{sample.reason}</span>}
              </Group>
            </Accordion.Control>
            <Accordion.Panel>
              {byDay(sample.happenings).map(({ day, happenings }) => (
                <div key={day} className="simulated-day">
                  <div className="label">Day {day}</div>
                  {happenings.map((happening) => (
                    <HappeningView key={happening.path} happening={happening} />
                  ))}
                </div>
              ))}
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </section>
  );
}

function HappeningView({ happening }: { readonly happening: Happening }): ReactNode {
  const lines = linesOfHappening(happening);
  return (
    <div className="happening" data-outcome={happening.outcome}>
      <div>
        <strong>{nameStep(happening)}</strong> <span className="quiet">{happening.text}</span>
      </div>
      {lines.length === 0 ? null : (
        <dl className="plan-lines">
          {lines.map(([name, words]) => (
            <div key={`${name} ${words}`} className={name === "warning" ? "warned" : undefined}>
              <dt>{name}</dt>
              <dd className="pre">{words}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
