// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";

import { join, nearestIndex } from "../data/series";
import { angleTicks, logTicks, ticksFrom } from "../data/ticks";
import { engineering, nothing, significant } from "../data/units";
import { useDark } from "../state/theme";
import { axisPrefix, axisTitle, curvesCsv, curvesSvg, xRange, yRange, type Axis, type Curve, type Limit } from "./curve";
import { Figure } from "./Figure";
import { Legend } from "./Legend";

interface Properties {
  title: string;
  curves: readonly Curve[];
  x: Axis;
  y: Axis;
  limits?: readonly Limit[];
  /** a vertical line: the frequency that is looked at */
  marker?: number | null;
  onPick?: (x: number) => void;
  controls?: ComponentChildren;
  height?: number;
}

const inkOf = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const inks = () => ({ text: inkOf("--text"), grid: inkOf("--grid"), ground: inkOf("--surface") });

function withAlpha(hex: string, alpha: number): string {
  return `${hex}${Math.round(alpha * 255)
    .toString(16)
    .padStart(2, "0")}`;
}

/** The columns of uPlot: x, then of each curve y and, if it has a band, its ends. */
function columnsOf(curves: readonly Curve[]) {
  const list: { curve: Curve; part: "y" | "least" | "most"; y: readonly (number | null)[] }[] = [];
  for (const curve of curves) {
    list.push({ curve, part: "y", y: curve.y });
    if (curve.least && curve.most) list.push({ curve, part: "most", y: curve.most }, { curve, part: "least", y: curve.least });
  }
  const joined = join(list.map((column) => ({ x: column.curve.x, y: column.y })));
  return { list, joined };
}

