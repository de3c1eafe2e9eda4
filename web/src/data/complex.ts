// SPDX-License-Identifier: Apache-2.0
import type { Complex } from "../api/types";

export const magnitude = (a: Complex): number => Math.hypot(a[0], a[1]);
export const phase = (a: Complex): number => Math.atan2(a[1], a[0]);
export const add = (a: Complex, b: Complex): Complex => [a[0] + b[0], a[1] + b[1]];
export const subtract = (a: Complex, b: Complex): Complex => [a[0] - b[0], a[1] - b[1]];
export const multiply = (a: Complex, b: Complex): Complex => [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];

/** a / b; infinite or NaN where b is 0. */
export function divide(a: Complex, b: Complex): Complex {
  const square = b[0] * b[0] + b[1] * b[1];
  return [(a[0] * b[0] + a[1] * b[1]) / square, (a[1] * b[0] - a[0] * b[1]) / square];
}
