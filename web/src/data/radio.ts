// SPDX-License-Identifier: Apache-2.0
// Scalars of one- and two-ports, with error bands that follow from |error of S|.
import type { Complex } from "../api/types";
import { add, divide, magnitude, subtract } from "./complex";

/** Value with the band that its error spans. Ends may be infinite, and null where there is no number. */
export interface Banded {
  value: number | null;
  least: number | null;
  most: number | null;
}

/** 20 log10 of an amplitude ratio [dB], null of zero. */
export function decibels(amplitude: number): number | null {
  return amplitude > 0 && Number.isFinite(amplitude) ? 20 * Math.log10(amplitude) : null;
}

/** 10 log10 of a power ratio [dB], null of zero. */
export function powerDecibels(power: number): number | null {
  return power > 0 && Number.isFinite(power) ? 10 * Math.log10(power) : null;
}

/** Voltage standing wave ratio of |gamma|; null from total reflection on. */
export function vswr(gamma: number): number | null {
  return gamma >= 0 && gamma < 1 ? (1 + gamma) / (1 - gamma) : null;
}

/** Return loss [dB], positive of passive loads. */
export function returnLoss(gamma: number): number | null {
  const db = decibels(gamma);
  return db === null ? null : -db;
}

/** Impedance [ohm] of a reflection coefficient at reference z0 [ohm]. */
export function impedanceOf(gamma: Complex, z0: number): Complex | null {
  const z = divide(add([1, 0], gamma), subtract([1, 0], gamma));
  return Number.isFinite(z[0]) && Number.isFinite(z[1]) ? [z[0] * z0, z[1] * z0] : null;
}

/** Reflection coefficient of an impedance [ohm] at reference z0 [ohm]. */
export function reflectionOf(impedance: Complex, z0: number): Complex | null {
  const gamma = divide(subtract(impedance, [z0, 0]), add(impedance, [z0, 0]));
  return Number.isFinite(gamma[0]) && Number.isFinite(gamma[1]) ? gamma : null;
}

/** Error of the impedance [ohm] that an error of the reflection coefficient makes, to first order: |dZ| = 2 z0 |dgamma| / |1 - gamma|^2. */
export function impedanceError(gamma: Complex, error: number, z0: number): number {
  const square = (1 - gamma[0]) ** 2 + gamma[1] ** 2;
  return (2 * z0 * error) / square;
}

function banded(f: (gamma: number) => number | null, gamma: number, error: number | null, rising: boolean): Banded {
  const value = f(gamma);
  if (error === null) return { value, least: null, most: null };
  const low = f(Math.max(gamma - error, 0));
  const high = f(gamma + error);
  return rising ? { value, least: low, most: high } : { value, least: high, most: low };
}

/** |S| [dB] with its band. The lower end is null where the band reaches zero. */
export const decibelBand = (s: Complex, error: number | null): Banded => banded(decibels, magnitude(s), error, true);

/** VSWR with its band. The upper end is null where the band reaches total reflection. */
export const vswrBand = (s: Complex, error: number | null): Banded => banded(vswr, magnitude(s), error, true);

/** Return loss [dB] with its band. */
export const returnLossBand = (s: Complex, error: number | null): Banded => banded(returnLoss, magnitude(s), error, false);

/** Value plus and minus an error. */
export function symmetricBand(value: number | null, error: number | null): Banded {
  if (value === null || error === null) return { value, least: null, most: null };
  return { value, least: value - error, most: value + error };
}
