// SPDX-License-Identifier: Apache-2.0
// What a plot of curves shows, its ranges, and its drawing as SVG and CSV.
import { scaleLinear, scaleLog } from "d3-scale";
import { line } from "d3-shape";

import { csvText } from "../data/csv";
import { join } from "../data/series";
import { angleTicks, logTicks, niceRange, niceTicks } from "../data/ticks";
import { prefixOf, significant } from "../data/units";

export interface Curve {
  label: string;
  x: readonly number[];
  y: readonly (number | null)[];
  least?: readonly (number | null)[];
  most?: readonly (number | null)[];
  colour: string;
  dash: readonly number[];
  /** samples shown as points: measured or few */
  points?: boolean;
}

export interface Axis {
  label: string;
  unit: string;
  log?: boolean;
  /** ends that do not follow the values */
  least?: number;
  most?: number;
  /** largest range shown, from the greatest value down: of decibels, whose zero is endless */
  span?: number;
}

export interface Limit {
  label: string;
  value: number;
}

/** Ends of the x axis, and the prefix its values are shown with. */
export function xRange(curves: readonly Curve[], axis: Axis): [number, number] {
  let least = Infinity;
  let most = -Infinity;
  for (const curve of curves)
    for (const value of curve.x) {
      if (axis.log && value <= 0) continue;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  if (!(most >= least)) return axis.log ? [1, 10] : [0, 1];
  if (most === least) return axis.log ? [least / 1.1, most * 1.1] : [least - Math.max(1e-9, Math.abs(least) * 0.01), most + Math.max(1e-9, Math.abs(most) * 0.01)];
  return [axis.least ?? least, axis.most ?? most];
}

/** Round ends of the y axis around all values and limits; error bars may widen it by half at most. */
export function yRange(curves: readonly Curve[], axis: Axis, limits: readonly Limit[] = []): [number, number] {
  let least = Infinity;
  let most = -Infinity;
  const take = (value: number | null | undefined) => {
    if (value === null || value === undefined || !Number.isFinite(value) || (axis.log && value <= 0)) return;
    least = Math.min(least, value);
    most = Math.max(most, value);
  };
  for (const curve of curves) curve.y.forEach(take);
  for (const limit of limits) take(limit.value);
  if (!(most >= least)) return [axis.least ?? (axis.log ? 0.1 : 0), axis.most ?? 1];
  const span = most - least || Math.max(Math.abs(most) * 0.1, 0.1);
  const [coreLeast, coreMost] = [least, most];
  for (const curve of curves) {
    curve.least?.forEach((value) => take(value === null ? null : Math.max(value, coreLeast - span / 2)));
    curve.most?.forEach((value) => take(value === null ? null : Math.min(value, coreMost + span / 2)));
  }
  if (axis.log) return [axis.least ?? 10 ** Math.floor(Math.log10(least)), axis.most ?? 10 ** Math.ceil(Math.log10(most * 1.0001))];
  if (axis.span !== undefined) least = Math.max(least, most - axis.span);
  const low = Math.max(axis.least ?? -Infinity, least);
  const high = Math.min(axis.most ?? Infinity, most);
  const [nearLeast, nearMost] = niceRange(Math.min(low, high), Math.max(low, high));
  return [axis.least ?? nearLeast, axis.most !== undefined ? Math.min(axis.most, nearMost) : nearMost];
}

/** Prefix for a whole axis, as of its larger end: frequencies only, other units stay. */
export const axisPrefix = (axis: Axis, most: number) => (axis.unit === "Hz" ? prefixOf(most) : { factor: 1, sign: "" });

export const axisTitle = (axis: Axis, sign = ""): string => (axis.unit === "" ? axis.label : `${axis.label} [${sign}${axis.unit}]`);

export function curvesCsv(curves: readonly Curve[], x: Axis, y: Axis): string {
  const columns = curves.flatMap((curve) => {
    const unit = y.unit === "" ? "" : ` [${y.unit}]`;
    const list = [{ name: `${curve.label}${unit}`, x: curve.x, y: curve.y }];
    if (curve.least && curve.most)
      list.push({ name: `${curve.label} least${unit}`, x: curve.x, y: curve.least }, { name: `${curve.label} most${unit}`, x: curve.x, y: curve.most });
    return list;
  });
  const joined = join(columns);
  return csvText(
    [axisTitle(x), ...columns.map((column) => column.name)],
    joined.x.map((value, i) => [value, ...joined.y.map((column) => column[i] ?? null)]),
  );
}

const escape = (text: string) => text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]!);

export interface Inks {
  text: string;
  grid: string;
  ground: string;
}

