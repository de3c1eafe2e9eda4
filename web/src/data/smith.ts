// SPDX-License-Identifier: Apache-2.0
// The Smith chart: the plane of reflection coefficients with circles of constant resistance and reactance. [Smith:1939]
import type { Complex } from "../api/types";

export interface Circle {
  x: number;
  y: number;
  radius: number;
}

/** Circle of constant normalised resistance r >= 0. */
export const resistanceCircle = (r: number): Circle => ({ x: r / (1 + r), y: 0, radius: 1 / (1 + r) });

/** Circle of constant normalised reactance x, not 0: only its part inside the unit circle is on the chart. */
export const reactanceCircle = (x: number): Circle => ({ x: 1, y: 1 / x, radius: 1 / Math.abs(x) });

/** Where the circle of reactance x leaves the chart: gamma of jx. */
export function reactanceEnd(x: number): Complex {
  const square = x * x + 1;
  return [(x * x - 1) / square, (2 * x) / square];
}

/** gamma of a normalised impedance. */
export function gammaOf(z: Complex): Complex {
  const [r, x] = z;
  const square = (r + 1) ** 2 + x * x;
  return [(r * r - 1 + x * x) / square, (2 * x) / square];
}

/** Normalised impedance of a gamma; null at gamma = 1, the open circuit. */
export function normalisedOf(gamma: Complex): Complex | null {
  const [u, v] = gamma;
  const square = (1 - u) ** 2 + v * v;
  if (square < 1e-24) return null;
  return [(1 - u * u - v * v) / square, (2 * v) / square];
}

/** Values of the circles that a chart shows. */
export const gridValues: readonly number[] = [0.2, 0.5, 1, 2, 5];

/** Part of the chart's grid as an SVG path in units of `scale` around the origin, y downwards. */
export interface GridLine {
  kind: "resistance" | "reactance";
  value: number;
  path: string;
}

const number = (value: number) => Number(value.toFixed(3)).toString();

/** Grid of a chart: full circles of resistance, arcs of reactance of both signs from the rim to the open circuit. */
export function gridLines(scale: number, values: readonly number[] = gridValues): GridLine[] {
  const lines: GridLine[] = [];
  for (const value of values) {
    const circle = resistanceCircle(value);
    const radius = number(circle.radius * scale);
    const left = number((circle.x - circle.radius) * scale);
    const right = number(scale);
    lines.push({ kind: "resistance", value, path: `M${left} 0A${radius} ${radius} 0 1 0 ${right} 0A${radius} ${radius} 0 1 0 ${left} 0Z` });
    for (const sign of [1, -1]) {
      const [u, v] = reactanceEnd(sign * value);
      const arc = number(reactanceCircle(value).radius * scale);
      const sweep = sign > 0 ? 0 : 1; // towards gamma = 1 along the side that faces the centre
      lines.push({ kind: "reactance", value: sign * value, path: `M${number(u * scale)} ${number(-v * scale)}A${arc} ${arc} 0 0 ${sweep} ${number(scale)} 0` });
    }
  }
  return lines;
}
