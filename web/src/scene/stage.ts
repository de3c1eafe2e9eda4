// SPDX-License-Identifier: Apache-2.0
// Canvas, camera and drawing on demand: nothing is drawn while nothing changes.
import { OrthographicCamera, Scene, Vector3, WebGLRenderer } from "three";
import { OrbitControls } from "three/examples/jsm/controls/OrbitControls.js";

import type { Vector } from "../api/types";
import { download, fileName } from "../plots/download";
import { clampElevation, directionOf, fitOf } from "./box";
import { Ink, type Point } from "./ink";
import { paletteOf, type Palette } from "./palette";
import type { Ray } from "./pick";

/** Narrower pictures say less [px]. */
export const narrow = 560;

export interface Facts {
  drawCalls: number;
  triangles: number;
  /** script time of a frame, without the graphics card's: median of the last 31 */
  milliseconds: number;
}

/** Where the eye is. */
export interface View {
  position: Vector;
  target: Vector;
  zoom: number;
  extent: number;
}

export interface Actor {
  /** draws flat things; the ink's canvas is empty */
  draw(ink: Ink): void;
  /** the graphics card has forgotten everything: let go of it, and make it again */
  lost(): void;
  restored(): void;
  /** before the things of the scene are drawn */
  prepare?(): void;
  /** the size of the canvas changed [px] */
  resized?(width: number, height: number): void;
  /** the pointer is here, or has left */
  hover(place: Point | null): void;
  click(place: Point): void;
  /** a key that the stage does not know; true: it was used */
  key(key: string): boolean;
}

/** Narrow pictures leave room for the colour scales beside what they show [px]. */
const sideRoom = (width: number): number => (width < narrow ? 130 : 0);

const homeView = { azimuth: (-55 * Math.PI) / 180, elevation: (22 * Math.PI) / 180 };
const turnStep = (5 * Math.PI) / 180;
/** A press that moves less is a click [px]. */
const clickReach = 4;

function canvasIn(element: HTMLElement, name: string): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.className = name;
  element.appendChild(canvas);
  return canvas;
}

export class Stage {
  readonly scene = new Scene();
  readonly camera = new OrthographicCamera();
  readonly canvas: HTMLCanvasElement;
  readonly facts: Facts = { drawCalls: 0, triangles: 0, milliseconds: 0 };
  palette: Palette;
  width = 1;
  height = 1;
  onFacts: (() => void) | null = null;
  private readonly renderer: WebGLRenderer;
  private readonly controls: OrbitControls;
  private readonly flat: HTMLCanvasElement;
  private readonly message: HTMLElement;
  private readonly observer: ResizeObserver;
  private readonly abort = new AbortController();
  private actor: Actor | null = null;
  private points: readonly Vector[] = [];
  private reach = 1;
  private extent = 1;
  private frame = 0;
  private readonly costs: number[] = [];
  private stale = true;
  private lost = false;
  private printed: HTMLCanvasElement | null = null;
  private pressed: Point | null = null;
  private pointer: Point | null = null;

