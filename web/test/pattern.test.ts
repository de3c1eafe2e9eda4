// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";

import type { Pattern } from "../src/api/types";
import { angleBetween, azimuthCut, beamwidth, coverage, cutAt, elevationCut, frontToBack, largestOf } from "../src/data/pattern";

const range = (start: number, stop: number, step: number) => Array.from({ length: Math.round((stop - start) / step) + 1 }, (_, i) => start + i * step);
const pattern = (theta_deg: number[], phi_deg: number[], level: (theta: number, phi: number) => number | null): Pattern => ({
  quantity: "power_gain",
  mode: 0,
  distance: 0,
  theta_deg,
  phi_deg,
  total_dbi: phi_deg.map((phi) => theta_deg.map((theta) => level(theta, phi))),
});
/** Power cos^2 (half angle from +x) squared in azimuth: -3 dB at a known angle, no null but at the back. */
const cardioid = (phi: number) => 20 * Math.log10(Math.max((1 + Math.cos((phi * Math.PI) / 180)) / 2, 1e-5));

describe("angles", () => {
  it("are apart the short way round", () => {
    expect(angleBetween(350, 10)).toBe(20);
    expect(angleBetween(-180, 180)).toBe(0);
    expect(angleBetween(0, 180)).toBe(180);
    expect(angleBetween(725, 0)).toBe(5);
  });
});

describe("azimuth cuts", () => {
  it("take the nearest theta, go round, and know values between", () => {
    const cut = azimuthCut(pattern([0, 45, 90], range(0, 350, 10), (theta, phi) => theta + phi / 1000), 80)!;
    expect(cut.at).toBe(90);
    expect(cut.closed).toBe(true);
    expect(cut.points.length).toBe(37);
    expect(cutAt(cut, 20)).toBeCloseTo(90.02, 9);
    expect(cutAt(cut, 25)).toBeCloseTo(90.025, 9);
    expect(cutAt(cut, -10)).toBeCloseTo(90.35, 9);
    expect(cutAt(cut, 355)).toBeCloseTo((90.35 + 90) / 2, 9); // across the seam
    expect(cutAt(cut, 380)).toBeCloseTo(90.02, 9);
  });

  it("of a sector stay open, and have no values outside", () => {
    const cut = azimuthCut(pattern([90], range(0, 90, 10), () => 1), 90)!;
    expect(cut.closed).toBe(false);
    expect(cutAt(cut, 91)).toBeNull();
    expect(cutAt(cut, 90)).toBe(1);
  });

  it("have no values beside nulls, and none without a grid", () => {
    const cut = azimuthCut(pattern([90], [0, 90, 180, 270], (_, phi) => (phi === 90 ? null : 2)), 90)!;
    expect(cutAt(cut, 90)).toBeNull();
    expect(cutAt(cut, 45)).toBeNull();
    expect(cutAt(cut, 0)).toBe(2);
    expect(cutAt(cut, 200)).toBe(2);
    expect(azimuthCut(pattern([90], range(0, 90, 10), () => 1), 90, "major_dbi")).toBeNull();
  });
});

describe("elevation cuts", () => {
  it("put the direction phi to the right and its opposite to the left", () => {
    const cut = elevationCut(pattern(range(0, 180, 10), range(0, 350, 10), (theta, phi) => theta + (phi === 180 ? 1000 : 0)), 0)!;
    expect(cut.at).toBe(0);
    expect(cut.closed).toBe(true);
    expect(cutAt(cut, 40)).toBe(40);
    expect(cutAt(cut, -40)).toBe(1040);
    expect(cutAt(cut, 0)).toBe(0);
  });

  it("over ground reach from horizon to horizon", () => {
    const cut = elevationCut(pattern(range(0, 90, 5), range(0, 355, 5), (theta) => -theta), 30)!;
    expect(cut.at).toBe(30);
    expect(cut.closed).toBe(false);
    expect(cut.points[0]!.angle).toBe(-90);
    expect(cut.points[cut.points.length - 1]!.angle).toBe(90);
  });

  it("take the nearest phi across north", () => expect(elevationCut(pattern([0, 90], [0, 120, 240], () => 0), 350)!.at).toBe(0));

  it("of a grid without the opposite side have one side only", () => {
    const cut = elevationCut(pattern(range(0, 90, 10), range(0, 90, 10), () => 0), 0)!;
    expect(cut.points.every((point) => point.angle >= 0)).toBe(true);
  });
});

describe("figures of patterns", () => {
  it("find the largest value and its direction", () => {
    const p = pattern(range(0, 180, 10), range(0, 350, 10), (theta, phi) => 7 - Math.abs(theta - 80) / 10 - angleBetween(phi, 40) / 10);
    expect(largestOf(p)).toEqual({ value: 7, theta: 80, phi: 40 });
    expect(frontToBack(p)).toBeCloseTo(18, 9);
  });

  it("have no front to back where the beam points along the axis, or the back is not there", () => {
    const up = pattern(range(0, 90, 10), range(0, 350, 10), (theta) => -theta);
    expect(frontToBack(up)).toBeNull();
    const whole = pattern(range(0, 180, 10), range(0, 350, 10), (theta) => 5 - theta / 10);
    expect(frontToBack(whole)).toBeCloseTo(18, 9); // zenith against nadir
    expect(frontToBack(pattern([90], range(0, 90, 10), (_, phi) => -phi))).toBeNull();
    expect(largestOf(pattern([90], [0, 90], () => null))).toBeNull();
  });

  it("measure the width of a cardioid between its -3 dB edges", () => {
    const cut = azimuthCut(pattern([90], range(0, 359, 1), (_, phi) => cardioid(phi)), 90)!;
    // ((1 + cos a) / 2)^2 = 10^-0.3
    const edge = (Math.acos(2 * 10 ** -0.15 - 1) * 180) / Math.PI;
    const found = beamwidth(cut)!;
    expect(found.width).toBeCloseTo(2 * edge, 0);
    expect(found.from).toBeCloseTo(-edge, 0);
    expect(beamwidth(azimuthCut(pattern([90], range(0, 350, 10), () => 1), 90)!)).toBeNull();
  });

  it("weigh coverage with the solid angle", () => {
    const half = pattern(range(0, 180, 1), range(0, 350, 10), (theta) => (theta < 60 ? 0 : -20));
    expect(coverage(half, -3)).toBeCloseTo(0.25, 2); // (1 - cos 60) / 2
    const closed = pattern(range(0, 180, 1), range(0, 360, 10), (_, phi) => (phi < 180 ? 0 : -20));
    expect(coverage(closed, -3)).toBeCloseTo(0.5, 9);
    expect(coverage(pattern([90], range(0, 350, 10), (_, phi) => (phi < 90 ? 0 : null)), -3)).toBeCloseTo(0.25, 9);
    expect(coverage(half, -3, "phi_dbi")).toBeNull();
  });
});
