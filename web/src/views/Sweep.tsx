// SPDX-License-Identifier: Apache-2.0
import { useMemo, useState } from "preact/hooks";

import type { Complex } from "../api/types";
import { lineStyle } from "../data/colour";
import { decibelBand, impedanceError, impedanceOf, returnLossBand, symmetricBand, vswrBand, type Banded } from "../data/radio";
import { limitLines } from "../data/requirement";
import { entry, sweepOf, type Sweep as SweepData } from "../data/series";
import { Curves } from "../plots/Curves";
import type { Axis, Curve } from "../plots/curve";
import { Smith } from "../plots/Smith";
import { usePorts, useSolveRun, useStore } from "../state/select";
import { useSignal } from "../state/signal";
import { useDark } from "../state/theme";
import { Empty } from "./Empty";
import { Focus } from "./Focus";

type Quantity = "vswr" | "return_loss" | "reflection" | "impedance" | "transmission";

interface Choice {
  title: string;
  axis: Axis;
  band: (s: Complex, error: number | null, z0: number) => Banded[];
  /** of the bands, what their curves are called behind the port */
  parts: readonly string[];
}

const impedanceBand = (s: Complex, error: number | null, z0: number): Banded[] => {
  const z = impedanceOf(s, z0);
  const bar = error === null ? null : impedanceError(s, error, z0);
  return [symmetricBand(z?.[0] ?? null, bar), symmetricBand(z?.[1] ?? null, bar)];
};

export const choices: Record<Quantity, Choice> = {
  vswr: { title: "VSWR", axis: { label: "VSWR", unit: "", least: 1, most: 10 }, band: (s, e) => [vswrBand(s, e)], parts: [""] },
  return_loss: { title: "Return loss", axis: { label: "Return loss", unit: "dB", span: 120 }, band: (s, e) => [returnLossBand(s, e)], parts: [""] },
  reflection: { title: "|Sᵢᵢ|", axis: { label: "|Sᵢᵢ|", unit: "dB", span: 120 }, band: (s, e) => [decibelBand(s, e)], parts: [""] },
  impedance: { title: "Impedance", axis: { label: "Z with all other ports at z0", unit: "Ω" }, band: impedanceBand, parts: [" R", " X"] },
  transmission: { title: "|Sᵢⱼ|", axis: { label: "|Sᵢⱼ|", unit: "dB", span: 120 }, band: (s, e) => [decibelBand(s, e)], parts: [""] },
};

/** Curves of one entry of S. */
export function curvesOf(sweep: SweepData, to: number, from: number, choice: Choice, name: string, index: number, isDark: boolean, points: boolean): Curve[] {
  const rows = entry(sweep, to, from).map(({ s, error }) => (s ? choice.band(s, error, sweep.z0[to] ?? 50) : []));
  return choice.parts.map((part, k) => {
    const known = rows.some((row) => row[k]?.least !== null || row[k]?.most !== null);
    const style = lineStyle(index, isDark);
    return {
      label: `${name}${part}`,
      x: sweep.frequency,
      y: rows.map((row) => row[k]?.value ?? null),
      ...(known ? { least: rows.map((row) => row[k]?.least ?? null), most: rows.map((row) => row[k]?.most ?? null) } : {}),
      colour: style.colour,
      dash: k === 1 ? [3, 3] : style.dash,
      points,
    };
  });
}

