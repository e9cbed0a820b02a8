import { SegmentedControl, Stack } from "@mantine/core";
import { IconTestPipe } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";

import type { Simulation } from "#contract/shapes/simulations.ts";

import { phraseSelections, WALK_WORDS } from "./simulation-words.ts";
import { WalkView } from "./walk-view.tsx";

/** What would happen, marked as such at its top and all along its edge; both ways where it depends on replies. */
export function SimulationView({ simulation }: { readonly simulation: Simulation }): ReactNode {
  const { walks, selections, complete, why, unsaved, agent } = simulation;
  const [chosen, choose] = useState(0);
  const walk = walks[chosen] ?? walks[0];
  return (
    <section className="simulation" aria-label="Simulation">
      <header className="simulation-mark">
        <IconTestPipe size={18} aria-hidden />
        <div>
          <strong>This is a simulation. Nothing was sent, changed or counted.</strong>
          <div>
            {phraseSelections(selections)}{" "}
            {unsaved || agent === null
              ? "Of words that are not saved."
              : `Of version ${agent.version}.`}
          </div>
          {complete || why === null ? null : <div>Cut short: {why}</div>}
        </div>
      </header>
      <Stack gap="md">
        {walks.length < 2 ? null : (
          <SegmentedControl
            fullWidth
            aria-label="Of replies it assumes"
            value={String(chosen)}
            onChange={(next) => choose(Number(next))}
            data={walks.map(({ assumes }, index) => ({
              value: String(index),
              label: WALK_WORDS[assumes],
            }))}
          />
        )}
        {walk === undefined ? null : <WalkView key={walk.assumes} walk={walk} />}
      </Stack>
    </section>
  );
}
