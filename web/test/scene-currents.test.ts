// SPDX-License-Identifier: Apache-2.0
import { describe as group, expect, it } from "vitest";

import type { Complex, FaceCurrent, Geometry, SegmentCurrent, Solve, Vector } from "../src/api/types";
import { belongElsewhere, currentsOf, faceCurrent, hasCurrents, perCorner, vectorMagnitude, wireCurrent } from "../src/scene/currents";
import { currentText, describe, excitationText } from "../src/scene/describe";
import { decibelTicks, magnitudeLegend, placeOf } from "../src/scene/scale";

const geometry: Geometry = {
  findings: [
    { severity: "warning", name: "wire-touch", message: "wires 1 and 2 touch", file: "a.nec", line: 9, column: 1, points: [[0, 0, 1]] },
    { severity: "note", name: null, message: "no tag", file: "a.nec", line: null, column: null },
  ],
  good: true,
  segments: [0, 0, 0, 0, 0, 1, 0.01, 0, 0, 1, 0, 0, 3, 0.01],
  segment_line: [4, 5],
  segment_tag: [7, 8],
  segment_wire: [1, 2],
  vertices: [0, 0, 0, 3, 0, 0, 0, 3, 0],
  triangles: [0, 1, 2],
  surfaces: [{ name: "plate", first: 0, count: 1, line: 11, kind: "conductor" }],
  ports: [{ name: "A", position: [0, 0, 0.5], line: 12, z0: null }],
};

const segment = (centre: Vector, current: Complex): SegmentCurrent => ({ segment: 1, tag: 1, centre, direction: [0, 0, 1], length: 1, radius: 0.01, current, charge: [0, 0] });
const face = (centre: Vector, current: [Complex, Complex, Complex]): FaceCurrent => ({ surface: "plate", triangle: 1, centre, area: 4.5, current, charge: [0, 0] });
const solveOf = (currents: SegmentCurrent[], face_currents?: FaceCurrent[]): Solve => ({
  frequency_hz: 1e8,
  job: 1,
  task: 1,
  drive: "sources",
  sources: [],
  residual: null,
  unknowns: 2,
  solver: "dense",
  currents,
  face_currents,
});

const wires = [segment([0, 0, 0.5], [3, 4]), segment([0, 0, 2], [0, -1])];
const faces = [face([1, 1, 0], [[1, 0], [0, 2], [0, 0]])];

group("currents", () => {
  it("lie on the segments and triangles that they belong to", () => {
    const found = currentsOf(geometry, solveOf(wires, faces));
    expect([...found.wires!]).toEqual([3, 4, 0, -1]);
    expect(found.mostWire).toBe(5);
    expect([...found.faceReal!]).toEqual([1, 0, 0]);
    expect([...found.faceImaginary!]).toEqual([0, 2, 0]);
    expect(found.mostFace).toBeCloseTo(Math.sqrt(5), 12);
  });

  it("of another geometry are not shown on this one", () => {
    const moved = solveOf([wires[0]!, segment([0, 0, 2.1], [0, -1])], [face([1, 1.1, 0], [[1, 0], [0, 2], [0, 0]])]);
    const found = currentsOf(geometry, moved);
    expect(hasCurrents(found)).toBe(false);
    expect(belongElsewhere(found, moved)).toBe(true);
    expect(hasCurrents(currentsOf(geometry, solveOf(wires.slice(1))))).toBe(false);
    expect(hasCurrents(currentsOf(geometry, solveOf([], [{ ...faces[0]!, triangle: 2 }])))).toBe(false);
  });

  it("are not missed where none were asked for", () => {
    const none = solveOf([]);
    expect(belongElsewhere(currentsOf(geometry, none), none)).toBe(false);
    expect(hasCurrents(currentsOf(geometry, null))).toBe(false);
  });

  it("have a magnitude, and at every phase a real part", () => {
    const found = currentsOf(geometry, solveOf(wires, faces));
    expect(wireCurrent(found, 0, null)).toBe(5);
    expect(wireCurrent(found, 0, 0)).toBe(3);
    expect(wireCurrent(found, 0, Math.PI / 2)).toBeCloseTo(4, 12);
    expect(wireCurrent(found, 0, -Math.atan2(4, 3))).toBeCloseTo(5, 12);
    expect(faceCurrent(found, 0, null)).toBeCloseTo(Math.sqrt(5), 12);
    expect(faceCurrent(found, 0, 0)).toBe(1);
    expect(faceCurrent(found, 0, Math.PI / 2)).toBeCloseTo(2, 12);
    expect(wireCurrent(currentsOf(geometry, null), 0, null)).toBeNull();
    expect(faceCurrent(currentsOf(geometry, null), 0, null)).toBeNull();
  });

  it("repeat at the three corners", () => {
    expect([...perCorner(new Float32Array([1, 2, 3, 4, 5, 6]))]).toEqual([1, 2, 3, 1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6, 4, 5, 6]);
    expect(vectorMagnitude([[3, 0], [0, 4], [0, 12]])).toBe(13);
  });
});

