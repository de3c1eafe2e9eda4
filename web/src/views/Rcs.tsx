// SPDX-License-Identifier: Apache-2.0
import { useMemo, useState } from "preact/hooks";

import type { RunDocument } from "../api/types";
import { lineStyle } from "../data/colour";
import { echoing, heldAngles, polarisations, rcsOf, rcsStatistics, rcsTrace, sweptAngle, type Polarisation, type RcsSet } from "../data/rcs";
import { nearestIndex } from "../data/series";
import { fixed, frequencyText, nothing, significant } from "../data/units";
import { Curves } from "../plots/Curves";
import type { Axis, Curve } from "../plots/curve";
import { HeatMap } from "../plots/HeatMap";
import { Polar, type PolarTrace } from "../plots/Polar";
import { useRcsRuns, useStore } from "../state/select";
import { useSignal } from "../state/signal";
import { useDark } from "../state/theme";
import { Empty } from "./Empty";

const yAxis: Axis = { label: "Cross-section", unit: "dBsm", span: 80 };

/** Cross-sections over angle and frequency, of two runs if wanted. */
export function Rcs() {
  const store = useStore();
  const runs = useRcsRuns();
  return (
    <>
      {store.source.live && <Ask />}
      {runs.length > 0 ? (
        <Plots runs={runs} />
      ) : (
        <Empty>
          There are no cross-sections yet. Choose directions above and press Compute, or ask for <code>rcs</code> in <code>requests</code> and press Solve.
        </Empty>
      )}
    </>
  );
}

type Range = [number, number, number];

function Ask() {
  const store = useStore();
  const [theta, setTheta] = useState<Range>([85, 85, 1]);
  const [phi, setPhi] = useState<Range>([0, 355, 5]);
  const [everywhere, setEverywhere] = useState(false);
  const geometry = useSignal(store.geometry);
  const chosen = useSignal(store.frequency);
  const all = geometry?.frequencies_hz ?? [];
  // a sweep of hundreds of frequencies is not what a press on Compute should begin by itself
  const one = chosen ?? all[0];
  const field = (name: string, value: Range, set: (value: Range) => void) => (
    <fieldset class="range">
      <legend>{name} [°]</legend>
      {(["from", "to", "step"] as const).map((part, i) => (
        <label key={part}>
          {part}
          <input
            type="number"
            value={value[i]}
            step="any"
            min={i === 2 ? 0.01 : -360}
            max={720}
            required
            onChange={(event) => {
              const next: Range = [...value];
              next[i] = event.currentTarget.valueAsNumber;
              set(next);
            }}
          />
        </label>
      ))}
    </fieldset>
  );
  return (
    <form
      class="bar"
      onSubmit={(event) => {
        event.preventDefault();
        if ([...theta, ...phi].every(Number.isFinite)) void store.run("rcs", { rcs: { theta, phi, ...(everywhere || one === undefined ? {} : { frequency_hz: [one] }) } });
      }}
    >
      {field("θ", theta, setTheta)}
      {field("φ", phi, setPhi)}
      {all.length > 1 && one !== undefined && (
        <label>
          at
          <select value={everywhere ? "all" : "one"} onChange={(event) => setEverywhere(event.currentTarget.value === "all")}>
            <option value="one">{frequencyText(one)}</option>
            <option value="all">all {all.length} frequencies</option>
          </select>
        </label>
      )}
      <button type="submit" class="primary">
        Compute
      </button>
    </form>
  );
}

const title = (run: RunDocument) => {
  const set = Object.entries(run.set ?? {}).map(([name, value]) => `${name} = ${significant(value)}`);
  return `run ${run.run}${set.length ? ` (${set.join(", ")})` : ""}`;
};

