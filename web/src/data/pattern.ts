// SPDX-License-Identifier: Apache-2.0
// Cuts through the grids of docs/json.md `patterns[]`: one row per phi, one column per theta.
import type { Grid, Pattern } from "../api/types";

export type Quantity = "total_dbi" | "theta_dbi" | "phi_dbi" | "major_dbi" | "minor_dbi";

export interface CutPoint {
  /** of an azimuth cut phi, of an elevation cut the angle from +z over the pole, -180 to 180 [deg] */
  angle: number;
  value: number | null;
}

export interface Cut {
  points: CutPoint[];
  /** angle that was really cut at: the nearest of the grid [deg] */
  at: number;
  /** the cut goes all the way round */
  closed: boolean;
}

const modulo = (angle: number, turn = 360) => ((angle % turn) + turn) % turn;

/** Smallest difference of two angles [deg], 0 to 180. */
export function angleBetween(a: number, b: number): number {
  const difference = modulo(a - b);
  return Math.min(difference, 360 - difference);
}

function nearest(values: readonly number[], wanted: number, distance: (a: number, b: number) => number): number {
  let best = -1;
  let least = Infinity;
  values.forEach((value, index) => {
    const d = distance(value, wanted);
    if (d < least) {
      least = d;
      best = index;
    }
  });
  return best;
}

/** Largest gap that a trace may have and still be a closed ring [deg]. */
function goesRound(angles: readonly number[]): boolean {
  if (angles.length < 3) return false;
  let step = 0;
  for (let i = 1; i < angles.length; i += 1) step = Math.max(step, angles[i]! - angles[i - 1]!);
  const gap = 360 - (angles[angles.length - 1]! - angles[0]!);
  return gap <= step * 1.01 + 1e-6;
}

/** Closes a ring by its first point one turn later, if it has none there yet. */
function close(points: CutPoint[]): { points: CutPoint[]; closed: boolean } {
  const closed = goesRound(points.map((point) => point.angle));
  const first = points[0];
  const last = points[points.length - 1];
  if (closed && first && last && last.angle - first.angle < 360 - 1e-6) points.push({ angle: first.angle + 360, value: first.value });
  return { points, closed };
}

/** Around the z axis at the theta nearest to the wanted one; null if the pattern has no such grid. */
export function azimuthCut(pattern: Pattern, theta: number, quantity: Quantity = "total_dbi"): Cut | null {
  const grid = pattern[quantity];
  const column = nearest(pattern.theta_deg ?? [], theta, (a, b) => Math.abs(a - b));
  if (!grid || column < 0 || pattern.phi_deg.length < 2) return null;
  const points = pattern.phi_deg
    .map((phi, row) => ({ angle: phi, value: grid[row]?.[column] ?? null }))
    .sort((a, b) => a.angle - b.angle);
  return { ...close(points), at: pattern.theta_deg![column]! };
}

/** Through the z axis: theta along phi on the right, and along phi + 180 degrees, if the grid has it, on the left (negative angles). */
export function elevationCut(pattern: Pattern, phi: number, quantity: Quantity = "total_dbi"): Cut | null {
  const grid = pattern[quantity];
  const thetas = pattern.theta_deg;
  if (!grid || !thetas || thetas.length < 2) return null;
  const front = nearest(pattern.phi_deg, phi, angleBetween);
  if (front < 0) return null;
  const at = pattern.phi_deg[front]!;
  const back = nearest(pattern.phi_deg, at + 180, angleBetween);
  const points = new Map<number, number | null>();
  const put = (angle: number, value: number | null) => {
    const wrapped = angle > 180 ? angle - 360 : angle <= -180 ? angle + 360 : angle;
    const key = Number(wrapped.toFixed(6));
    if (points.get(key) === undefined || points.get(key) === null) points.set(key, value);
  };
  thetas.forEach((theta, column) => put(theta, grid[front]?.[column] ?? null));
  if (back >= 0 && angleBetween(pattern.phi_deg[back]!, at + 180) < 1e-3) thetas.forEach((theta, column) => put(-theta, grid[back]?.[column] ?? null));
  const sorted = [...points].map(([angle, value]) => ({ angle, value })).sort((a, b) => a.angle - b.angle);
  return { ...close(sorted), at };
}

