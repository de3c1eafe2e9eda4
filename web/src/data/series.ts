// SPDX-License-Identifier: Apache-2.0
// Results over frequency.
import type { Complex, Matrix, Result, Solve, SourceResult, TouchstoneDocument } from "../api/types";
import { magnitude } from "./complex";

export interface Sweep {
  ports: string[];
  z0: number[];
  frequency: number[];
  s: Matrix[];
  error: ((number | null)[][] | null)[];
  interpolated: boolean[];
}

/** S of the ports over frequency, ascending, each frequency once; null if the result has no ports. Sets of other ports are left out. */
export function sweepOf(result: Result | undefined | null, task?: number): Sweep | null {
  const solves = (result?.solves ?? []).filter((solve) => solve.s && solve.ports && (task === undefined || solve.task === task));
  const first = solves[0];
  if (!first?.ports) return null;
  const names = first.ports.join("\n");
  const byFrequency = new Map<number, Solve>();
  for (const solve of solves) if (solve.ports!.join("\n") === names && !byFrequency.has(solve.frequency_hz)) byFrequency.set(solve.frequency_hz, solve);
  const sorted = [...byFrequency.values()].sort((a, b) => a.frequency_hz - b.frequency_hz);
  return {
    ports: first.ports,
    z0: first.z0 ?? first.ports.map(() => 50),
    frequency: sorted.map((solve) => solve.frequency_hz),
    s: sorted.map((solve) => solve.s!),
    error: sorted.map((solve) => solve.s_error ?? null),
    interpolated: sorted.map((solve) => solve.interpolated === true),
  };
}

/** A Touchstone document as a sweep without errors. */
export function sweepOfTouchstone(document: TouchstoneDocument): Sweep {
  return {
    ports: document.ports,
    z0: document.z0,
    frequency: document.frequency_hz,
    s: document.s,
    error: document.s.map(() => null),
    interpolated: document.s.map(() => false),
  };
}

/** One entry of S over frequency. */
export function entry(sweep: Sweep, to: number, from: number): { s: Complex | null; error: number | null }[] {
  return sweep.s.map((matrix, i) => ({ s: matrix[to]?.[from] ?? null, error: sweep.error[i]?.[to]?.[from] ?? null }));
}

/** Index of the nearest of ascending numbers; -1 of none. */
export function nearestIndex(values: readonly number[], wanted: number): number {
  let best = -1;
  let least = Infinity;
  values.forEach((value, i) => {
    const distance = Math.abs(value - wanted);
    if (distance < least) {
      least = distance;
      best = i;
    }
  });
  return best;
}

/** y at x, linear between samples, null outside them. `x` ascending. */
export function resample(x: readonly number[], y: readonly (number | null)[], wanted: readonly number[]): (number | null)[] {
  return wanted.map((at) => {
    const first = x[0];
    const last = x[x.length - 1];
    if (first === undefined || last === undefined || at < first || at > last) return null;
    let low = 0;
    let high = x.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (x[middle]! <= at) low = middle;
      else high = middle;
    }
    const a = y[low] ?? null;
    const b = y[high] ?? null;
    if (x[low] === at) return a;
    if (x[high] === at) return b;
    return a === null || b === null ? null : a + ((b - a) * (at - x[low]!)) / (x[high]! - x[low]!);
  });
}

/** All x of several curves, ascending, and each curve's y there; undefined where a curve has no sample (uPlot draws on over those). */
export function join(curves: readonly { x: readonly number[]; y: readonly (number | null)[] }[]): { x: number[]; y: (number | null | undefined)[][] } {
  const x = [...new Set(curves.flatMap((curve) => curve.x as number[]))].sort((a, b) => a - b);
  const place = new Map(x.map((value, i) => [value, i]));
  const y = curves.map((curve) => {
    const column: (number | null | undefined)[] = new Array(x.length).fill(undefined);
    curve.x.forEach((value, i) => (column[place.get(value)!] = curve.y[i] ?? null));
    return column;
  });
  return { x, y };
}

export interface ImpedancePoint {
  frequency: number;
  source: SourceResult;
}

/** Driving-point values of sources over frequency, by port. */
export function sourcesOf(result: Result | undefined | null): Map<string, ImpedancePoint[]> {
  const byPort = new Map<string, Map<number, ImpedancePoint>>();
  for (const solve of result?.solves ?? [])
    for (const source of solve.sources) {
      const points = byPort.get(source.port) ?? new Map<number, ImpedancePoint>();
      if (!points.has(solve.frequency_hz)) points.set(solve.frequency_hz, { frequency: solve.frequency_hz, source });
      byPort.set(source.port, points);
    }
  return new Map([...byPort].map(([port, points]) => [port, [...points.values()].sort((a, b) => a.frequency - b.frequency)]));
}

/** All frequencies of a result, ascending. */
export function frequenciesOf(result: Result | undefined | null): number[] {
  return [...new Set((result?.solves ?? []).map((solve) => solve.frequency_hz))].sort((a, b) => a - b);
}

/** Frequency to look at first: of one port where it is matched best, of several the first with a pattern or the middle one; null of none. */
export function frequencyToShow(result: Result | undefined | null): number | null {
  const solves = result?.solves ?? [];
  const radiating = solves.filter((solve) => solve.patterns?.length);
  const usable = radiating.length > 0 ? radiating : solves;
  let best: Solve | undefined;
  let least = Infinity;
  for (const solve of usable) {
    const s = solve.s?.length === 1 ? solve.s[0]?.[0] : undefined;
    if (!s || magnitude(s) >= least) continue;
    least = magnitude(s);
    best = solve;
  }
  return (best ?? radiating[0] ?? solves[Math.floor(solves.length / 2)])?.frequency_hz ?? null;
}

/** What makes two solves of one run the same one. */
export const solveKey = (solve: Solve): string => `${solve.job}/${solve.task}/${solve.frequency_hz}/${solve.driven_port ?? ""}/${solve.drive}`;
