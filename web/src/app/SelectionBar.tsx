// SPDX-License-Identifier: Apache-2.0
import { useMemo } from "preact/hooks";

import type { RunDocument } from "../api/types";
import { frequenciesOf, nearestIndex } from "../data/series";
import { frequencyText, significant } from "../data/units";
import { useSolveRun, useStore } from "../state/select";
import { useSignal } from "../state/signal";

/** "Solve 3: out = 0.9" */
export function runTitle(run: RunDocument): string {
  const set = Object.entries(run.set ?? {}).map(([name, value]) => `${name} = ${significant(value)}`);
  const frequencies = frequenciesOf(run.result);
  const range =
    frequencies.length === 0 ? "" : frequencies.length === 1 ? `, ${frequencyText(frequencies[0])}` : `, ${frequencyText(frequencies[0])} – ${frequencyText(frequencies[frequencies.length - 1])}`;
  return `Run ${run.run}${range}${set.length > 0 ? `: ${set.join(", ")}` : ""}`;
}

/** All ports of a run, in their order. */
export function portsOf(run: RunDocument | null): string[] {
  const names = new Set<string>();
  for (const solve of run?.result?.solves ?? []) for (const port of solve.ports ?? solve.sources.map((source) => source.port)) names.add(port);
  return [...names];
}

/** Which run, frequency and ports the views show. */
export function SelectionBar() {
  const store = useStore();
  const run = useSolveRun();
  const runs = useSignal(store.runs);
  const chosen = useSignal(store.ports);
  const frequency = useSignal(store.frequency);
  const frequencies = useMemo(() => frequenciesOf(run?.result), [run]);
  const ports = useMemo(() => portsOf(run), [run]);
  if (!run) return null;
  const solved = [...runs.values()].filter((each) => each.what === "solve" && each.result?.solves.length);
  const index = frequency === null ? -1 : nearestIndex(frequencies, frequency);
  const toggle = (port: string) => {
    const shown = chosen ?? ports;
    const next = shown.includes(port) ? shown.filter((each) => each !== port) : ports.filter((each) => each === port || shown.includes(each));
    store.ports.set(next.length === 0 || next.length === ports.length ? null : next);
  };
  return (
    <section class="selection" aria-label="What is shown">
      {solved.length > 1 && (
        <label>
          Run
          <select value={String(run.run)} onChange={(event) => store.chosen.set(Number(event.currentTarget.value))}>
            {solved.map((each) => (
              <option key={each.run} value={String(each.run)}>
                {runTitle(each)}
              </option>
            ))}
          </select>
        </label>
      )}
      {frequencies.length > 0 && (
        <label>
          Frequency
          {frequencies.length > 1 && (
            <input
              type="range"
              min={0}
              max={frequencies.length - 1}
              value={Math.max(0, index)}
              aria-valuetext={frequencyText(frequencies[index])}
              onInput={(event) => store.frequency.set(frequencies[Number(event.currentTarget.value)] ?? null)}
            />
          )}
          <output>{frequencyText(frequencies[index] ?? null)}</output>
        </label>
      )}
      {ports.length > 1 && (
        <div class="chips" role="group" aria-label="Ports">
          {ports.map((port) => (
            <button key={port} type="button" aria-pressed={chosen === null || chosen.includes(port)} onClick={() => toggle(port)}>
              {port}
            </button>
          ))}
        </div>
      )}
    </section>
  );
}
