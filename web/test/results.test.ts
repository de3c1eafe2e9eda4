// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";

import type { Complex, CrossSection, Result, Solve } from "../src/api/types";
import { isolationAt, isolationMatrix, worstIsolation } from "../src/data/isolation";
import { echoing, heldAngles, quantile, rcsOf, rcsStatistics, rcsTrace, sweptAngle } from "../src/data/rcs";
import { entry, frequenciesOf, frequencyToShow, join, nearestIndex, resample, solveKey, sourcesOf, sweepOf, sweepOfTouchstone } from "../src/data/series";

const solve = (frequency_hz: number, more: Partial<Solve> = {}): Solve => ({
  frequency_hz,
  job: 1,
  task: 1,
  drive: "sources",
  sources: [],
  residual: null,
  unknowns: 1,
  solver: "lu",
  currents: [],
  ...more,
});
const result = (solves: Solve[]): Result => ({ alicorn: "", input: "", comment: "", segments: 0, unknowns: 0, blas: "", solves });
const two = (s21: number, s12 = s21): Complex[][] => [
  [[0.1, 0], [s12, 0]],
  [[s21, 0], [0.2, 0]],
];
const ports = { ports: ["VHF", "UHF"], z0: [50, 75] };

describe("sweeps", () => {
  it("are ascending, with each frequency once, and of one set of ports", () => {
    const sweep = sweepOf(result([solve(3e6, { ...ports, s: two(0.3) }), solve(1e6, { ...ports, s: two(0.1), interpolated: true }), solve(1e6, { ...ports, s: two(0.9) }), solve(2e6), solve(4e6, { ports: ["A"], z0: [50], s: [[[0, 0]]] })]))!;
    expect(sweep.frequency).toEqual([1e6, 3e6]);
    expect(sweep.s[0]![1]![0]).toEqual([0.1, 0]);
    expect(sweep.interpolated).toEqual([true, false]);
    expect(sweep.z0).toEqual([50, 75]);
    expect(sweep.error).toEqual([null, null]);
    expect(entry(sweep, 1, 0)).toEqual([{ s: [0.1, 0], error: null }, { s: [0.3, 0], error: null }]);
    expect(entry(sweep, 5, 0)[0]).toEqual({ s: null, error: null });
  });

  it("of nothing are none", () => {
    expect(sweepOf(null)).toBeNull();
    expect(sweepOf(result([solve(1e6)]))).toBeNull();
    expect(frequenciesOf(undefined)).toEqual([]);
  });

  it("of Touchstone files have no errors", () => {
    const sweep = sweepOfTouchstone({ ports: ["1"], z0: [50], frequency_hz: [1, 2], s: [[[[0, 0]]], [[[1, 0]]]] });
    expect(sweep.error).toEqual([null, null]);
    expect(sweep.ports).toEqual(["1"]);
  });

  it("collect sources by port", () => {
    const source = { port: "VHF", tag: 1, segment: 1, impedance: [50, 1] as Complex, impedance_error: null, voltage: [1, 0] as Complex, current: [0.02, 0] as Complex, power_w: 0.01 };
    const found = sourcesOf(result([solve(2e6, { sources: [source] }), solve(1e6, { sources: [source] }), solve(1e6, { sources: [{ ...source, impedance: [9, 9] }] })]));
    expect(found.get("VHF")!.map((point) => point.frequency)).toEqual([1e6, 2e6]);
    expect(found.get("VHF")![0]!.source.impedance).toEqual([50, 1]);
  });

  it("are first looked at where one port is matched best", () => {
    const one = (hz: number, s11: number, more: Partial<Solve> = {}) => solve(hz, { ports: ["1"], z0: [50], s: [[[s11, 0]]], ...more });
    expect(frequencyToShow(result([one(1e6, 0.9), one(2e6, -0.2), one(3e6, 0.3)]))).toBe(2e6);
    const pattern = { quantity: "power_gain" as const, mode: 0, distance: 0, phi_deg: [0] };
    expect(frequencyToShow(result([one(1e6, 0.9), one(2e6, 0.2), one(3e6, 0.3, { patterns: [pattern] })]))).toBe(3e6);
    expect(frequencyToShow(result([solve(1e6, { ...ports, s: two(0) }), solve(2e6, { ...ports, s: two(0) }), solve(3e6)]))).toBe(2e6);
    expect(frequencyToShow(result([]))).toBeNull();
  });

  it("tell solves of one run apart", () => {
    expect(solveKey(solve(1e6))).toBe(solveKey(solve(1e6, { unknowns: 9 })));
    expect(new Set([solve(1e6), solve(2e6), solve(1e6, { driven_port: "A" }), solve(1e6, { driven_port: "B" }), solve(1e6, { task: 2 })].map(solveKey)).size).toBe(5);
  });
});

