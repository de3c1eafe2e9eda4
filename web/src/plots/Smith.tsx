// SPDX-License-Identifier: Apache-2.0
import { line } from "d3-shape";
import { useMemo, useRef, useState } from "preact/hooks";

import type { Complex } from "../api/types";
import { magnitude } from "../data/complex";
import { csvText } from "../data/csv";
import { vswr } from "../data/radio";
import { nearestIndex } from "../data/series";
import { gammaOf, gridLines, gridValues, normalisedOf, reactanceEnd } from "../data/smith";
import { frequencyText, impedanceText, significant } from "../data/units";
import { toggled } from "./Curves";
import { Figure } from "./Figure";
import { Legend } from "./Legend";

export interface SmithTrace {
  label: string;
  z0: number;
  colour: string;
  dash: readonly number[];
  frequency: readonly number[];
  gamma: readonly (Complex | null)[];
}

interface Properties {
  title: string;
  traces: readonly SmithTrace[];
  /** frequency that is marked on each trace */
  marker: number | null;
}

const scale = 200;

/** Sample nearest to the marked frequency; -1 where the trace does not reach it. */
function markedIndex(frequency: readonly number[], marker: number | null): number {
  const first = frequency[0];
  const last = frequency[frequency.length - 1];
  return marker === null || first === undefined || marker < first || marker > last! ? -1 : nearestIndex(frequency, marker);
}

/** Reflection coefficients on a Smith chart. */
export function Smith({ title, traces, marker }: Properties) {
  const svg = useRef<SVGSVGElement>(null);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [cursor, setCursor] = useState<{ trace: SmithTrace; index: number } | null>(null);
  const grid = useMemo(() => gridLines(scale), []);
  const shown = traces.filter((trace) => !hidden.has(trace.label));

  const track = (event: PointerEvent) => {
    const matrix = svg.current?.getScreenCTM()?.inverse();
    if (!matrix) return;
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
    let best: { trace: SmithTrace; index: number } | null = null;
    let least = 30 ** 2;
    for (const trace of shown)
      trace.gamma.forEach((gamma, index) => {
        if (!gamma) return;
        const distance = (gamma[0] * scale - at.x) ** 2 + (-gamma[1] * scale - at.y) ** 2;
        if (distance < least) {
          least = distance;
          best = { trace, index };
        }
      });
    setCursor(best);
  };

  const move = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -Infinity, End: Infinity }[event.key];
    const turn = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step === undefined && turn === undefined) return;
    event.preventDefault();
    setCursor((before) => {
      const at = before === null ? 0 : Math.max(0, shown.findIndex((each) => each.label === before.trace.label));
      const trace = shown[Math.min(shown.length - 1, Math.max(0, at + (turn ?? 0)))];
      if (!trace) return null;
      return { trace, index: Math.min(trace.frequency.length - 1, Math.max(0, (before?.index ?? -1) + (step ?? 0))) };
    });
  };

  const path = line<Complex | null>()
    .defined((gamma) => gamma !== null)
    .x((gamma) => Number((gamma![0] * scale).toFixed(2)))
    .y((gamma) => Number((-gamma![1] * scale).toFixed(2)));
  const values = new Map<string, string>();
  let at: string | null = null;
  const tell = (trace: SmithTrace, index: number) => {
    const gamma = trace.gamma[index];
    const z = gamma ? normalisedOf(gamma) : null;
    if (gamma) values.set(trace.label, `${z ? impedanceText([z[0] * trace.z0, z[1] * trace.z0]) : "open"}, VSWR ${significant(vswr(magnitude(gamma)), 3)}`);
  };
  if (cursor) {
    at = frequencyText(cursor.trace.frequency[cursor.index]);
    tell(cursor.trace, cursor.index);
  } else for (const trace of shown) tell(trace, markedIndex(trace.frequency, marker));
  const csv = () =>
    csvText(
      ["trace", "frequency [Hz]", "Re gamma", "Im gamma", "R [ohm]", "X [ohm]"],
      traces.flatMap((trace) =>
        trace.frequency.map((frequency, i) => {
          const gamma = trace.gamma[i] ?? null;
          const z = gamma ? normalisedOf(gamma) : null;
          return [trace.label, frequency, gamma?.[0], gamma?.[1], z ? z[0] * trace.z0 : null, z ? z[1] * trace.z0 : null];
        }),
      ),
    );
  const spot = cursor?.trace.gamma[cursor.index];
  return (
    <Figure title={title} csv={csv}>
      <svg
        class="drawing smith"
        ref={svg}
        viewBox="-235 -225 470 450"
        tabindex={0}
        role="img"
        aria-label={`Smith chart of ${traces.map((trace) => trace.label).join(", ")}. Arrow keys move along a trace and between traces.`}
        onPointerMove={track}
        onPointerLeave={() => setCursor(null)}
        onKeyDown={move}
      >
        <g class="grid">
          {grid.map((each) => (
            <path key={`${each.kind}${each.value}`} d={each.path} />
          ))}
          <path d={`M${-scale} 0H${scale}`} />
        </g>
        <circle class="rim" r={scale} />
        <g class="labels">
          {[0, ...gridValues].map((r) => (
            <text key={`r${r}`} x={gammaOf([r, 0])[0] * scale + 3} y={-4} text-anchor="start">
              {r}
            </text>
          ))}
          {gridValues.flatMap((x) =>
            [x, -x].map((value) => {
              const [u, v] = reactanceEnd(value);
              return (
                <text key={`x${value}`} x={u * scale * 1.07} y={-v * scale * 1.07 + 4} text-anchor="middle">
                  {value < 0 ? `−j${x}` : `+j${x}`}
                </text>
              );
            }),
          )}
          <text x={scale + 6} y={4} text-anchor="start">
            ∞
          </text>
        </g>
        {shown.map((trace) => (
          <path key={trace.label} d={path(trace.gamma as (Complex | null)[]) ?? ""} fill="none" stroke={trace.colour} stroke-width={2.2} stroke-dasharray={trace.dash.join(" ")} />
        ))}
        {shown.map((trace) => {
          const gamma = trace.gamma[markedIndex(trace.frequency, marker)];
          return gamma ? <circle key={trace.label} class="spot" cx={gamma[0] * scale} cy={-gamma[1] * scale} r={4.5} fill={trace.colour} /> : null;
        })}
        {spot && <circle data-screen class="cursor-ring" cx={spot[0] * scale} cy={-spot[1] * scale} r={8} />}
      </svg>
      <Legend entries={traces} at={at ?? (traces.length > 0 ? `Normalised to each port's z0${marker === null ? "" : `; dots: ${frequencyText(marker)}`}` : null)} values={values} unit="" hidden={hidden} toggle={(label) => setHidden((before) => toggled(before, label))} />
    </Figure>
  );
}
