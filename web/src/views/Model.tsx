// SPDX-License-Identifier: Apache-2.0
import { useMemo } from "preact/hooks";

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
  const solve = useMemo(() => {
    const frequencies = [...new Set(solves.map((each) => each.frequency_hz))];
    const frequency = frequencies[nearestIndex(frequencies, wanted ?? frequencies[0] ?? 0)];
    const here = solves.filter((each) => each.frequency_hz === frequency);
    return here.find((each) => each.driven_port === undefined || ports.includes(each.driven_port)) ?? here[0] ?? null;
  }, [solves, wanted, ports]);
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
      <Scene kind="model" solve={solve} />
      <section class="card">
        <h2>Findings</h2>
        <Findings geometry={geometry} />
      </section>
    </>
  );
}