function Plots({ runs }: { runs: readonly RunDocument[] }) {
  const store = useStore();
  const wanted = useSignal(store.frequency);
  const isDark = useDark();
  const [chosen, setChosen] = useState<number | null>(null);
  const [other, setOther] = useState<number | null>(null);
  const [shown, setShown] = useState<readonly Polarisation[]>(["vv", "hh"]);
  const [held, setHeld] = useState<number | null>(null);
  const run = runs.find((each) => each.run === chosen) ?? runs[0]!;
  const second = runs.find((each) => each.run === other && each !== run);
  const sets = useMemo(() => rcsOf(run.result), [run]);
  const secondSets = useMemo(() => rcsOf(second?.result), [second]);
  const frequencies = sets.map((set) => set.frequency);
  const set = sets[Math.max(0, nearestIndex(frequencies, wanted ?? frequencies[0] ?? 0))]!;
  const swept = sweptAngle(set.rows);
  const angles = heldAngles(set.rows, swept);
  const at = held !== null && angles.includes(held) ? held : angles[0]!;
  const [symbol, otherSymbol] = swept === "phi_deg" ? ["φ", "θ"] : ["θ", "φ"];
  const there = echoing(set.rows);
  const used = there.filter((p) => shown.includes(p));
  const first = used[0] ?? there[0] ?? "vv";
  const partner = secondSets[nearestIndex(secondSets.map((each) => each.frequency), set.frequency)];

  const curves = useMemo((): Curve[] => {
    const of = (data: RcsSet, suffix: string, start: number) =>
      used.map((p, i): Curve => {
        const trace = rcsTrace(data.rows, p, swept, at);
        const known = trace.error.some((error) => error !== null);
        const bar = (sign: 1 | -1) => trace.value.map((value, k) => (value === null || trace.error[k] === null ? null : value + sign * trace.error[k]!));
        return { label: `${p.toUpperCase()}${suffix}`, x: trace.angle, y: trace.value, ...(known ? { least: bar(-1), most: bar(1) } : {}), ...lineStyle(start + i, isDark) };
      });
    return [...of(set, second ? `, ${title(run)}` : "", 0), ...(second && partner ? of(partner, `, ${title(second)}`, used.length) : [])];
  }, [set, partner, shown, at, isDark, second]);
  const traces: PolarTrace[] = curves.map((curve) => {
    const points = curve.x.map((angle, i) => ({ angle, value: curve.y[i] ?? null }));
    const step = points.length > 1 ? points[1]!.angle - points[0]!.angle : 360;
    const closed = points.length > 2 && 360 - (points[points.length - 1]!.angle - points[0]!.angle) <= step * 1.01;
    if (closed && points[points.length - 1]!.angle - points[0]!.angle < 360) points.push({ angle: points[0]!.angle + 360, value: points[0]!.value });
    return { label: curve.label, colour: curve.colour, dash: curve.dash, cut: { points, at, closed } };
  });
  const x = useMemo((): Axis => ({ label: `${swept === "phi_deg" ? "Azimuth φ" : "Polar angle θ"}`, unit: "°" }), [swept]);
  const map = useMemo(() => sets.map((each) => rcsTrace(each.rows, first, swept, at)), [sets, first, swept, at]);
  const columns = map[0]?.angle ?? [];
  const choose = (p: Polarisation) => setShown(shown.includes(p) ? shown.filter((each) => each !== p) : [...shown, p]);
  const runOptions = runs.map((each) => (
    <option key={each.run} value={String(each.run)}>
      {title(each)}
    </option>
  ));
  return (
    <>
      <div class="bar">
        {runs.length > 1 && (
          <>
            <label>
              Show
              <select value={String(run.run)} onChange={(event) => setChosen(Number(event.currentTarget.value))}>
                {runOptions}
              </select>
            </label>
            <label>
              Beside it
              <select value={second ? String(second.run) : ""} onChange={(event) => setOther(event.currentTarget.value === "" ? null : Number(event.currentTarget.value))}>
                <option value="">nothing</option>
                {runOptions}
              </select>
            </label>
          </>
        )}
        {frequencies.length > 1 && (
          <label>
            Frequency
            <input type="range" min={0} max={frequencies.length - 1} value={frequencies.indexOf(set.frequency)} aria-valuetext={frequencyText(set.frequency)} onInput={(event) => store.frequency.set(frequencies[Number(event.currentTarget.value)]!)} />
            <output>{frequencyText(set.frequency)}</output>
          </label>
        )}
        {angles.length > 1 && (
          <label>
            {otherSymbol}
            <select value={String(at)} onChange={(event) => setHeld(Number(event.currentTarget.value))}>
              {angles.map((angle) => (
                <option key={angle} value={String(angle)}>
                  {significant(angle)}°
                </option>
              ))}
            </select>
          </label>
        )}
        <div class="chips" role="group" aria-label="Polarisations, received and transmitted">
          {there.map((p) => (
            <button key={p} type="button" aria-pressed={used.includes(p)} onClick={() => choose(p)}>
              {p.toUpperCase()}
            </button>
          ))}
        </div>
      </div>
      <p class="muted">
        {set.monostatic ? "Monostatic" : "Bistatic"}, {frequencyText(set.frequency)}, {otherSymbol} = {significant(at)}°
        {there.length < 4 && `; no echo in ${polarisations.filter((p) => !there.includes(p)).join(", ").toUpperCase()}`}
      </p>
      <div class="columns even">
        <Polar title={`Cross-section over ${symbol}`} traces={traces} unit="dBsm" range={40} layout={swept === "phi_deg" ? "azimuth" : "elevation"} />
        <Curves title={`Cross-section at ${frequencyText(set.frequency)}`} curves={curves} x={x} y={yAxis} />
        {sets.length > 1 && (
          <HeatMap
            title={`${first.toUpperCase()} over ${symbol} and frequency`}
            rows={[...sets].reverse().map((each) => significant(each.frequency / 1e6, 7))}
            columns={columns.map((angle) => significant(angle))}
            rowTitle="Frequency [MHz]"
            columnTitle={`${symbol} [°]`}
            unit="dBsm"
            numbers={false}
            cell={(i, j) => ({ value: map[sets.length - 1 - i]?.value[j] ?? null })}
          />
        )}
        <section class="card">
          <h3>Over all directions at {frequencyText(set.frequency)}</h3>
          <div class="scroll" tabIndex={0} role="group" aria-label="Table, scrolls">
            <table>
              <thead>
                <tr>
                  <th scope="col">[dBsm]</th>
                  {["Least", "Median", "90 %", "Greatest", "Mean of σ"].map((name) => (
                    <th key={name} scope="col">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {there.map((p) => {
                  const s = rcsStatistics(set.rows.map((row) => row[`${p}_dbsm`]));
                  return (
                    <tr key={p}>
                      <th scope="row">{p.toUpperCase()}</th>
                      {[s.least, s.median, s.percentile90, s.greatest, s.mean].map((value, i) => (
                        <td key={i}>{value === null ? nothing : fixed(value, 1)}</td>
                      ))}
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
        </section>
      </div>
    </>
  );
}
