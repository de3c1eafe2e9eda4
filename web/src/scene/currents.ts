// SPDX-License-Identifier: Apache-2.0
// Currents of a solve on the wires and triangles of the geometry.
import type { Complex, FaceCurrent, Geometry, SegmentCurrent, Solve } from "../api/types";
import { magnitude } from "../data/complex";
import { boxOfModel, diagonalOf } from "./box";

export interface Currents {
  /** one each segment, real and imaginary [A]; null: this solve has none, or not of this geometry */
  wires: Float32Array | null;
  /** largest of them */
  mostWire: number;
  /** x, y, z of one each triangle [A/m] */
  faceReal: Float32Array | null;
  faceImaginary: Float32Array | null;
  mostFace: number;
}

/** Places may differ by what was rounded off, as share of the model's size. */
const tolerance = 1e-4;

const near = (a: readonly number[], b: readonly number[], reach: number) => [0, 1, 2].every((k) => Math.abs(a[k]! - b[k]!) <= reach);

function liesOnSegments(geometry: Geometry, list: readonly SegmentCurrent[], reach: number): boolean {
  const flat = geometry.segments ?? [];
  return list.length > 0 && 7 * list.length === flat.length && list.every((each, i) => near(each.centre, [0, 1, 2].map((k) => (flat[7 * i + k]! + flat[7 * i + 3 + k]!) / 2), reach));
}

function liesOnTriangles(geometry: Geometry, list: readonly FaceCurrent[], reach: number): boolean {
  const { vertices = [], triangles = [] } = geometry;
  const count = triangles.length / 3;
  return (
    list.length > 0 &&
    list.every((each) => {
      const first = 3 * (each.triangle - 1);
      if (each.triangle < 1 || each.triangle > count) return false;
      return near(each.centre, [0, 1, 2].map((k) => [0, 1, 2].reduce((sum, corner) => sum + vertices[3 * triangles[first + corner]! + k]!, 0) / 3), reach);
    })
  );
}

/** Magnitude of a complex vector: the root of the sum of its components' squares. */
export const vectorMagnitude = (vector: readonly Complex[]): number => Math.hypot(...vector.flat());

/** Currents of the solve, where they lie on this geometry: those of another state of the file are not shown on this one. */
export function currentsOf(geometry: Geometry, solve: Solve | null): Currents {
  const reach = tolerance * diagonalOf(boxOfModel(geometry));
  const currents: Currents = { wires: null, mostWire: 0, faceReal: null, faceImaginary: null, mostFace: 0 };
  const segments = solve?.currents ?? [];
  if (liesOnSegments(geometry, segments, reach)) {
    currents.wires = new Float32Array(segments.flatMap((each) => each.current));
    currents.mostWire = segments.reduce((most, each) => Math.max(most, magnitude(each.current)), 0);
  }
  const faces = solve?.face_currents ?? [];
  if (liesOnTriangles(geometry, faces, reach)) {
    const real = new Float32Array(geometry.triangles?.length ?? 0);
    const imaginary = new Float32Array(real.length);
    for (const { triangle, current } of faces)
      current.forEach(([re, im], k) => {
        real[3 * (triangle - 1) + k] = re;
        imaginary[3 * (triangle - 1) + k] = im;
      });
    currents.faceReal = real;
    currents.faceImaginary = imaginary;
    currents.mostFace = faces.reduce((most, each) => Math.max(most, vectorMagnitude(each.current)), 0);
  }
  return currents;
}

/** Magnitude of a complex vector that starts at `at` in both lists, or at a phase [rad] that of its real part. */
function sizeAt(real: Float32Array, imaginary: Float32Array, at: number, count: number, phase: number | null): number {
  let sum = 0;
  for (let k = 0; k < count; k += 1) {
    const [re, im] = [real[at + k]!, imaginary[at + k]!];
    sum += phase === null ? re * re + im * im : (Math.cos(phase) * re - Math.sin(phase) * im) ** 2;
  }
  return Math.sqrt(sum);
}

/** Of a segment [A]; null where it is not known. */
export const wireCurrent = ({ wires }: Currents, index: number, phase: number | null): number | null =>
  wires ? sizeAt(wires, wires.subarray(1), 2 * index, 1, phase) : null;

/** Of a triangle [A/m]; null where it is not known. */
export const faceCurrent = ({ faceReal, faceImaginary }: Currents, index: number, phase: number | null): number | null =>
  faceReal && faceImaginary ? sizeAt(faceReal, faceImaginary, 3 * index, 3, phase) : null;

export const hasCurrents = (currents: Currents): boolean => currents.wires !== null || currents.faceReal !== null;

/** The solve has currents, but of another geometry. */
export const belongElsewhere = (currents: Currents, solve: Solve | null): boolean =>
  !hasCurrents(currents) && ((solve?.currents.length ?? 0) > 0 || (solve?.face_currents?.length ?? 0) > 0);

/** Gives every corner of a triangle the vector of the triangle. */
export function perCorner(perTriangle: Float32Array): Float32Array {
  const all = new Float32Array(3 * perTriangle.length);
  for (let i = 0; i < all.length; i += 1) all[i] = perTriangle[3 * Math.floor(i / 9) + (i % 3)]!;
  return all;
}
