// SPDX-License-Identifier: Apache-2.0
import { useMemo, useState } from "preact/hooks";

import type { Solve } from "../api/types";
import { nearestIndex } from "../data/series";
import { usePorts, useSolveRun, useStore } from "../state/select";
import { useSignal } from "../state/signal";
import { Empty } from "./Empty";
import { Findings } from "./Findings";
import { Scene } from "./Scene";

const none: string[] = [];

/** The model in three dimensions with the currents of one solve, and its findings. */
export function Model() {
  const store = useStore();
  const geometry = useSignal(store.geometry);
  const wanted = useSignal(store.frequency);
  const run = useSolveRun();
  const solves = useMemo(() => (run?.result?.solves ?? []).filter((solve) => solve.currents.length > 0 || (solve.face_currents?.length ?? 0) > 0), [run]);
  const ports = usePorts(useMemo(() => solves[0]?.ports ?? none, [solves]));
  const [driven, setDriven] = useState<string | null>(null);
  const here = useMemo(() => {
    const frequencies = [...new Set(solves.map((each) => each.frequency_hz))];
    const frequency = frequencies[nearestIndex(frequencies, wanted ?? frequencies[0] ?? 0)];
    return solves.filter((each) => each.frequency_hz === frequency);
  }, [solves, wanted]);
  const solve = here.find((each) => each.driven_port !== undefined && each.driven_port === driven) ?? here.find((each) => each.driven_port === undefined || ports.includes(each.driven_port)) ?? here[0] ?? null;
  if (geometry === null) return <Empty>The model is being read …</Empty>;
  if (!geometry.good)
    return (
      <section class="card">
        <h2>There is no model yet</h2>
        <p>The file has errors. Press one to see its line.</p>
        <Findings geometry={geometry} />
      </section>
    );
  return (
    <>
      {here.length > 1 && <Driven solves={here} shown={solve} choose={setDriven} />}
      <Scene kind="model" solve={solve} />
      <section class="card">
        <h2>Findings</h2>
        <Findings geometry={geometry} />
      </section>
    </>
  );
}

/** Which port's currents are shown. */
function Driven({ solves, shown, choose }: { solves: readonly Solve[]; shown: Solve | null; choose(port: string): void }) {
  const names = [...new Set(solves.flatMap((each) => each.driven_port ?? []))];
  if (names.length < 2) return null;
  return (
    <div class="bar">
      <label>
        Currents of
        <select value={shown?.driven_port} onChange={(event) => choose(event.currentTarget.value)}>
          {names.map((name) => (
            <option key={name} value={name}>
              {name} driven
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