group("scales", () => {
  it("place magnitudes linearly and in decibels", () => {
    expect(placeOf(0.25, { most: 1, range: 0 })).toBe(0.25);
    expect(placeOf(1, { most: 1, range: 40 })).toBe(1);
    expect(placeOf(0.1, { most: 1, range: 40 })).toBeCloseTo(0.5, 12);
    expect(placeOf(1e-9, { most: 1, range: 40 })).toBe(0);
    expect(placeOf(0, { most: 1, range: 40 })).toBe(0);
    expect(placeOf(1, { most: 0, range: 0 })).toBe(0);
    expect(placeOf(2, { most: 1, range: 0 })).toBe(1);
  });

  it("carry units that read well", () => {
    const linear = magnitudeLegend("|I|", "A", { most: 0.0123, range: 0 });
    expect(linear.title).toBe("|I| [mA]");
    expect(linear.ticks.map((tick) => tick.text)).toEqual(["0", "5", "10"]);
    expect(linear.ticks[2]!.place).toBeCloseTo(10 / 12.3, 9);
    const logarithmic = magnitudeLegend("|J|", "A/m", { most: 0.0123, range: 40 });
    expect(logarithmic.title).toBe("|J| [dB], 0 dB: 12.3 mA/m");
    expect(logarithmic.ticks.map((tick) => tick.text)).toEqual(["−40", "−30", "−20", "−10", "0"]);
    expect(logarithmic.ticks.map((tick) => tick.place)).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(decibelTicks(-25, 15).map((tick) => tick.text)).toEqual(["−20", "−10", "0", "10"]);
  });
});

group("descriptions", () => {
  const currents = currentsOf(geometry, solveOf(wires, faces));

  it("tell the wire, its line and its current", () => {
    const text = describe(geometry, currents, { kind: "segment", index: 1 });
    expect(text).toEqual({ title: "Wire, tag 8", lines: ["segment 2, 1 of 1 of wire 2", "length 2 m, radius 10 mm", "current 1 A ∠ −90.0°"], line: 5 });
    const loaded = describe({ ...geometry, loads: [[0, 0, 2]] }, currents, { kind: "segment", index: 1 });
    expect(loaded.lines).toContain("with a load");
    expect(currentText([0, 0.002], "A")).toBe("2 mA ∠ 90.0°");
  });

  it("tell the triangle with the parts of its current density", () => {
    const text = describe(geometry, currents, { kind: "triangle", index: 0 });
    expect(text.title).toBe("Surface plate");
    expect(text.line).toBe(11);
    expect(text.lines).toEqual(["triangle 1, 1 of 1; conductor", "current density 2.236 A/m", "Jx 1 A/m ∠ 0.0°", "Jy 2 A/m ∠ 90.0°", "Jz 0 A/m ∠ 0.0°"]);
  });

  it("tell what makes the currents", () => {
    const solve = solveOf(wires);
    expect(excitationText({ ...solve, driven_port: "A" })).toBe("port A driven, 100 MHz");
    expect(excitationText({ ...solve, drive: "plane_wave", frequency_hz: 1.2345e9 })).toBe("plane wave, 1.2345 GHz");
    expect(excitationText(solve)).toBe("sources, 100 MHz");
  });

  it("tell ports and findings", () => {
    expect(describe(geometry, currents, { kind: "port", index: 0 })).toEqual({ title: "Port A", lines: ["at (0, 0, 0.5) m"], line: 12 });
    expect(describe(geometry, currents, { kind: "finding", index: 0, point: 0 })).toEqual({ title: "Warning: wire-touch", lines: ["wires 1 and 2 touch"], line: 9 });
    expect(describe(geometry, currents, { kind: "finding", index: 1, point: 0 })).toEqual({ title: "Note", lines: ["no tag"], line: 0 });
  });
});
