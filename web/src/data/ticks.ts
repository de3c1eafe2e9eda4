// SPDX-License-Identifier: Apache-2.0

/** Step of 1, 2 or 5 times a power of ten that divides `span` into at most `count` parts. */
export function niceStep(span: number, count: number): number {
  if (!(span > 0) || !(count > 0)) return 1;
  const raw = span / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  for (const factor of [1, 2, 5]) if (raw <= factor * power * (1 + 1e-9)) return factor * power;
  return 10 * power;
}

/** Round ticks inside [low, high], at most count + 1 of them. */
export function niceTicks(low: number, high: number, count = 6): number[] {
  if (!(high > low)) return [low];
  const step = niceStep(high - low, count);
  const ticks: number[] = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i += 1) ticks.push(Number((i * step).toPrecision(12)));
  return ticks;
}

/** [low, high] made wider until its ends are round. */
export function niceRange(low: number, high: number, count = 6): [number, number] {
  // what differs by rounding only is one value
  if (!(high - low > 1e-9 * Math.abs(high))) {
    const pad = Math.max(Math.abs(low) * 0.1, 1);
    return [low - pad, high + pad];
  }
  const step = niceStep(high - low, count);
  const tidy = (value: number) => Number(value.toPrecision(12));
  return [tidy(Math.floor(low / step + 1e-9) * step), tidy(Math.ceil(high / step - 1e-9) * step)];
}

/** The lower end itself, then multiples of the step: of axes that begin at a value with a meaning, as 1 of standing wave ratios. */
export function ticksFrom(low: number, high: number, step: number): number[] {
  const ticks = [low];
  for (let i = Math.floor(low / step + 1e-9) + 1; i * step <= high + 1e-9 * step; i += 1) {
    const tick = Number((i * step).toPrecision(12));
    // where it would touch the end's label, it makes room
    if (tick - low >= 0.45 * step) ticks.push(tick);
  }
  return ticks;
}

/** Ticks of an axis of angles [deg]: parts of a right angle where the span is a good part of a turn. */
export function angleTicks(low: number, high: number, count = 12): number[] {
  if (high - low < 90) return niceTicks(low, high, count);
  const step = [15, 30, 45, 60, 90].find((each) => (high - low) / each <= count) ?? 180;
  const ticks: number[] = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + 1e-9; i += 1) ticks.push(i * step || 0);
  return ticks;
}

/** Powers of ten inside [low, high], with 2 and 5 between where there are fewer than three; of less than an octave or two, round steps. */
export function logTicks(low: number, high: number): number[] {
  if (!(low > 0) || !(high >= low)) return [];
  const pick = (factors: number[]) => {
    const ticks: number[] = [];
    for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power += 1)
      for (const factor of factors) {
        const tick = Number((factor * 10 ** power).toPrecision(12));
        if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) ticks.push(tick);
      }
    return ticks;
  };
  const decades = pick([1]);
  if (decades.length >= 3) return decades;
  const fine = pick([1, 2, 5]);
  return fine.length >= 3 ? fine : niceTicks(low, high);
}

export interface Rings {
  /** outermost level [dB], a multiple of half the step */
  top: number;
  /** level of the centre [dB] */
  floor: number;
  /** levels of the rings, from the outermost inwards, without the centre */
  levels: number[];
}

/** Rings of a polar plot in dB: the largest value below the outermost ring, `range` dB down to the centre. */
export function decibelRings(largest: number, range: number): Rings {
  const step = range <= 10 ? 2 : range <= 25 ? 5 : range <= 60 ? 10 : 20;
  const half = step / 2;
  const top = Math.ceil(largest / half - 1e-9) * half || 0;
  const levels: number[] = [];
  for (let level = top; level > top - range + 1e-9; level -= step) levels.push(level || 0);
  return { top, floor: top - range, levels };
}

/** Distance from the centre, 0 to 1, of a level [dB]; below the floor it is the centre, null has no place. */
export function ringRadius(level: number | null, rings: Rings): number | null {
  if (level === null || Number.isNaN(level)) return null;
  return Math.min(1, Math.max(0, (level - rings.floor) / (rings.top - rings.floor)));
}