  constructor(
    private readonly element: HTMLElement,
    dark: boolean,
  ) {
    this.canvas = canvasIn(element, "scene-canvas");
    this.flat = canvasIn(element, "scene-ink");
    this.flat.setAttribute("aria-hidden", "true");
    this.message = document.createElement("p");
    this.message.className = "banner scene-message";
    this.message.setAttribute("role", "status");
    this.message.hidden = true;
    element.appendChild(this.message);
    this.palette = paletteOf(element, dark);
    try {
      this.renderer = new WebGLRenderer({ canvas: this.canvas, antialias: true, powerPreference: "high-performance" });
    } catch (error) {
      element.replaceChildren();
      throw error;
    }
    this.renderer.setPixelRatio(Math.min(2, devicePixelRatio));
    this.renderer.info.autoReset = true;
    this.camera.up.set(0, 0, 1);
    this.controls = new OrbitControls(this.camera, this.canvas);
    this.controls.enableDamping = false;
    this.controls.zoomToCursor = true;
    this.controls.addEventListener("change", () => {
      this.invalidate();
      this.actor?.hover(this.pointer);
    });
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "application");
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(element);
    this.listen();
    this.theme(dark);
    this.resize();
  }

  play(actor: Actor): void {
    this.actor = actor;
    actor.resized?.(this.width, this.height);
  }

  theme(dark: boolean): void {
    this.palette = paletteOf(this.element, dark);
    this.renderer.setClearColor(this.palette.background);
    this.invalidate();
  }

  /** What `fit` shows. */
  bounds(points: readonly Vector[]): void {
    this.points = points;
    this.reach = points.reduce((most, point) => Math.max(most, Math.hypot(...point)), 0) || 1;
    this.clip();
  }

  /** Everything in sight, seen from where the camera is. */
  fit(): void {
    const back = this.camera.position.clone().sub(this.controls.target).normalize();
    this.look(Math.atan2(back.y, back.x), Math.asin(Math.min(1, Math.max(-1, back.z))));
  }

  home(): void {
    this.look(homeView.azimuth, homeView.elevation);
  }

  /** Along x (y to the right, z up), y (x, z) or z (x, y): everything in sight. */
  along(axis: "x" | "y" | "z"): void {
    if (axis === "z") this.look(-Math.PI / 2, Math.PI / 2);
    else this.look(axis === "x" ? 0 : -Math.PI / 2, 0);
  }

  get view(): View {
    const { camera, controls, extent } = this;
    return { position: camera.position.toArray(), target: controls.target.toArray(), zoom: camera.zoom, extent };
  }

  set view({ position, target, zoom, extent }: View) {
    this.camera.position.set(...position);
    this.controls.target.set(...target);
    this.camera.zoom = zoom;
    this.extent = extent;
    this.frustum();
    this.controls.update();
    this.invalidate();
  }

  turn(azimuth: number, elevation: number): void {
    const { target } = this.controls;
    const back = this.camera.position.clone().sub(target);
    const distance = back.length();
    const direction = directionOf(Math.atan2(back.y, back.x) + azimuth, clampElevation(Math.asin(Math.min(1, Math.max(-1, back.z / distance))) + elevation));
    this.camera.position.set(...direction).multiplyScalar(distance).add(target);
    this.controls.update();
    this.invalidate();
  }

  zoom(factor: number): void {
    this.camera.zoom *= factor;
    this.camera.updateProjectionMatrix();
    this.invalidate();
  }

  get metresPerDot(): number {
    return (2 * this.extent) / this.camera.zoom / this.height;
  }

  /** Where a point is in the picture, from the upper left [px]. */
  project(point: ArrayLike<number>, at = 0): Point {
    scratch.set(point[at]!, point[at + 1]!, point[at + 2]!).project(this.camera);
    return { x: (0.5 + 0.5 * scratch.x) * this.width, y: (0.5 - 0.5 * scratch.y) * this.height };
  }

  /** A direction as it is seen: x to the right, y down, z towards the eye. */
  seen(direction: Vector): Point & { z: number } {
    scratch.set(...direction).transformDirection(this.camera.matrixWorldInverse);
    return { x: scratch.x, y: -scratch.y, z: scratch.z };
  }

  ray(place: Point): Ray {
    const direction = this.camera.getWorldDirection(scratch).toArray() as Vector;
    const origin = scratch.set((2 * place.x) / this.width - 1, 1 - (2 * place.y) / this.height, -1).unproject(this.camera).toArray() as Vector;
    return { origin, direction };
  }

  /** Draws with the next frame; `flat`: only what lies over the picture. */
  invalidate(flat = false): void {
    if (!flat) this.stale = true;
    if (this.frame === 0) this.frame = requestAnimationFrame(() => this.draw());
  }

  /** The picture with all that lies over it as a PNG. */
  save(title: string): void {
    this.export(title).catch((error: unknown) => this.say(error instanceof Error ? error.message : String(error)));
  }

  private async export(title: string): Promise<void> {
    const sheet = this.sheet();
    const blob = await new Promise<Blob | null>((resolve) => sheet.toBlob(resolve, "image/png"));
    if (!blob) throw new Error("The browser made no picture.");
    download(`${fileName(title)}.png`, blob);
  }

  /** The picture and all that lies over it on one canvas. */
  private sheet(): HTMLCanvasElement {
    this.redraw();
    const sheet = document.createElement("canvas");
    sheet.width = this.canvas.width;
    sheet.height = this.canvas.height;
    const context = sheet.getContext("2d");
    if (!context) throw new Error("The browser made no picture.");
    // in the same task as the drawing: afterwards the browser may have thrown it away
    context.drawImage(this.canvas, 0, 0);
    context.drawImage(this.flat, 0, 0, sheet.width, sheet.height);
    return sheet;
  }

  /** Browsers print WebGL empty, so a copy stands in for it. */
  private print(): void {
    this.unprint();
    this.printed = this.sheet();
    this.printed.className = "scene-sheet";
    this.element.appendChild(this.printed);
  }

  private unprint(): void {
    this.printed?.remove();
    this.printed = null;
  }

  destroy(): void {
    this.abort.abort();
    cancelAnimationFrame(this.frame);
    this.frame = -1;
    this.observer.disconnect();
    this.controls.dispose();
    this.renderer.dispose();
    // browsers have few contexts and do not see at once that one is not used any more
    this.renderer.forceContextLoss();
    this.canvas.remove();
    this.flat.remove();
    this.message.remove();
    this.unprint();
  }

  private look(azimuth: number, elevation: number): void {
    const direction = directionOf(azimuth, clampElevation(elevation));
    const back = new Vector3(...direction);
    const right = new Vector3(-Math.sin(azimuth), Math.cos(azimuth), 0);
    const up = back.clone().cross(right);
    const fit = fitOf(this.points, right.toArray(), up.toArray(), direction, (this.width - sideRoom(this.width)) / this.height);
    this.extent = fit.extent;
    this.camera.zoom = 1;
    this.controls.target.set(...fit.target);
    this.camera.position.copy(back).multiplyScalar(this.depth).add(this.controls.target);
    this.frustum();
    this.controls.update();
    this.invalidate();
  }

  /** The camera stands so far away that nothing is cut off. */
  private get depth(): number {
    return 20 * this.reach;
  }

  private clip(): void {
    this.camera.near = 0;
    this.camera.far = 2 * this.depth;
    this.camera.updateProjectionMatrix();
  }

  private frustum(): void {
    const aspect = this.width / this.height;
    this.camera.left = -this.extent * aspect;
    this.camera.right = this.extent * aspect;
    this.camera.top = this.extent;
    this.camera.bottom = -this.extent;
    this.clip();
  }

  private resize(): void {
    this.width = Math.max(1, this.element.clientWidth);
    this.height = Math.max(1, this.element.clientHeight);
    this.renderer.setSize(this.width, this.height);
    const ratio = this.renderer.getPixelRatio();
    this.flat.width = Math.floor(this.width * ratio);
    this.flat.height = Math.floor(this.height * ratio);
    this.flat.style.width = `${this.width}px`;
    this.flat.style.height = `${this.height}px`;
    this.frustum();
    this.actor?.resized?.(this.width, this.height);
    // a canvas that was resized is empty: no frame may pass before it is drawn
    this.redraw();
  }

  private redraw(): void {
    this.stale = true;
    this.draw();
  }

  private draw(): void {
    if (this.frame > 0) cancelAnimationFrame(this.frame);
    this.frame = 0;
    if (this.lost) this.flat.getContext("2d")?.clearRect(0, 0, this.width, this.height);
    if (this.lost || this.abort.signal.aborted || !this.actor) return;
    const begin = performance.now();
    const context = this.flat.getContext("2d");
    const whole = this.stale;
    if (whole) {
      this.actor.prepare?.();
      this.renderer.render(this.scene, this.camera);
    }
    this.stale = false;
    if (context) {
      const ratio = this.renderer.getPixelRatio();
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, this.width, this.height);
      this.actor.draw(new Ink(context, this.palette, this.width, this.height));
    }
    if (!whole) return;
    const { calls, triangles } = this.renderer.info.render;
    this.costs.push(performance.now() - begin);
    if (this.costs.length > 31) this.costs.shift();
    Object.assign(this.facts, { drawCalls: calls, triangles, milliseconds: median(this.costs) });
    this.canvas.dataset.drawCalls = String(calls);
    this.canvas.dataset.triangles = String(triangles);
    this.canvas.dataset.frameMs = this.facts.milliseconds.toFixed(2);
    this.onFacts?.();
  }

  private listen(): void {
    const { signal } = this.abort;
    const on = <K extends keyof HTMLElementEventMap>(name: K, handle: (event: HTMLElementEventMap[K]) => void) => this.canvas.addEventListener(name, handle, { signal });
    const place = (event: MouseEvent): Point => ({ x: event.offsetX, y: event.offsetY });
    on("pointerdown", (event) => (this.pressed = event.button === 0 ? place(event) : null));
    on("pointermove", (event) => this.point(event.buttons === 0 ? place(event) : null));
    on("pointerleave", () => this.point(null));
    on("pointerup", (event) => {
      const from = this.pressed;
      this.pressed = null;
      if (from && Math.hypot(event.offsetX - from.x, event.offsetY - from.y) < clickReach) this.actor?.click(place(event));
    });
    on("dblclick", () => this.fit());
    on("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !this.press(event.key)) return;
      this.point(null);
      event.preventDefault();
      event.stopPropagation();
    });
    addEventListener("beforeprint", () => this.print(), { signal });
    addEventListener("afterprint", () => this.unprint(), { signal });
    this.canvas.addEventListener("webglcontextlost", () => this.setLost("The graphics card was taken away from this picture. It comes back by itself; if not, load the page again."), { signal });
    this.canvas.addEventListener("webglcontextrestored", () => this.setLost(null), { signal });
  }

  private point(place: Point | null): void {
    this.pointer = place;
    this.actor?.hover(place);
  }

  private setLost(text: string | null): void {
    this.lost = text !== null;
    this.say(text);
    if (this.lost) this.actor?.lost();
    else {
      this.renderer.setClearColor(this.palette.background);
      this.actor?.restored();
    }
    this.invalidate();
  }

  private say(text: string | null): void {
    this.message.hidden = text === null;
    this.message.textContent = text ?? "";
  }

  private press(key: string): boolean {
    switch (key) {
      case "ArrowLeft":
        this.turn(-turnStep, 0);
        return true;
      case "ArrowRight":
        this.turn(turnStep, 0);
        return true;
      case "ArrowUp":
        this.turn(0, turnStep);
        return true;
      case "ArrowDown":
        this.turn(0, -turnStep);
        return true;
      case "+":
      case "=":
        this.zoom(1.2);
        return true;
      case "-":
        this.zoom(1 / 1.2);
        return true;
      case "0":
        this.fit();
        return true;
      case "x":
      case "y":
      case "z":
        this.along(key);
        return true;
      default:
        return this.actor?.key(key) ?? false;
    }
  }
}

const scratch = new Vector3();

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
