// SPDX-License-Identifier: Apache-2.0
import type { Point } from "./ink";

/** What the pointer is on, looked for once a frame at most. */
export class Hover<T> {
  place: Point | null = null;
  target: T | null = null;
  private frame = 0;

  constructor(
    private readonly find: (place: Point) => T | null,
    private readonly changed: () => void,
  ) {}

  move(place: Point | null): void {
    this.place = place;
    if (this.frame !== 0) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      const before = this.target;
      this.target = this.place ? this.find(this.place) : null;
      if (before !== null || this.target !== null) this.changed();
    });
  }

  clear(): void {
    this.target = null;
  }

  stop(): void {
    cancelAnimationFrame(this.frame);
  }
}