/** Matching and transmission over frequency, Smith chart, and measurements laid over them. */
export function Sweep() {
  const store = useStore();
  const run = useSolveRun();
  const frequency = useSignal(store.frequency);
  const overlay = useSignal(store.overlay);
  const isDark = useDark();
  const [quantity, setQuantity] = useState<Quantity>(store.focus.value?.requirement === "return_loss" ? "return_loss" : "vswr");
  const focus = useSignal(store.focus);
  const limits = useMemo(() => limitLines(focus, quantity), [focus, quantity]);
  const [log, setLog] = useState(false);
  const sweep = useMemo(() => sweepOf(run?.result), [run]);
  const ports = usePorts(sweep?.ports ?? none);
  const choice = choices[quantity];

  const curves = useMemo(() => {
    const list: Curve[] = [];
    const add = (data: SweepData, suffix: string, points: boolean) => {
      data.ports.forEach((to, i) => {
        if (quantity !== "transmission") {
          if (ports.includes(to) || (points && data.ports.length === 1)) list.push(...curvesOf(data, i, i, choice, `${to}${suffix}`, list.length / choice.parts.length, isDark, points));
          return;
        }
        data.ports.forEach((from, j) => {
          if (j < i && ports.includes(to) && ports.includes(from)) list.push(...curvesOf(data, i, j, choice, `${from} → ${to}${suffix}`, list.length, isDark, points));
        });
      });
    };
    if (sweep) add(sweep, "", false);
    if (overlay) add(named(overlay.sweep, ports), ` (${overlay.name})`, true);
    return list;
  }, [sweep, overlay, ports, quantity, isDark]);
  const traces = useMemo(() => {
    const of = (data: SweepData, suffix: string, start: number) =>
      data.ports.flatMap((port, i) =>
        ports.includes(port)
          ? [{ label: `${port}${suffix}`, z0: data.z0[i] ?? 50, ...lineStyle(start + ports.indexOf(port), isDark), frequency: data.frequency, gamma: entry(data, i, i).map((each) => each.s) }]
          : [],
      );
    return [...(sweep ? of(sweep, "", 0) : []), ...(overlay ? of(named(overlay.sweep, ports), ` (${overlay.name})`, ports.length) : [])];
  }, [sweep, overlay, ports, isDark]);
  const x = useMemo((): Axis => ({ label: "Frequency", unit: "Hz", log }), [log]);

  if (!sweep)
    return (
      <Empty action="Solve" onAction={() => void store.run("solve")}>
        There are no S-parameters yet. Ask for <code>s_parameters</code> in <code>requests</code> (in a deck, FR and XQ with a source in each antenna), then press Solve.
      </Empty>
    );
  return (
    <>
      <Focus view="sweep" />
      <div class="bar">
        <div class="chips" role="group" aria-label="Quantity">
          {(Object.keys(choices) as Quantity[])
            .filter((key) => key !== "transmission" || sweep.ports.length > 1)
            .map((key) => (
              <button key={key} type="button" aria-pressed={key === quantity} onClick={() => setQuantity(key)}>
                {choices[key].title}
              </button>
            ))}
        </div>
        <label class="check">
          <input type="checkbox" checked={log} onChange={(event) => setLog(event.currentTarget.checked)} />
          Logarithmic frequency
        </label>
        {store.source.live && <Measured />}
      </div>
      <div class="columns">
        {curves.length > 0 ? (
          <Curves title={choice.title} curves={curves} x={x} y={choice.axis} limits={limits} marker={frequency} onPick={(at) => store.frequency.set(at)} height={360} />
        ) : (
          <Empty>Choose two ports or more to see what passes between them.</Empty>
        )}
        <Smith title="Smith chart" traces={traces} marker={frequency} />
      </div>
    </>
  );
}

const none: string[] = [];

/** A measurement whose ports are only numbered takes the names of ours, in their order. */
function named(sweep: SweepData, ports: readonly string[]): SweepData {
  const numbered = sweep.ports.every((port, i) => port === String(i + 1));
  return numbered ? { ...sweep, ports: sweep.ports.map((port, i) => ports[i] ?? port) } : sweep;
}

/** Where a Touchstone file is chosen; it may also be dropped anywhere on the page. */
function Measured() {
  const store = useStore();
  const overlay = useSignal(store.overlay);
  const take = async (file: File | undefined) => {
    if (!file) return;
    await store.overlayTouchstone(file.name, await file.text());
  };
  if (overlay)
    return (
      <button type="button" onClick={() => store.overlay.set(null)}>
        Remove {overlay.name}
      </button>
    );
  return (
    <label class="drop">
      Measured .sNp
      <input type="file" accept=".s1p,.s2p,.s3p,.s4p,.s5p,.s6p,.s7p,.s8p,.s9p,.ts,.snp" onChange={(event) => void take(event.currentTarget.files?.[0])} />
    </label>
  );
}
