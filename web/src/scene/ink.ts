// SPDX-License-Identifier: Apache-2.0
// What is drawn flat over the three-dimensional picture: texts, markers, axes, scales. One canvas, so that it can be exported with the picture.
import { viridis, cssColour } from "../data/colour";
import { placeLabels, type Rectangle } from "./labels";
import type { Palette } from "./palette";
import type { LegendText } from "./scale";

export interface Point {
  x: number;
  y: number;
}

export interface Named extends Point {
  text: string;
}

export type Mark = "port" | "driven" | "load" | "error" | "warning" | "note";

const size = 12;
const lineHeight = 17;

/** Above the first colour scale, for its title and the caption [px]. */
const headroom = 54;

/** A 2D context in CSS dots with the palette's texts. */
export class Ink {
  constructor(
    readonly context: CanvasRenderingContext2D,
    readonly palette: Palette,
    readonly width: number,
    readonly height: number,
  ) {
    context.font = `${size}px ${palette.font}`;
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineCap = "round";
  }

  /** Text with a rim of the background, so that it can be read on anything. */
  text(text: string, x: number, y: number, align: CanvasTextAlign = "left", colour = this.palette.text): void {
    const { context } = this;
    context.textAlign = align;
    context.lineWidth = 4;
    context.strokeStyle = this.palette.background;
    context.strokeText(text, x, y);
    context.fillStyle = colour;
    context.fillText(text, x, y);
  }

  textWidth(text: string): number {
    return this.context.measureText(text).width;
  }

  line(points: readonly Point[], colour: string, width: number, closed = false): void {
    const { context } = this;
    context.beginPath();
    points.forEach((point, i) => (i === 0 ? context.moveTo(point.x, point.y) : context.lineTo(point.x, point.y)));
    if (closed) context.closePath();
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
  }

  /** A line that shows on every colour. */
  highlight(points: readonly Point[], closed = false): void {
    this.line(points, this.palette.background, 7, closed);
    this.line(points, this.palette.accent, 3.5, closed);
  }

  mark(kind: Mark, { x, y }: Point): void {
    const { context, palette } = this;
    context.beginPath();
    if (kind === "port" || kind === "driven") context.arc(x, y, 5, 0, 2 * Math.PI);
    else if (kind === "load") context.rect(x - 4, y - 4, 8, 8);
    else if (kind === "note") context.arc(x, y, 7, 0, 2 * Math.PI);
    else {
      context.moveTo(x, y - 9);
      context.lineTo(x + 9, y + 6);
      context.lineTo(x - 9, y + 6);
      context.closePath();
    }
    context.fillStyle = { port: palette.bad, driven: palette.bad, load: palette.unsure, error: palette.bad, warning: palette.unsure, note: palette.accent }[kind];
    context.fill();
    context.strokeStyle = palette.background;
    context.lineWidth = 1.5;
    context.stroke();
    if (kind === "driven") {
      context.beginPath();
      context.arc(x, y, 9, 0, 2 * Math.PI);
      context.strokeStyle = palette.bad;
      context.lineWidth = 2;
      context.stroke();
    }
    if (kind === "port" || kind === "driven" || kind === "load") return;
    context.textAlign = "center";
    context.font = `bold ${size - 1}px ${palette.font}`;
    context.fillStyle = palette.background;
    context.fillText(kind === "note" ? "i" : "!", x, y + 0.5);
    context.font = `${size}px ${palette.font}`;
  }

