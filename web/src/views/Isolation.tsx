// SPDX-License-Identifier: Apache-2.0
import { useMemo, useState } from "preact/hooks";

import type { Verdict } from "../api/types";
import { lineStyle } from "../data/colour";
import { isolationAt, isolationMatrix, worstIsolation } from "../data/isolation";
import { limitLines } from "../data/requirement";
import { nearestIndex, sweepOf } from "../data/series";
import { frequencyText } from "../data/units";
import { Curves } from "../plots/Curves";
import type { Axis, Curve } from "../plots/curve";
import { HeatMap } from "../plots/HeatMap";
import { usePorts, useSolveRun, useStore } from "../state/select";
import { useSignal } from "../state/signal";
import { useDark } from "../state/theme";
import { Empty } from "./Empty";
import { Focus } from "./Focus";

const xAxis: Axis = { label: "Frequency", unit: "Hz" };
const yAxis: Axis = { label: "Isolation −20 log |S|", unit: "dB" };
const none: string[] = [];

/** Receiving and transmitting port of a requirement's deciding pair. */
const pairOf = (verdict: Verdict | null): readonly [string, string] | null =>
  verdict?.requirement === "isolation" && verdict.port !== null && verdict.other_port !== null ? [verdict.other_port, verdict.port] : null;

/** What passes between every two ports, at one frequency or at the worst. */
export function Isolation() {
  const store = useStore();
  const run = useSolveRun();
  const wanted = useSignal(store.frequency);
  const isDark = useDark();
  const [worst, setWorst] = useState(true);
  const [pair, setPair] = useState<readonly [string, string] | null>(() => pairOf(store.focus.value));
  const focus = useSignal(store.focus);
  const limits = useMemo(() => limitLines(focus, "isolation"), [focus]);
  const sweep = useMemo(() => sweepOf(run?.result), [run]);
  const shown = usePorts(sweep?.ports ?? none);
  const index = sweep ? nearestIndex(sweep.frequency, wanted ?? sweep.frequency[0]!) : -1;
  const matrix = useMemo(() => (sweep ? (worst ? worstIsolation(sweep) : isolationMatrix(sweep, index)) : []), [sweep, worst, index]);
  // the worst pair is looked at until another is chosen
  const looked = useMemo((): readonly [string, string] | null => {
    if (!sweep) return null;
    if (pair && shown.includes(pair[0]) && shown.includes(pair[1])) return pair;
    let best: readonly [string, string] | null = null;
    let least = Infinity;
    sweep.ports.forEach((to, i) =>
      sweep.ports.forEach((from, j) => {
        const value = matrix[i]?.[j]?.value;
        if (value !== null && value !== undefined && value < least && shown.includes(to) && shown.includes(from)) {
          least = value;
          best = [to, from];
        }
      }),
    );
    return best;
  }, [sweep, matrix, pair, shown]);
  const curves = useMemo((): Curve[] => {
    if (!sweep || !looked) return [];
    const to = sweep.ports.indexOf(looked[0]);
    const from = sweep.ports.indexOf(looked[1]);
    const rows = sweep.frequency.map((_, i) => isolationAt(sweep, to, from, i));
    const known = rows.some((row) => row.error !== null);
    const bar = (sign: 1 | -1) => rows.map((row) => (row.value === null || row.error === null ? null : row.value + sign * row.error));
    return [
      {
        label: `${looked[1]} → ${looked[0]}`,
        x: sweep.frequency,
        y: rows.map((row) => row.value),
        ...(known ? { least: bar(-1), most: bar(1) } : {}),
        ...lineStyle(0, isDark),
      },
    ];
  }, [sweep, looked, isDark]);

  if (!sweep || sweep.ports.length < 2)
    return (
      <Empty action="Solve" onAction={() => void store.run("solve")}>
        Isolation needs two ports or more, each with a source, and <code>s_parameters</code> among the requests. Then press Solve.
      </Empty>
    );
  const numbers = shown.map((port) => sweep.ports.indexOf(port));
  const choice = (
    <div class="chips" role="group" aria-label="Which frequency">
      <button type="button" aria-pressed={worst} onClick={() => setWorst(true)}>
        Worst over band
      </button>
      <button type="button" aria-pressed={!worst} onClick={() => setWorst(false)}>
        At {frequencyText(sweep.frequency[index])}
      </button>
    </div>
  );
  return (
    <>
      <Focus view="isolation" />
      <div class="columns even">
        <HeatMap
          title={worst ? "Isolation, worst over band" : `Isolation at ${frequencyText(sweep.frequency[index])}`}
          rows={shown}
          columns={shown}
          rowTitle="receives"
          columnTitle="transmits"
          unit="dB"
          cell={(i, j) => {
            const here = matrix[numbers[i]!]?.[numbers[j]!];
            return here ? { value: here.value, detail: here.frequency === null ? "" : frequencyText(here.frequency) } : null;
          }}
          selected={looked ? [shown.indexOf(looked[0]), shown.indexOf(looked[1])] : null}
          onPick={(i, j) => {
            if (i !== j) setPair([shown[i]!, shown[j]!]);
          }}
          controls={choice}
        />
        {looked && <Curves title={`Isolation ${looked[1]} → ${looked[0]}`} curves={curves} x={xAxis} y={yAxis} limits={limits} marker={wanted} onPick={(at) => store.frequency.set(at)} />}
      </div>
    </>
  );
}
