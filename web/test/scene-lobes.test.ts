// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";

import type { Grid, Pattern } from "../src/api/types";
import { levelPlace, lobesOf, neighbours, towards } from "../src/scene/lobes";
import { circles } from "../src/scene/lobeThings";

const pattern = (theta_deg: number[], phi_deg: number[], level: (theta: number, phi: number) => number | null): Pattern => ({
  quantity: "power_gain",
  mode: 0,
  distance: 0,
  theta_deg,
  phi_deg,
  total_dbi: phi_deg.map((phi) => theta_deg.map((theta) => level(theta, phi))) as Grid,
});
const range = (start: number, stop: number, step: number) => Array.from({ length: Math.round((stop - start) / step) + 1 }, (_, i) => start + i * step);
const levels = { top: 0, floor: -40 };
const area = (corners: Float32Array) => {
  let sum = 0;
  for (let i = 0; i + 8 < corners.length; i += 9) {
    const u = [0, 1, 2].map((k) => corners[i + 3 + k]! - corners[i + k]!) as [number, number, number];
    const v = [0, 1, 2].map((k) => corners[i + 6 + k]! - corners[i + k]!) as [number, number, number];
    sum += Math.hypot(u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]) / 2;
  }
  return sum;
};

describe("levels", () => {
  it("become radii by their decibels above the floor", () => {
    expect(levelPlace(0, levels)).toBe(1);
    expect(levelPlace(-10, levels)).toBe(0.75);
    expect(levelPlace(-40, levels)).toBe(0);
    expect(levelPlace(-300, levels)).toBe(0);
    expect(levelPlace(null, levels)).toBe(0);
    expect(levelPlace(3, levels)).toBe(1);
  });

  it("go where theta and phi point", () => {
    towards(90, 90).forEach((value, k) => expect(value).toBeCloseTo([0, 1, 0][k]!, 12));
    towards(30, 0).forEach((value, k) => expect(value).toBeCloseTo([0.5, 0, Math.sqrt(0.75)][k]!, 12));
  });
});

describe("surfaces of patterns", () => {
  it("of an isotropic antenna are spheres", () => {
    const lobes = lobesOf(pattern(range(0, 180, 2), range(0, 358, 2), () => 0), "total_dbi", levels);
    // 4π, less what flat facets of 2° are short of
    expect(area(lobes.corners)).toBeGreaterThan(4 * Math.PI * 0.999);
    expect(area(lobes.corners)).toBeLessThan(4 * Math.PI);
    expect([...lobes.places].every((place) => place === 1)).toBe(true);
  });

  it("are the same whether the last column repeats the first or not", () => {
    const level = (theta: number, phi: number) => -theta / 9 - Math.abs(180 - phi) / 30;
    const open = lobesOf(pattern(range(0, 180, 10), range(0, 350, 10), level), "total_dbi", levels);
    const closed = lobesOf(pattern(range(0, 180, 10), range(0, 360, 10), level), "total_dbi", levels);
    expect(open.corners.length).toBe(closed.corners.length);
    expect(area(open.corners)).toBeCloseTo(area(closed.corners), 6);
  });

  it("of a sector stay open", () => {
    expect(neighbours([0, 10, 20], true)).toEqual([[0, 1], [1, 2]]);
    expect(neighbours([0, 120, 240], true)).toEqual([[0, 1], [1, 2], [2, 0]]);
    expect(neighbours([20, 0, 10], false)).toEqual([[1, 2], [2, 0]]);
    const lobes = lobesOf(pattern(range(0, 90, 5), range(0, 90, 5), () => 0), "total_dbi", levels);
    for (let i = 0; i < lobes.corners.length; i += 3) expect([lobes.corners[i]! > -1e-6, lobes.corners[i + 1]! > -1e-6, lobes.corners[i + 2]! > -1e-6]).toEqual([true, true, true]);
    expect(area(lobes.corners)).toBeCloseTo(Math.PI / 2, 2);
  });

  it("of one cut are fans to the centre", () => {
    const azimuth = lobesOf(pattern([90], range(0, 359, 1), () => 0), "total_dbi", levels);
    expect(area(azimuth.corners)).toBeCloseTo(Math.PI, 2);
    const elevation = lobesOf(pattern(range(0, 90, 1), [0], () => 0), "total_dbi", levels);
    expect(area(elevation.corners)).toBeCloseTo(Math.PI / 4, 2);
    for (let i = 1; i < elevation.corners.length; i += 3) expect(Math.abs(elevation.corners[i]!)).toBeLessThan(1e-6);
  });

  it("know the direction of every corner", () => {
    const thetas = range(0, 180, 30);
    const phis = range(0, 330, 30);
    const lobes = lobesOf(pattern(thetas, phis, (theta, phi) => -theta / 18 - phi / 36), "total_dbi", levels);
    lobes.directions.forEach((index, corner) => {
      const theta = thetas[index % thetas.length]!;
      const phi = phis[Math.floor(index / thetas.length)]!;
      const radius = levelPlace(-theta / 18 - phi / 36, levels);
      towards(theta, phi).forEach((value, k) => expect(lobes.corners[3 * corner + k]).toBeCloseTo(value * radius, 5));
      expect(lobes.places[corner]).toBeCloseTo(radius, 6);
    });
  });

  it("leave out what is below the floor, and a field that does not exist", () => {
    const lobes = lobesOf(pattern(range(0, 180, 10), range(0, 350, 10), (theta) => (theta <= 90 ? 0 : null)), "total_dbi", levels);
    const lowest = lobes.corners.reduce((least, value, i) => (i % 3 === 2 ? Math.min(least, value) : least), 1);
    expect(lowest).toBeGreaterThan(-1e-6);
    expect(lobesOf(pattern([0, 90], [0, 90], () => -99), "total_dbi", levels).corners.length).toBe(0);
    expect(lobesOf(pattern([0, 90], [0, 90], () => 0), "phi_dbi", levels).corners.length).toBe(0);
  });

  it("of a single direction are a spoke", () => {
    const lobes = lobesOf(pattern([90], [0], () => 0), "total_dbi", levels);
    expect(lobes.corners.length).toBe(0);
    [0, 0, 0, 1, 0, 0].forEach((value, i) => expect(lobes.lines[i]).toBeCloseTo(value, 6));
  });

  it("have rings of true radii", () => {
    const lines = circles([0.5]);
    for (let i = 0; i < lines.length; i += 3) expect(Math.hypot(lines[i]!, lines[i + 1]!, lines[i + 2]!)).toBeCloseTo(0.5, 6);
  });
});