/** The plot as a text of SVG, with a legend of all curves. */
export function curvesSvg(title: string, curves: readonly Curve[], x: Axis, y: Axis, inks: Inks, limits: readonly Limit[] = []): string {
  const width = 800;
  const plot = { left: 72, top: 40, right: 20, height: 380 };
  const rows = Math.ceil(curves.length / 4);
  const height = plot.top + plot.height + 56 + rows * 20;
  const [xLeast, xMost] = xRange(curves, x);
  const [yLeast, yMost] = yRange(curves, y, limits);
  const prefix = axisPrefix(x, xMost);
  const sx = (x.log ? scaleLog() : scaleLinear()).domain([xLeast, xMost]).range([plot.left, width - plot.right]);
  const sy = (y.log ? scaleLog() : scaleLinear()).domain([yLeast, yMost]).range([plot.top + plot.height, plot.top]);
  const bottom = plot.top + plot.height;
  const parts: string[] = [];
  const put = (text: string) => parts.push(text);
  const label = (tx: number, ty: number, text: string, anchor: string, more = "") =>
    put(`<text x="${tx.toFixed(1)}" y="${ty.toFixed(1)}" text-anchor="${anchor}" fill="${inks.text}"${more}>${escape(text)}</text>`);

  put(`<rect width="${width}" height="${height}" fill="${inks.ground}"/>`);
  label(plot.left, 24, title, "start", ' font-size="16" font-weight="600"');
  for (const tick of x.log ? logTicks(xLeast, xMost) : x.unit === "°" ? angleTicks(xLeast, xMost) : niceTicks(xLeast, xMost, 8)) {
    put(`<path d="M${sx(tick).toFixed(1)} ${plot.top}V${bottom}" stroke="${inks.grid}"/>`);
    label(sx(tick), bottom + 18, significant(tick / prefix.factor, 6), "middle");
  }
  for (const tick of y.log ? logTicks(yLeast, yMost) : niceTicks(yLeast, yMost)) {
    put(`<path d="M${plot.left} ${sy(tick).toFixed(1)}H${width - plot.right}" stroke="${inks.grid}"/>`);
    label(plot.left - 8, sy(tick) + 4, significant(tick, 6), "end");
  }
  label((plot.left + width - plot.right) / 2, bottom + 38, axisTitle(x, prefix.sign), "middle");
  label(0, 0, axisTitle(y), "middle", ` transform="translate(18 ${plot.top + plot.height / 2}) rotate(-90)"`);
  put(`<clipPath id="plot"><rect x="${plot.left}" y="${plot.top}" width="${width - plot.left - plot.right}" height="${plot.height}"/></clipPath><g clip-path="url(#plot)" fill="none">`);
  const usable = (value: number | null | undefined) => value !== null && value !== undefined && Number.isFinite(value) && !(y.log && value <= 0);
  const stroke = line<number>()
    .x((i) => sx(i))
    .y((i) => sy(i));
  for (const curve of curves) {
    const index = curve.x.map((_, i) => i);
    if (curve.least && curve.most) {
      const known = index.filter((i) => usable(curve.least![i]) && usable(curve.most![i]));
      const ring = [...known.map((i) => [curve.x[i]!, curve.most![i]!] as const), ...known.reverse().map((i) => [curve.x[i]!, curve.least![i]!] as const)];
      if (ring.length > 2) put(`<path d="M${ring.map(([a, b]) => `${sx(a).toFixed(1)} ${sy(b).toFixed(1)}`).join("L")}Z" fill="${curve.colour}" fill-opacity="0.2"/>`);
    }
    const path = stroke
      .defined((i) => usable(curve.y[i]))
      .x((i) => Number(sx(curve.x[i]!).toFixed(1)))
      .y((i) => Number(sy(curve.y[i]!).toFixed(1)))(index);
    if (path) put(`<path d="${path}" stroke="${curve.colour}" stroke-width="2" stroke-dasharray="${curve.dash.join(" ")}"/>`);
  }
  for (const limit of limits) label(plot.left + 6, sy(limit.value) - 5, limit.label, "start", ' stroke="none"');
  for (const limit of limits) put(`<path d="M${plot.left} ${sy(limit.value).toFixed(1)}H${width - plot.right}" stroke="${inks.text}" stroke-dasharray="6 4"/>`);
  put("</g>");
  put(`<rect x="${plot.left}" y="${plot.top}" width="${width - plot.left - plot.right}" height="${plot.height}" fill="none" stroke="${inks.text}"/>`);
  curves.forEach((curve, i) => {
    const lx = plot.left + (i % 4) * 178;
    const ly = bottom + 58 + Math.floor(i / 4) * 20;
    put(`<path d="M${lx} ${ly}h24" stroke="${curve.colour}" stroke-width="2" stroke-dasharray="${curve.dash.join(" ")}"/>`);
    label(lx + 30, ly + 4, curve.label, "start");
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="13">${parts.join("")}</svg>\n`;
}
