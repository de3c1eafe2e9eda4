// SPDX-License-Identifier: Apache-2.0
import { useMemo, useState } from "preact/hooks";

import type { Verdict } from "../api/types";
import { lineStyle } from "../data/colour";
import { farFieldsOf } from "../data/farfield";
import { azimuthCut, beamwidth, coverage, elevationCut, frontToBack, largestOf, type Quantity } from "../data/pattern";
import { viewOf } from "../data/requirement";
import { nearestIndex } from "../data/series";
import { fixed, frequencyText, nothing, significant } from "../data/units";
import { Polar, type PolarTrace } from "../plots/Polar";
import { usePorts, useSolveRun, useStore } from "../state/select";
import { useSignal } from "../state/signal";
import { useDark } from "../state/theme";
import { Empty } from "./Empty";
import { Focus } from "./Focus";
import { Scene } from "./Scene";

const quantities: readonly (readonly [Quantity, string])[] = [
  ["total_dbi", "Total"],
  ["theta_dbi", "θ (vertical)"],
  ["phi_dbi", "φ (horizontal)"],
  ["major_dbi", "Major axis"],
  ["minor_dbi", "Minor axis"],
];

/** The requirement that led here, if its place is a direction. */
const focusOf = (verdict: Verdict | null) => (verdict !== null && viewOf(verdict) === "pattern" ? verdict : null);

