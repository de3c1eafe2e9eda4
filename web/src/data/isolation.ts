// SPDX-License-Identifier: Apache-2.0
import { magnitude } from "./complex";
import { decibels } from "./radio";
import type { Sweep } from "./series";

export interface PairIsolation {
  /** -20 log10 |S| [dB]; null if nothing passes at all, or nothing is known */
  value: number | null;
  /** half of its error band [dB], null if unknown */
  error: number | null;
  /** where it is the worst [Hz] */
  frequency: number | null;
}

/** Isolation [dB] of port `to` from port `from` at sample i. */
export function isolationAt(sweep: Sweep, to: number, from: number, i: number): PairIsolation {
  const s = sweep.s[i]?.[to]?.[from];
  const frequency = sweep.frequency[i] ?? null;
  if (!s) return { value: null, error: null, frequency };
  const size = magnitude(s);
  const db = decibels(size);
  const error = sweep.error[i]?.[to]?.[from] ?? null;
  return {
    value: db === null ? null : 0 - db,
    error: error === null || db === null ? null : 20 * Math.log10(1 + error / size),
    frequency,
  };
}

/** Least isolation of every pair over the samples inside [low, high] Hz, as [to][from]; null on the diagonal. */
export function worstIsolation(sweep: Sweep, low = 0, high = Infinity): (PairIsolation | null)[][] {
  return sweep.ports.map((_, to) =>
    sweep.ports.map((__, from) => {
      if (to === from) return null;
      let worst: PairIsolation = { value: null, error: null, frequency: null };
      sweep.frequency.forEach((frequency, i) => {
        if (frequency < low || frequency > high) return;
        const here = isolationAt(sweep, to, from, i);
        if (here.value !== null && (worst.value === null || here.value < worst.value)) worst = here;
      });
      return worst;
    }),
  );
}

/** Isolation of every pair at one sample. */
export function isolationMatrix(sweep: Sweep, i: number): (PairIsolation | null)[][] {
  return sweep.ports.map((_, to) => sweep.ports.map((__, from) => (to === from ? null : isolationAt(sweep, to, from, i))));
}