describe("curves", () => {
  it("find the nearest sample", () => {
    expect(nearestIndex([1, 2, 4], 2.9)).toBe(1);
    expect(nearestIndex([1, 2, 4], 3.1)).toBe(2);
    expect(nearestIndex([1, 2, 4], -7)).toBe(0);
    expect(nearestIndex([], 1)).toBe(-1);
  });

  it("are linear between samples and nothing outside", () => {
    expect(resample([0, 10, 20], [0, 100, null], [-1, 0, 2.5, 10, 15, 20, 21])).toEqual([null, 0, 25, 100, null, null, null]);
    expect(resample([], [], [1])).toEqual([null]);
    expect(resample([5], [7], [5, 6])).toEqual([7, null]);
  });

  it("join over all their x: null is a gap, undefined no sample", () => {
    expect(join([{ x: [1, 3], y: [10, null] }, { x: [2, 3], y: [20, 30] }])).toEqual({ x: [1, 2, 3], y: [[10, undefined, null], [undefined, 20, 30]] });
  });
});

describe("isolation", () => {
  const sweep = sweepOf(result([solve(1e6, { ...ports, s: two(0.01, 0.001), s_error: [[null, 0.0001], [0.001, null]] }), solve(2e6, { ...ports, s: two(0.1, 0.0001) }), solve(3e6, { ...ports, s: two(0, 0) })]))!;

  it("is -20 log |S| with its band", () => {
    const here = isolationAt(sweep, 1, 0, 0);
    expect(here.value).toBeCloseTo(40, 9);
    expect(here.error).toBeCloseTo(20 * Math.log10(1.1), 9);
    expect(isolationAt(sweep, 0, 1, 0).value).toBeCloseTo(60, 9);
    expect(isolationAt(sweep, 1, 0, 2).value).toBeNull();
    expect(isolationAt(sweep, 1, 0, 9)).toEqual({ value: null, error: null, frequency: null });
  });

  it("is the least over the band, each direction for itself", () => {
    const worst = worstIsolation(sweep);
    expect(worst[0]![0]).toBeNull();
    expect(worst[1]![0]!.value).toBeCloseTo(20, 9);
    expect(worst[1]![0]!.frequency).toBe(2e6);
    expect(worst[0]![1]!.value).toBeCloseTo(60, 9);
    expect(worst[0]![1]!.frequency).toBe(1e6);
    expect(worstIsolation(sweep, 0, 1.5e6)[1]![0]!.value).toBeCloseTo(40, 9);
    expect(worstIsolation(sweep, 5e6)[1]![0]!.value).toBeNull();
    expect(isolationMatrix(sweep, 1)[1]![0]!.value).toBeCloseTo(20, 9);
  });
});

describe("cross-sections", () => {
  const row = (theta_deg: number, phi_deg: number, vv_dbsm: number | null, hh_dbsm: number | null = null): CrossSection => ({
    theta_deg,
    phi_deg,
    theta_inc_deg: theta_deg,
    phi_inc_deg: phi_deg,
    vv_dbsm,
    hv_dbsm: null,
    vh_dbsm: null,
    hh_dbsm,
    vv_error_db: 0.5,
    hv_error_db: null,
    vh_error_db: null,
    hh_error_db: null,
  });

  it("are collected by frequency and kind", () => {
    const sets = rcsOf(result([solve(2e9, { rcs: [row(90, 0, 1)] }), solve(1e9, { rcs: [row(90, 0, 3)] }), solve(1e9, { rcs: [row(90, 10, 4)] }), solve(1e9, { rcs: [{ ...row(90, 20, 5), phi_inc_deg: 0 }] })]));
    expect(sets.map((set) => [set.frequency, set.monostatic, set.rows.length])).toEqual([[1e9, true, 2], [1e9, false, 1], [2e9, true, 1]]);
  });

  it("run over the angle with more values", () => {
    const rows = [row(85, 0, 1), row(85, 10, 2), row(85, 5, null), row(95, 0, 9)];
    expect(sweptAngle(rows)).toBe("phi_deg");
    expect(heldAngles(rows, "phi_deg")).toEqual([85, 95]);
    expect(rcsTrace(rows, "vv", "phi_deg", 85)).toEqual({ angle: [0, 5, 10], value: [1, null, 2], error: [0.5, 0.5, 0.5] });
    expect(sweptAngle([row(0, 0, 1), row(10, 0, 1)])).toBe("theta_deg");
  });

  it("leave polarisations out whose echo is rounding", () => {
    expect(echoing([row(90, 0, -10, -280), row(90, 10, -20, -200)])).toEqual(["vv"]);
    expect(echoing([row(90, 0, -10, -40)])).toEqual(["vv", "hh"]);
    expect(echoing([row(90, 0, null)])).toEqual([]);
  });

  it("have quantiles between order statistics, missing echoes the smallest", () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBeCloseTo(2.5, 12);
    expect(quantile([1, 2, 3, 4, 5], 0.9)).toBeCloseTo(4.6, 12);
    expect(quantile([null, 1, 2], 0.5)).toBe(1);
    expect(quantile([null, 1], 0.5)).toBeNull();
    expect(quantile([], 0.5)).toBeNull();
  });

  it("have their mean as a mean of areas, not of decibels", () => {
    const s = rcsStatistics([0, 10, null, 10]);
    expect(s.mean).toBeCloseTo(10 * Math.log10(21 / 4), 12);
    expect(s.greatest).toBe(10);
    expect(s.least).toBeNull();
    expect(rcsStatistics([]).mean).toBeNull();
    expect(rcsStatistics([null]).median).toBeNull();
  });
});
