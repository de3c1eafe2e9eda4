// SPDX-License-Identifier: Apache-2.0
// A far field as a surface: the further out, the stronger.
import type { Pattern, Vector } from "../api/types";
import type { Quantity } from "../data/pattern";

export interface Levels {
  /** of radius 1 [dB] */
  top: number;
  /** of the centre [dB] */
  floor: number;
}

export interface Lobes {
  /** corners of triangles, 9 numbers each; radii of 0 to 1 */
  corners: Float32Array;
  /** of each corner: place between floor and top, 0 to 1 */
  places: Float32Array;
  /** of each corner: index of the direction, phi row times number of thetas plus theta column */
  directions: Uint32Array;
  /** lines of the grid, 6 numbers each */
  lines: Float32Array;
}

/** Place of a level; what is not there has the level of nothing at all. */
export function levelPlace(level: number | null, levels: Levels): number {
  if (level === null || !(level > levels.floor)) return 0;
  return Math.min(1, (level - levels.floor) / (levels.top - levels.floor));
}

export function towards(theta: number, phi: number): Vector {
  const t = (theta * Math.PI) / 180;
  const p = (phi * Math.PI) / 180;
  return [Math.sin(t) * Math.cos(p), Math.sin(t) * Math.sin(p), Math.cos(t)];
}

/** Neighbours in a list of angles: pairs of indices, the last with the first if that gap is no wider than the others. */
export function neighbours(angles: readonly number[], turns: boolean): [number, number][] {
  const order = angles.map((_, i) => i).sort((a, b) => angles[a]! - angles[b]!);
  const pairs: [number, number][] = [];
  let widest = 0;
  for (let i = 1; i < order.length; i += 1) {
    pairs.push([order[i - 1]!, order[i]!]);
    widest = Math.max(widest, angles[order[i]!]! - angles[order[i - 1]!]!);
  }
  if (turns && order.length > 2) {
    const gap = 360 - (angles[order[order.length - 1]!]! - angles[order[0]!]!);
    if (gap > 1e-6 && gap <= widest * 1.01) pairs.push([order[order.length - 1]!, order[0]!]);
  }
  return pairs;
}

/** Every direction of a grid: its place between floor and top, and where that is. */
function directionsOf(pattern: Pattern, quantity: Quantity, levels: Levels): { places: Float32Array; points: Float32Array } {
  const thetas = pattern.theta_deg ?? [];
  const places = new Float32Array(pattern.phi_deg.length * thetas.length);
  const points = new Float32Array(3 * places.length);
  pattern.phi_deg.forEach((phi, row) =>
    thetas.forEach((theta, column) => {
      const index = row * thetas.length + column;
      const place = levelPlace(pattern[quantity]?.[row]?.[column] ?? null, levels);
      places[index] = place;
      towards(theta, phi).forEach((part, k) => (points[3 * index + k] = part * place));
    }),
  );
  return { places, points };
}

/** In a list of directions: the centre, where the pointer finds this direction. */
const centre = (index: number): number => -1 - index;

/** The surface's corners as indices of directions: between four neighbours two triangles, of a single cut a fan to the centre. */
function triangles(rows: number, columns: number, around: readonly [number, number][], across: readonly [number, number][], places: Float32Array): number[] {
  const list: number[] = [];
  const fan = (a: number, b: number) => {
    if (places[a]! + places[b]! > 0) list.push(a, b, centre(places[a]! >= places[b]! ? a : b));
  };
  for (const [p, q] of around)
    for (const [s, t] of across) {
      const [a, b, c, d] = [p * columns + s, q * columns + s, q * columns + t, p * columns + t] as const;
      if (places[a]! + places[b]! + places[c]! + places[d]! > 0) list.push(a, b, c, a, c, d);
    }
  if (columns === 1) for (const [p, q] of around) fan(p, q);
  if (rows === 1) for (const [s, t] of across) fan(s, t);
  return list;
}

/** Lines between neighbours as pairs of indices of directions; of a single direction one from the centre. */
function gridLines(rows: number, columns: number, around: readonly [number, number][], across: readonly [number, number][], places: Float32Array): number[] {
  const list: number[] = [];
  const line = (a: number, b: number) => {
    if (places[a]! + places[b]! > 0) list.push(a, b);
  };
  for (let column = 0; column < columns; column += 1) for (const [p, q] of around) line(p * columns + column, q * columns + column);
  for (let row = 0; row < rows; row += 1) for (const [s, t] of across) line(row * columns + s, row * columns + t);
  if (rows === 1 && columns === 1 && places[0]! > 0) list.push(centre(0), 0);
  return list;
}

function pointsOf(list: readonly number[], points: Float32Array): Float32Array {
  const flat = new Float32Array(3 * list.length);
  for (let i = 0; i < list.length; i += 1) {
    const index = list[i]!;
    if (index >= 0) for (let k = 0; k < 3; k += 1) flat[3 * i + k] = points[3 * index + k]!;
  }
  return flat;
}

/** The surface of a pattern's directions, and nothing between directions that were not asked for. */
export function lobesOf(pattern: Pattern, quantity: Quantity, levels: Levels): Lobes {
  const rows = pattern.phi_deg.length;
  const columns = pattern.theta_deg?.length ?? 0;
  const { places, points } = directionsOf(pattern, quantity, levels);
  const across = neighbours(pattern.theta_deg ?? [], false);
  const around = neighbours(pattern.phi_deg, true);
  const corners = triangles(rows, columns, around, across, places);
  const lobes: Lobes = {
    corners: pointsOf(corners, points),
    places: new Float32Array(corners.length),
    directions: new Uint32Array(corners.length),
    lines: pointsOf(gridLines(rows, columns, around, across, places), points),
  };
  for (let i = 0; i < corners.length; i += 1) {
    const index = corners[i]!;
    lobes.places[i] = index < 0 ? 0 : places[index]!;
    lobes.directions[i] = index < 0 ? centre(index) : index;
  }
  return lobes;
}
