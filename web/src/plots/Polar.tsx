// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";

import { csvText } from "../data/csv";
import { cutAt, type Cut } from "../data/pattern";
import { decibelRings, ringRadius, type Rings } from "../data/ticks";
import { fixed, nothing, significant } from "../data/units";
import { toggled } from "./Curves";
import { Figure } from "./Figure";
import { Legend } from "./Legend";

export interface PolarTrace {
  label: string;
  colour: string;
  dash: readonly number[];
  cut: Cut;
}

interface Properties {
  title: string;
  traces: readonly PolarTrace[];
  unit: string;
  /** dB from the outermost ring to the centre */
  range: number;
  /** azimuth: phi anticlockwise from the right; elevation: the zenith on top, angles from it to both sides */
  layout: "azimuth" | "elevation";
  /** shades where every trace is below this level */
  level?: number | null;
  controls?: ComponentChildren;
}

const scale = 180;

/** Direction on the drawing, y downwards, of an angle of the cut. */
function direction(angle: number, layout: Properties["layout"]): [number, number] {
  const turn = (layout === "azimuth" ? angle : 90 - angle) * (Math.PI / 180);
  return [Math.cos(turn), -Math.sin(turn)];
}

/** Path of a trace; gaps stay open. Below the floor it runs through the centre. */
export function polarPath(cut: Cut, rings: Rings, layout: Properties["layout"]): string {
  let path = "";
  let pen = false;
  for (const point of cut.points) {
    const radius = ringRadius(point.value === null ? -Infinity : point.value, rings);
    if (radius === null) {
      pen = false;
      continue;
    }
    const [x, y] = direction(point.angle, layout);
    path += `${pen ? "L" : "M"}${(x * radius * scale).toFixed(1)} ${(y * radius * scale).toFixed(1)}`;
    pen = true;
  }
  return path;
}

/** Cuts of patterns over angle, levels in dB from the centre outwards. */
export function Polar({ title, traces, unit, range, layout, level = null, controls }: Properties) {
  const svg = useRef<SVGSVGElement>(null);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [cursor, setCursor] = useState<number | null>(null);
  const shown = traces.filter((trace) => !hidden.has(trace.label));
  let largest = -Infinity;
  for (const trace of traces) for (const point of trace.cut.points) if (point.value !== null) largest = Math.max(largest, point.value);
  const rings = decibelRings(Number.isFinite(largest) ? largest : 0, range);
  const levelRadius = level === null ? null : ringRadius(level, rings);

  const track = (event: PointerEvent) => {
    const matrix = svg.current?.getScreenCTM()?.inverse();
    if (!matrix) return;
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
    if (Math.hypot(at.x, at.y) > scale * 1.2) return setCursor(null);
    const turn = (Math.atan2(-at.y, at.x) * 180) / Math.PI;
    const angle = layout === "azimuth" ? (turn + 360) % 360 : 90 - turn;
    setCursor(Math.round(angle > 180 && layout === "elevation" ? angle - 360 : angle));
  };
  const move = (event: KeyboardEvent) => {
    const step = { ArrowLeft: 1, ArrowRight: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setCursor((before) => {
      const next = (before ?? 0) + step;
      return layout === "azimuth" ? (next + 360) % 360 : next > 180 ? next - 360 : next <= -180 ? next + 360 : next;
    });
  };

  const values = new Map<string, string>();
  if (cursor !== null) for (const trace of traces) values.set(trace.label, cutAt(trace.cut, cursor) === null ? nothing : fixed(cutAt(trace.cut, cursor), 2));
  const angles = Array.from({ length: 12 }, (_, i) => (layout === "azimuth" ? i * 30 : i * 30 > 180 ? i * 30 - 360 : i * 30));
  const csv = () =>
    csvText(
      ["trace", layout === "azimuth" ? "phi [deg]" : "angle from +z [deg]", `level [${unit}]`],
      traces.flatMap((trace) => trace.cut.points.map((point) => [trace.label, point.angle, point.value])),
    );
  const spoke = cursor === null ? null : direction(cursor, layout);
  const symbol = layout === "azimuth" ? "φ" : "angle from zenith";
  return (
    <Figure title={title} csv={csv} controls={controls}>
      <svg
        class="drawing polar"
        ref={svg}
        viewBox="-222 -212 444 424"
        tabindex={0}
        role="img"
        aria-label={`${title}, polar plot in ${unit} of ${traces.map((trace) => trace.label).join(", ")}. Arrow keys move the cursor.`}
        onPointerMove={track}
        onPointerLeave={() => setCursor(null)}
        onKeyDown={move}
      >
        {levelRadius !== null && levelRadius > 0 && <circle class="shade" r={levelRadius * scale} />}
        <g class="grid">
          {rings.levels.map((ring) => (
            <circle key={ring} r={(ringRadius(ring, rings) ?? 0) * scale} />
          ))}
          {angles.map((angle) => {
            const [x, y] = direction(angle, layout);
            return <path key={angle} d={`M0 0L${(x * scale).toFixed(1)} ${(y * scale).toFixed(1)}`} />;
          })}
        </g>
        <circle class="rim" r={scale} />
        {shown.map((trace) => (
          <path key={trace.label} d={polarPath(trace.cut, rings, layout)} fill="none" stroke={trace.colour} stroke-width={2.2} stroke-linejoin="round" stroke-dasharray={trace.dash.join(" ")} />
        ))}
        <g class="labels">
          {angles.map((angle) => {
            const [x, y] = direction(angle, layout);
            return (
              <text key={angle} x={x * scale * 1.1} y={y * scale * 1.1 + 4} text-anchor="middle">
                {significant(angle)}°
              </text>
            );
          })}
          {rings.levels.map((ring, i) => {
            const [x, y] = direction(45, layout);
            const radius = (ringRadius(ring, rings) ?? 0) * scale;
            return (
              <text key={ring} class="ring" x={x * radius} y={y * radius + 4} text-anchor="middle">
                {significant(ring)}
                {i === 0 ? ` ${unit}` : ""}
              </text>
            );
          })}
        </g>
        {spoke && <path data-screen class="cursor-line" d={`M0 0L${(spoke[0] * scale).toFixed(1)} ${(spoke[1] * scale).toFixed(1)}`} />}
      </svg>
      <Legend
        entries={traces}
        at={cursor === null ? `Outer ring ${significant(rings.top)} ${unit}, centre ${significant(rings.floor)} ${unit}` : `${symbol} ${significant(cursor)}°`}
        values={values}
        unit={unit}
        hidden={hidden}
        toggle={(label) => setHidden((before) => toggled(before, label))}
      />
    </Figure>
  );
}