/** Linear between the points of a cut; null outside it or beside a value that does not exist. */
export function cutAt(cut: Cut, angle: number): number | null {
  const first = cut.points[0];
  if (!first) return null;
  const wanted = cut.closed ? first.angle + modulo(angle - first.angle) : angle;
  for (let i = 1; i < cut.points.length; i += 1) {
    const a = cut.points[i - 1]!;
    const b = cut.points[i]!;
    if (wanted < a.angle - 1e-9 || wanted > b.angle + 1e-9) continue;
    if (a.value === null || b.value === null) return Math.abs(wanted - a.angle) < 1e-6 ? a.value : Math.abs(wanted - b.angle) < 1e-6 ? b.value : null;
    return a.value + ((b.value - a.value) * (wanted - a.angle)) / (b.angle - a.angle);
  }
  return null;
}

/** Largest value of a grid and where it is; null if there is none. */
export function largestOf(pattern: Pattern, quantity: Quantity = "total_dbi"): { value: number; theta: number; phi: number } | null {
  let best: { value: number; theta: number; phi: number } | null = null;
  pattern[quantity]?.forEach((row, i) =>
    row.forEach((value, j) => {
      const theta = pattern.theta_deg?.[j];
      const phi = pattern.phi_deg[i];
      if (value !== null && theta !== undefined && phi !== undefined && (best === null || value > best.value)) best = { value, theta, phi };
    }),
  );
  return best;
}

/** Nearer to the axis than this, the opposite direction is on the other side of the axis [deg]. */
const nearAxis = 1;

/** How far the direction opposite in azimuth, at the same theta, lies below the largest value [dB], of beams along the axis the other end of the axis;
 *  null if the grid has no such direction. */
export function frontToBack(pattern: Pattern, quantity: Quantity = "total_dbi"): number | null {
  const front = largestOf(pattern, quantity);
  if (front === null) return null;
  if (Math.abs(Math.sin((front.theta * Math.PI) / 180)) < Math.sin((nearAxis * Math.PI) / 180)) {
    const other = pattern.theta_deg!.findIndex((theta) => Math.abs(theta - (180 - front.theta)) < nearAxis);
    const value = pattern[quantity]?.[pattern.phi_deg.indexOf(front.phi)]?.[other];
    return value === null || value === undefined ? null : front.value - value;
  }
  const cut = azimuthCut(pattern, front.theta, quantity);
  const back = cut && cutAt(cut, front.phi + 180);
  return back === null ? null : front.value - back;
}

/** Widths between which a cut stays within `drop` dB of its largest value, as angles of both edges; null if it never falls so far. */
export function beamwidth(cut: Cut, drop = 3): { from: number; to: number; width: number } | null {
  const usable = cut.points.filter((point): point is { angle: number; value: number } => point.value !== null);
  if (usable.length < 3) return null;
  let peak = usable[0]!;
  for (const point of usable) if (point.value > peak.value) peak = point;
  const level = peak.value - drop;
  const edge = (direction: 1 | -1): number | null => {
    const step = 0.1;
    const limit = cut.closed ? 360 : 180;
    for (let way = step; way <= limit; way += step) {
      const value = cutAt(cut, peak.angle + direction * way);
      if (value === null) return null;
      if (value < level) return peak.angle + direction * (way - step / 2);
    }
    return null;
  };
  const from = edge(-1);
  const to = edge(1);
  return from === null || to === null ? null : { from, to, width: to - from };
}

/** Share of the grid's solid angle where the value is at least `level` [dBi]; trapezoids in theta, so poles weigh nothing. */
export function coverage(pattern: Pattern, level: number, quantity: Quantity = "total_dbi"): number | null {
  const grid: Grid | undefined = pattern[quantity];
  const thetas = pattern.theta_deg;
  if (!grid || !thetas || thetas.length === 0) return null;
  const rows = goesRound(pattern.phi_deg) && angleBetween(pattern.phi_deg[0]!, pattern.phi_deg[pattern.phi_deg.length - 1]!) < 1e-6 ? grid.length - 1 : grid.length;
  let covered = 0;
  let all = 0;
  for (let i = 0; i < rows; i += 1)
    thetas.forEach((theta, j) => {
      const before = thetas[Math.max(0, j - 1)]!;
      const after = thetas[Math.min(thetas.length - 1, j + 1)]!;
      const radians = Math.PI / 180;
      const weight =
        thetas.length === 1 ? 1 : Math.abs(Math.cos(((before + theta) / 2) * radians) - Math.cos(((after + theta) / 2) * radians));
      all += weight;
      const value = grid[i]?.[j];
      if (value !== null && value !== undefined && value >= level) covered += weight;
    });
  return all > 0 ? covered / all : null;
}