/** Curves over one axis, with error bands, values under the cursor and a line at the frequency looked at. */
export function Curves({ title, curves, x, y, limits = [], marker = null, onPick, controls, height = 320 }: Properties) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const dark = useDark();
  const [cursor, setCursor] = useState<number | null>(null);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  /** when new curves came that are not drawn yet [ms]; for the measure "alicorn:draw" of the browser's tools */
  const came = useRef<number | null>(null);
  const { list, joined } = useMemo(() => {
    came.current = performance.now();
    return columnsOf(curves);
  }, [curves]);
  const live = useRef({ marker, limits, onPick });
  live.current = { marker, limits, onPick };
  const ranges = useMemo(() => ({ x: xRange(curves, x), y: yRange(curves, y, limits) }), [curves, x, y, limits]);
  const latest = useRef(ranges);
  latest.current = ranges;
  const prefix = axisPrefix(x, ranges.x[1]);
  const structure = JSON.stringify([dark, x, y, prefix, height, list.map((column) => [column.curve.label, column.part, column.curve.colour, column.curve.dash, column.curve.points])]);

  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const ink = inks();
    const font = `12px ${inkOf("--font") || "sans-serif"}`;
    const bands: uPlot.Band[] = [];
    list.forEach((column, i) => {
      if (column.part === "most") bands.push({ series: [i + 1, i + 2], fill: withAlpha(column.curve.colour, 0.22) });
    });
    const axisStyle = { stroke: ink.text, font, labelFont: font, grid: { stroke: ink.grid, width: 1 }, ticks: { stroke: ink.grid, width: 1 } };
    const ratio = devicePixelRatio;
    const options: uPlot.Options = {
      width: Math.max(200, element.clientWidth),
      height,
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, points: { size: 7 }, y: false },
      scales: {
        x: { time: false, distr: x.log ? 3 : 1, range: () => latest.current.x },
        y: { distr: y.log ? 3 : 1, range: () => latest.current.y },
      },
      axes: [
        { ...axisStyle, label: axisTitle(x, prefix.sign), labelSize: 24, size: 34, space: 56, ...(x.log ? { splits: () => logTicks(...latest.current.x) } : x.unit === "°" ? { splits: (u: uPlot) => angleTicks(...latest.current.x, Math.max(2, Math.floor(u.width / 50))) } : {}), values: (_, ticks) => ticks.map((tick) => (tick === null ? "" : significant(tick / prefix.factor, 6))) },
        { ...axisStyle, label: axisTitle(y), labelSize: 24, ...(y.least !== undefined && !y.log ? { splits: (_: uPlot, __: number, low: number, high: number, step: number) => ticksFrom(low, high, step) } : {}), size: (_, values) => 26 + 7.5 * (values ?? []).reduce((most, text) => Math.max(most, text.length), 2), values: (_, ticks) => ticks.map((tick) => (tick === null ? "" : significant(tick, 5))) },
      ],
      series: [
        {},
        ...list.map(({ curve, part }): uPlot.Series =>
          part === "y"
            ? { label: curve.label, stroke: curve.colour, width: 2, dash: [...curve.dash], points: { ...(curve.x.length < 2 ? { show: true } : curve.points ? {} : { show: false }), size: 6 } }
            : { label: `${curve.label} ${part}`, stroke: "transparent", width: 0, points: { show: false } },
        ),
      ],
      bands,
      hooks: {
        setCursor: [(u) => setCursor(u.cursor.idx ?? null)],
        draw: [
          (u) => {
            const { ctx, bbox } = u;
            ctx.save();
            ctx.strokeStyle = ink.text;
            ctx.fillStyle = ink.text;
            ctx.font = `${11 * ratio}px ${inkOf("--font") || "sans-serif"}`;
            ctx.textAlign = "left";
            ctx.textBaseline = "bottom";
            ctx.lineWidth = ratio;
            ctx.setLineDash([6 * ratio, 4 * ratio]);
            ctx.beginPath();
            const at = live.current.marker;
            if (at !== null && at >= latest.current.x[0] && at <= latest.current.x[1]) {
              const px = u.valToPos(at, "x", true);
              ctx.moveTo(px, bbox.top);
              ctx.lineTo(px, bbox.top + bbox.height);
            }
            for (const limit of live.current.limits) {
              const py = u.valToPos(limit.value, "y", true);
              ctx.moveTo(bbox.left, py);
              ctx.lineTo(bbox.left + bbox.width, py);
              ctx.fillText(limit.label, bbox.left + 6 * ratio, py - 2 * ratio);
            }
            ctx.stroke();
            ctx.restore();
            if (came.current === null) return;
            performance.clearMeasures("alicorn:draw");
            performance.measure("alicorn:draw", { start: came.current, detail: title });
            came.current = null;
          },
        ],
      },
    };
    const u = new uPlot(options, [joined.x, ...joined.y] as uPlot.AlignedData, element);
    plot.current = u;
    const click = () => {
      const index = u.cursor.idx;
      const at = index === null || index === undefined ? undefined : u.data[0][index];
      if (at !== undefined) live.current.onPick?.(at);
    };
    u.over.addEventListener("click", click);
    const observer = new ResizeObserver(() => u.setSize({ width: Math.max(200, element.clientWidth), height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      u.destroy();
      plot.current = null;
    };
    // all that changes the structure is in its text; values come by setData below
  }, [structure]);

  useEffect(() => plot.current?.setData([joined.x, ...joined.y] as uPlot.AlignedData), [joined, structure]);
  useEffect(() => plot.current?.redraw(false), [marker, limits]);
  useEffect(() => {
    list.forEach((column, i) => plot.current?.setSeries(i + 1, { show: !hidden.has(column.curve.label) }));
  }, [hidden, structure]);

  const move = (event: KeyboardEvent) => {
    const u = plot.current;
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -Infinity, End: Infinity }[event.key];
    if (!u) return;
    if (event.key === "Enter" && cursor !== null) onPick?.(joined.x[cursor]!);
    if (step === undefined) return;
    event.preventDefault();
    // keys may come faster than renderings: the plot knows where its cursor is
    const index = Math.min(joined.x.length - 1, Math.max(0, (u.cursor.idx ?? -1) + step));
    u.setCursor({ left: u.valToPos(joined.x[index]!, "x"), top: 10 });
  };

  // without a cursor, what is there at the marked place
  const looked = cursor ?? (marker === null || joined.x.length === 0 ? null : nearestIndex(joined.x, marker));
  const values = new Map<string, string>();
  if (looked !== null)
    list.forEach((column, i) => {
      if (column.part !== "y") return;
      const value = joined.y[i]?.[looked];
      const least = column.curve.least ? joined.y[i + 2]?.[looked] : null;
      const most = column.curve.most ? joined.y[i + 1]?.[looked] : null;
      const bar = least !== null && least !== undefined && most !== null && most !== undefined ? ` (${significant(least, 4)} … ${significant(most, 4)})` : "";
      values.set(column.curve.label, value === null || value === undefined ? nothing : `${significant(value, 4)}${bar}`);
    });
  const at = looked === null ? undefined : joined.x[looked];
  return (
    <Figure title={title} controls={controls} svg={() => curvesSvg(title, curves, x, y, inks(), limits)} csv={() => curvesCsv(curves, x, y)}>
      <div
        class="curves"
        ref={place}
        tabIndex={0}
        role="img"
        aria-label={`${title}: ${axisTitle(y)} over ${axisTitle(x)}, ${curves.length} curves. Arrow keys move the cursor${onPick ? ", Enter chooses its place" : ""}.`}
        onKeyDown={move}
      />
      <Legend
        entries={curves}
        at={at === undefined ? null : `${x.label} ${x.unit === "" ? significant(at, 6) : x.unit === "Hz" ? engineering(at, "Hz", 7) : `${significant(at, 6)} ${x.unit}`}`}
        values={values}
        unit={y.unit}
        hidden={hidden}
        toggle={(label) => setHidden((before) => toggled(before, label))}
      />
    </Figure>
  );
}

export function toggled(before: ReadonlySet<string>, label: string): ReadonlySet<string> {
  const after = new Set(before);
  if (!after.delete(label)) after.add(label);
  return after;
}