/** Cuts of far fields of several ports and frequencies, and the whole of one. */
export function Pattern() {
  const store = useStore();
  const run = useSolveRun();
  const wanted = useSignal(store.frequency);
  const isDark = useDark();
  const [quantity, setQuantity] = useState<Quantity>("total_dbi");
  const [theta, setTheta] = useState(() => focusOf(store.focus.value)?.theta_deg ?? 90);
  const [phi, setPhi] = useState(() => focusOf(store.focus.value)?.phi_deg ?? 0);
  const [range, setRange] = useState(40);
  const [level, setLevel] = useState(() => String(focusOf(store.focus.value)?.gain_dbi ?? ""));
  const [extra, setExtra] = useState<readonly number[]>([]);

  const all = useMemo(() => farFieldsOf(run?.result), [run]);
  const frequencies = useMemo(() => [...new Set(all.map((each) => each.solve.frequency_hz))].sort((a, b) => a - b), [all]);
  const names = useMemo(() => [...new Set(all.map((each) => each.port))], [all]);
  const ports = usePorts(names);
  const main = frequencies[nearestIndex(frequencies, wanted ?? frequencies[0] ?? 0)];
  const shown = useMemo(() => all.filter((each) => ports.includes(each.port) && (each.solve.frequency_hz === main || extra.includes(each.solve.frequency_hz))), [all, ports, main, extra]);

  if (main === undefined)
    return (
      <Empty action="Solve" onAction={() => void store.run("solve")}>
        There is no far field yet. Ask for a <code>pattern</code> in <code>requests</code>, say <code>{"pattern: { step: 5 }"}</code> (in a deck, an RP card), then press Solve.
      </Empty>
    );
  const thetas = [...new Set(shown.flatMap((each) => each.pattern.theta_deg ?? []))].sort((a, b) => a - b);
  const phis = [...new Set(shown.flatMap((each) => each.pattern.phi_deg.map((angle) => ((angle % 360) + 360) % 360)))].sort((a, b) => a - b);
  const several = new Set(shown.map((each) => each.solve.frequency_hz)).size > 1;
  const traceOf = (cut: typeof azimuthCut, angle: number): PolarTrace[] =>
    shown.flatMap((each, i) => {
      const made = cut(each.pattern, angle, quantity);
      const label = several ? `${each.port}, ${frequencyText(each.solve.frequency_hz)}` : each.port;
      const repeated = shown.filter((other) => other.port === each.port && other.solve.frequency_hz === each.solve.frequency_hz);
      return made ? [{ label: repeated.length > 1 ? `${label} (${repeated.indexOf(each) + 1})` : label, ...lineStyle(i, isDark), cut: made }] : [];
    });
  const azimuth = traceOf(azimuthCut, theta);
  const elevation = traceOf(elevationCut, phi);
  const cutLevel = level.trim() === "" || Number.isNaN(Number(level.replace(",", "."))) ? null : Number(level.replace(",", "."));
  const first = shown[0];
  return (
    <>
      <Focus view="pattern" />
      <div class="bar">
        <label>
          Part of the field
          <select value={quantity} onChange={(event) => setQuantity(event.currentTarget.value as Quantity)}>
            {quantities
              .filter(([key]) => shown.some((each) => each.pattern[key]))
              .map(([key, title]) => (
                <option key={key} value={key}>
                  {title}
                </option>
              ))}
          </select>
        </label>
        <label>
          Centre at
          <select value={String(range)} onChange={(event) => setRange(Number(event.currentTarget.value))}>
            {[10, 20, 30, 40, 60].map((value) => (
              <option key={value} value={String(value)}>
                −{value} dB
              </option>
            ))}
          </select>
        </label>
        <label>
          Covered from
          <input type="text" inputMode="decimal" size={5} value={level} placeholder="dBi" onInput={(event) => setLevel(event.currentTarget.value)} />
        </label>
        {frequencies.length > 1 && <Overlaid frequencies={frequencies} main={main} extra={extra} set={setExtra} />}
      </div>
      <div class="columns even">
        {azimuth.length > 0 && (
          <Polar
            title={`Azimuth, θ = ${significant(azimuth[0]!.cut.at)}°`}
            traces={azimuth}
            unit="dBi"
            range={range}
            layout="azimuth"
            level={cutLevel}
            controls={<Angle name="θ" values={thetas} value={theta} set={setTheta} />}
          />
        )}
        {elevation.length > 0 && (
          <Polar
            title={`Elevation, φ = ${significant(elevation[0]!.cut.at)}°`}
            traces={elevation}
            unit="dBi"
            range={range}
            layout="elevation"
            level={cutLevel}
            controls={<Angle name="φ" values={phis} value={phi} set={setPhi} />}
          />
        )}
        {first && (
          <section class="card">
            <h3>
              Whole pattern of {first.port}, {frequencyText(first.solve.frequency_hz)}
            </h3>
            <Scene kind="pattern" solve={first.solve} pattern={first.pattern} quantity={quantity} range={range} />
          </section>
        )}
        <section class="card">
          <h3>Figures</h3>
          <div class="scroll" tabIndex={0} role="group" aria-label="Table, scrolls">
            <table>
              <thead>
                <tr>
                  <th scope="col">Pattern</th>
                  <th scope="col">Largest [dBi]</th>
                  <th scope="col">towards</th>
                  <th scope="col">Front to back [dB]</th>
                  <th scope="col">−3 dB in azimuth</th>
                  <th scope="col">{cutLevel === null ? "above −3 dBi" : `above ${significant(cutLevel)} dBi`}</th>
                </tr>
              </thead>
              <tbody>
                {shown.map((each) => {
                  const peak = largestOf(each.pattern, quantity);
                  const cut = azimuthCut(each.pattern, theta, quantity);
                  const width = cut ? beamwidth(cut) : null;
                  const share = coverage(each.pattern, cutLevel ?? -3, quantity);
                  return (
                    <tr key={each.key}>
                      <th scope="row">{several ? `${each.port}, ${frequencyText(each.solve.frequency_hz)}` : each.port}</th>
                      <td>{fixed(peak?.value, 2)}</td>
                      <td>{peak ? `θ ${significant(peak.theta)}°, φ ${significant(peak.phi)}°` : nothing}</td>
                      <td>{fixed(frontToBack(each.pattern, quantity), 1)}</td>
                      <td>{width ? `${fixed(width.width, 0)}°` : nothing}</td>
                      <td>{share === null ? nothing : `${fixed(100 * share, 1)} %`}</td>
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

/** As many frequencies have a button each; of more, those that are chosen. */
const buttonLimit = 8;

interface OverlaidProperties {
  frequencies: readonly number[];
  main: number;
  extra: readonly number[];
  set(extra: readonly number[]): void;
}

/** Frequencies whose patterns are laid over each other. */
function Overlaid({ frequencies, main, extra, set }: OverlaidProperties) {
  const many = frequencies.length > buttonLimit;
  const buttons = many ? frequencies.filter((frequency) => frequency === main || extra.includes(frequency)) : frequencies;
  const toggle = (frequency: number) => set(extra.includes(frequency) ? extra.filter((each) => each !== frequency) : [...extra, frequency]);
  return (
    <>
      {many && (
        <label>
          Lay over
          <select value="" onChange={(event) => toggle(Number(event.currentTarget.value))}>
            <option value="">another frequency</option>
            {frequencies
              .filter((frequency) => !buttons.includes(frequency))
              .map((frequency) => (
                <option key={frequency} value={String(frequency)}>
                  {frequencyText(frequency)}
                </option>
              ))}
          </select>
        </label>
      )}
      <div class="chips" role="group" aria-label="Frequencies laid over each other">
        {buttons.map((frequency) => (
          <button key={frequency} type="button" aria-pressed={frequency === main || extra.includes(frequency)} onClick={() => frequency !== main && toggle(frequency)}>
            {frequencyText(frequency)}
          </button>
        ))}
      </div>
    </>
  );
}

function Angle({ name, values, value, set }: { name: string; values: readonly number[]; value: number; set(value: number): void }) {
  if (values.length < 2) return null;
  const index = nearestIndex(values, value);
  return (
    <label class="angle">
      {name}
      <input type="range" min={0} max={values.length - 1} value={index} aria-valuetext={`${values[index]} degrees`} onInput={(event) => set(values[Number(event.currentTarget.value)]!)} />
    </label>
  );
}
