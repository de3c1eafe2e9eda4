// SPDX-License-Identifier: Apache-2.0
// What something in the picture is, in words.
import type { Complex, Geometry, Solve } from "../api/types";
import { magnitude, phase } from "../data/complex";
import { engineering, fixed, frequencyText, significant } from "../data/units";
import type { Currents } from "./currents";

export type Target =
  | { kind: "segment" | "triangle" | "port"; index: number }
  | { kind: "finding"; index: number; point: number };

export interface Description {
  title: string;
  lines: string[];
  /** of FILE; 0: none */
  line: number;
}

const degrees = (value: Complex) => `${fixed((phase(value) * 180) / Math.PI, 1)}°`;

export const currentText = (value: Complex, unit: string): string => `${engineering(magnitude(value), unit, 4)} ∠ ${degrees(value)}`;

function segmentText(geometry: Geometry, currents: Currents, index: number): Description {
  const flat = geometry.segments ?? [];
  const at = (k: number) => flat[7 * index + k] ?? 0;
  const wire = geometry.segment_wire?.[index];
  const wires = geometry.segment_wire ?? [];
  const first = wire === undefined ? index : wires.indexOf(wire);
  const count = wires.filter((each) => each === wire).length;
  const lines = [
    `segment ${index + 1}, ${index - first + 1} of ${count} of wire ${wire ?? "?"}`,
    `length ${engineering(Math.hypot(at(3) - at(0), at(4) - at(1), at(5) - at(2)), "m")}, radius ${engineering(at(6), "m")}`,
  ];
  const middle = [0, 1, 2].map((k) => (at(k) + at(k + 3)) / 2);
  if (geometry.loads?.some((load) => load.every((value, k) => Math.abs(value - middle[k]!) <= 1e-9 * (1 + Math.abs(value))))) lines.push("with a load");
  if (currents.wires) lines.push(`current ${currentText([currents.wires[2 * index]!, currents.wires[2 * index + 1]!], "A")}`);
  return { title: `Wire, tag ${geometry.segment_tag?.[index] ?? 0}`, lines, line: geometry.segment_line?.[index] ?? 0 };
}

function triangleText(geometry: Geometry, currents: Currents, index: number): Description {
  const surface = geometry.surfaces?.find((each) => index >= each.first && index < each.first + each.count);
  const lines = [`triangle ${index + 1}${surface ? `, ${index - surface.first + 1} of ${surface.count}; ${surface.kind}` : ""}`];
  const { faceReal: re, faceImaginary: im } = currents;
  if (re && im) {
    const parts = [0, 1, 2].map((k): Complex => [re[3 * index + k]!, im[3 * index + k]!]);
    lines.push(`current density ${engineering(Math.hypot(...parts.flat()), "A/m", 4)}`);
    parts.forEach((part, k) => lines.push(`J${"xyz"[k]} ${currentText(part, "A/m")}`));
  }
  return { title: surface?.name ? `Surface ${surface.name}` : "Surface", lines, line: surface?.line ?? 0 };
}

function portText(geometry: Geometry, index: number): Description {
  const port = geometry.ports?.[index];
  if (!port) return { title: "Port", lines: [], line: 0 };
  const place = port.position.map((value) => significant(value, 4)).join(", ");
  return { title: `Port ${port.name}`, lines: [`at (${place}) m`, ...(port.z0 === null ? [] : [`reference ${significant(port.z0)} Ω`])], line: port.line };
}

/** What makes the currents of a solve. */
export function excitationText(solve: Solve): string {
  const ports = solve.driven_port ?? solve.sources.map((source) => source.port).join(", ");
  const drive = { sources: ports === "" ? "sources" : `port ${ports} driven`, plane_wave: "plane wave", plane_waves: "plane waves", current_element: "current element", none: "nothing driven" }[solve.drive];
  return `${drive}, ${frequencyText(solve.frequency_hz)}`;
}

export function describe(geometry: Geometry, currents: Currents, target: Target): Description {
  switch (target.kind) {
    case "segment":
      return segmentText(geometry, currents, target.index);
    case "triangle":
      return triangleText(geometry, currents, target.index);
    case "port":
      return portText(geometry, target.index);
    case "finding": {
      const finding = geometry.findings[target.index];
      if (!finding) return { title: "Finding", lines: [], line: 0 };
      const title = { error: "Error", warning: "Warning", note: "Note" }[finding.severity];
      return { title: finding.name ? `${title}: ${finding.name}` : title, lines: [finding.message], line: finding.line ?? 0 };
    }
  }
}