  /** Names beside their points, moved until none lies on another; a thin line leads to those that had to go far. */
  labels(names: readonly Named[], taken: readonly Rectangle[]): void {
    const boxes = names.map((name) => ({ x: name.x, y: name.y, width: this.textWidth(name.text) + 4, height: lineHeight }));
    const points = names.map(({ x, y }) => ({ x: x - 6, y: y - 6, width: 12, height: 12 }));
    const places = placeLabels(boxes, { x: 2, y: 2, width: this.width - 4, height: this.height - 4 }, [...taken, ...points]);
    places.forEach((place, i) => {
      const name = names[i]!;
      if (!place) return;
      const centre = { x: place.x + place.width / 2, y: place.y + place.height / 2 };
      const end = { x: Math.min(place.x + place.width, Math.max(place.x, name.x)), y: Math.min(centre.y + 6, Math.max(centre.y - 6, name.y)) };
      if (Math.hypot(end.x - name.x, end.y - name.y) > 14) this.line([name, end], this.palette.muted, 1);
      this.text(name.text, place.x + 2, centre.y);
    });
  }

  /** Axes in the lower left corner; `ends` are the unit vectors as they are seen, y downwards, and how much they come towards the eye. */
  triad(ends: readonly (Point & { z: number })[]): Rectangle {
    const reach = 30;
    const centre = { x: 46, y: this.height - 46 };
    const order = [0, 1, 2].sort((a, b) => ends[a]!.z - ends[b]!.z);
    for (const axis of order) {
      const end = ends[axis]!;
      const tip = { x: centre.x + reach * end.x, y: centre.y + reach * end.y };
      this.line([centre, tip], this.palette.axes[axis]!, 2.2);
      // an axis that points at the eye has its letter beside the corner
      const letter = Math.hypot(end.x, end.y) > 0.2 ? { x: centre.x + (reach + 9) * end.x, y: centre.y + (reach + 9) * end.y } : { x: centre.x - 11, y: centre.y + 11 };
      this.text("xyz"[axis]!, letter.x, letter.y, "center", this.palette.axes[axis]!);
    }
    return { x: 0, y: this.height - 94, width: 94, height: 94 };
  }

  scaleBar(length: number, text: string): Rectangle {
    const left = 106;
    const y = this.height - 20;
    this.line([{ x: left, y: y - 5 }, { x: left, y }, { x: left + length, y }, { x: left + length, y: y - 5 }], this.palette.text, 1.6);
    this.text(text, left + length / 2, y - 12, "center");
    return { x: left - 6, y: y - 24, width: length + 12, height: 34 };
  }

  /** Over the colour scales. */
  caption(text: string): Rectangle {
    this.text(text, this.width - 10, 15, "right");
    const width = this.textWidth(text);
    return { x: this.width - 14 - width, y: 4, width: width + 8, height: 20 };
  }

  /** The one of `count` colour scales below each other at the right edge that is number `slot` from the top; an arrow points at the place `at`. */
  legend(legend: LegendText, at: number | null = null, slot = 0, count = 1): Rectangle[] {
    const { context } = this;
    const room = (this.height - 70) / count;
    const height = Math.min(count > 1 ? 140 : 190, room - 40);
    const top = headroom + slot * (height + 46);
    const x = this.width - 60;
    for (let i = 0; i < height; i += 1) {
      context.fillStyle = cssColour(viridis(1 - i / (height - 1)));
      context.fillRect(x, top + i, 14, 1.5);
    }
    context.strokeStyle = this.palette.muted;
    context.lineWidth = 1;
    context.strokeRect(x - 0.5, top - 0.5, 15, height + 1);
    for (const tick of legend.ticks) {
      const y = top + (1 - tick.place) * (height - 1);
      this.line([{ x: x + 15, y }, { x: x + 19, y }], this.palette.muted, 1);
      this.text(tick.text, x + 22, y);
    }
    if (at !== null) {
      const y = top + (1 - at) * (height - 1);
      context.beginPath();
      context.moveTo(x - 2, y);
      context.lineTo(x - 10, y - 5);
      context.lineTo(x - 10, y + 5);
      context.fillStyle = this.palette.text;
      context.fill();
    }
    this.text(legend.title, this.width - 10, top - 17, "right");
    const wide = this.textWidth(legend.title) + 14;
    return [
      { x: this.width - wide, y: top - 26, width: wide, height: 20 },
      { x: x - 12, y: top - 8, width: this.width - x + 12, height: height + 16 },
    ];
  }
}
