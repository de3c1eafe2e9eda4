// SPDX-License-Identifier: Apache-2.0
import { scaleLinear, scaleLog } from "d3-scale";
import { useState } from "preact/hooks";

import { csvText } from "../data/csv";
import type { SpectrumLine } from "../data/spectrum";
import { logTicks, niceRange, niceTicks } from "../data/ticks";
import { fixed, frequencyText, prefixOf, significant } from "../data/units";
import { Figure } from "./Figure";
import { usePlotWidth } from "./width";

interface Properties {
  title: string;
  lines: readonly SpectrumLine[];
  selected: number | null;
  onPick: (index: number) => void;
}

const frame = { left: 62, right: 16, top: 14, height: 260 };

/** Levels that arrive at a receiver as lines over frequency, each with what the receiver stands. */
export function Spectrum({ title, lines, selected, onPick }: Properties) {
  const [over, setOver] = useState<number | null>(null);
  const [place, width] = usePlotWidth(480);
  const frequencies = lines.map((each) => each.frequency);
  const least = frequencies.reduce((a, b) => Math.min(a, b), Infinity);
  const most = frequencies.reduce((a, b) => Math.max(a, b), 0);
  const log = most / least > 8;
  const domain: [number, number] = log ? [least / 1.15, most * 1.15] : [least - (most - least || least * 0.02) * 0.06, most + (most - least || most * 0.02) * 0.06];
  const levels = lines.flatMap((each) => (each.limit === null ? [each.level] : [each.level, each.limit]));
  const [low, high] = niceRange(levels.reduce((a, b) => Math.min(a, b), 0), levels.reduce((a, b) => Math.max(a, b), -200));
  const x = (log ? scaleLog() : scaleLinear()).domain(domain).range([frame.left, width - frame.right]);
  const y = scaleLinear().domain([low, high]).range([frame.top + frame.height, frame.top]);
  const prefix = prefixOf(most);
  const bottom = frame.top + frame.height;
  const looked = lines[over ?? selected ?? -1];
  const csv = () => csvText(["frequency [Hz]", "level [dBm]", "limit [dBm]", "what"], lines.map((each) => [each.frequency, each.level, each.limit, each.label]));
  // along the frequency, not down the table
  const order = lines.map((_, i) => i).sort((a, b) => frequencies[a]! - frequencies[b]!);
  const move = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = selected === null ? -1 : order.indexOf(selected);
    onPick(order[Math.min(order.length - 1, Math.max(0, at + step))]!);
  };
  return (
    <Figure title={title} csv={csv}>
      <div ref={place}>
      <svg
        class="drawing spectrum"
        viewBox={`0 0 ${width} ${bottom + 48}`}
        tabindex={0}
        role="img"
        aria-label={`${title}: ${lines.length} lines, level in dBm over frequency; the table below has the same. Arrow keys choose a line.`}
        onKeyDown={move}
      >
        <g class="grid">
          {niceTicks(low, high).map((tick) => (
            <path key={tick} d={`M${frame.left} ${y(tick)}H${width - frame.right}`} />
          ))}
        </g>
        <g class="labels">
          {niceTicks(low, high).map((tick) => (
            <text key={tick} x={frame.left - 7} y={y(tick) + 4} text-anchor="end">
              {significant(tick)}
            </text>
          ))}
          {(log ? logTicks(domain[0], domain[1]) : niceTicks(domain[0], domain[1], Math.max(2, Math.floor(width / 110)))).map((tick) => (
            <text key={tick} x={x(tick)} y={bottom + 18} text-anchor="middle">
              {significant(tick / prefix.factor, 7)}
            </text>
          ))}
          <text x={(frame.left + width - frame.right) / 2} y={bottom + 40} text-anchor="middle">
            Frequency [{prefix.sign}Hz]
          </text>
          <text transform={`translate(14 ${frame.top + frame.height / 2}) rotate(-90)`} text-anchor="middle">
            Level at the receiver [dBm]
          </text>
        </g>
        <path class="rim" d={`M${frame.left} ${frame.top}V${bottom}H${width - frame.right}`} />
        {lines.map((each, i) => {
          const bad = each.limit !== null && each.level > each.limit;
          const state = `${bad ? "over" : "under"}${i === selected ? " selected" : ""}`;
          return (
            <g key={i} class={`line ${state}`} onClick={() => onPick(i)} onPointerEnter={() => setOver(i)} onPointerLeave={() => setOver(null)}>
              <title>{`${each.label}: ${fixed(each.level, 1)} dBm at ${frequencyText(each.frequency)}`}</title>
              <path class="reach" d={`M${x(each.frequency)} ${bottom}V${y(each.level)}`} />
              <path class="stem" d={`M${x(each.frequency)} ${bottom}V${y(each.level)}`} />
              {bad ? <rect x={x(each.frequency) - 3.5} y={y(each.level) - 3.5} width={7} height={7} /> : <circle cx={x(each.frequency)} cy={y(each.level)} r={3.5} />}
              {each.limit !== null && <path class="limit" d={`M${x(each.frequency) - 7} ${y(each.limit)}h14`} />}
            </g>
          );
        })}
      </svg>
      </div>
      <p class="cursor" role="status">
        {looked ? `${frequencyText(looked.frequency)}: ${fixed(looked.level, 1)} dBm${looked.limit === null ? "" : `, limit ${fixed(looked.limit, 1)} dBm`}: ${looked.label}` : "Squares are above what the receiver stands (short bars), discs below."}
      </p>
    </Figure>
  );
}
