// SPDX-License-Identifier: Apache-2.0
// The two ways in which everything that has colour is drawn: lit triangles, and lines of some width. Colours are those of sRGB all the way.
import { Color, DataTexture, DoubleSide, LinearFilter, ShaderMaterial, Vector2, Vector3 } from "three";

import { viridis } from "../data/colour";

/** How magnitudes become colours; shared by materials of one quantity. */
export interface Paint {
  [name: string]: { value: unknown };
  map: { value: DataTexture };
  /** 1: by the current, 0: as the thing itself */
  painted: { value: number };
  most: { value: number };
  /** decibels from dark to light; 0: linear */
  range: { value: number };
  /** cosine and sine of the phase at which the current is looked at; both 0: its magnitude */
  turn: { value: Vector2 };
}

const steps = 256;

export function colourMap(): DataTexture {
  const bytes = new Uint8Array(4 * steps);
  for (let i = 0; i < steps; i += 1) bytes.set([...viridis(i / (steps - 1)), 255], 4 * i);
  const texture = new DataTexture(bytes, steps, 1);
  texture.magFilter = LinearFilter;
  texture.minFilter = LinearFilter;
  texture.needsUpdate = true;
  return texture;
}

export const createPaint = (map: DataTexture): Paint => ({
  map: { value: map },
  painted: { value: 0 },
  most: { value: 1 },
  range: { value: 0 },
  turn: { value: new Vector2(0, 0) },
});

const placeOfCurrent = `
uniform float most;
uniform float range;
uniform vec2 turn;
float placeOf(vec3 re, vec3 im) {
  float size = turn == vec2(0.0) ? sqrt(dot(re, re) + dot(im, im)) : length(turn.x * re - turn.y * im);
  float share = size / most;
  return clamp(range > 0.0 ? 1.0 + 20.0 / range * log(max(share, 1e-12)) / 2.302585093 : share, 0.0, 1.0);
}`;

/** The middles of the map's first and last dot are its ends. */
const lookUp = `
uniform sampler2D map;
vec3 colourAt(float place) { return texture2D(map, vec2((place * ${steps - 1}.0 + 0.5) / ${steps}.0, 0.5)).rgb; }`;

const litFragment = `
uniform float painted;
uniform float opacity;
varying float vPlace;
varying vec3 vTint;
varying vec3 vView;
${lookUp}
void main() {
  vec3 normal = normalize(cross(dFdx(vView), dFdy(vView)));
  if (normal.z < 0.0) normal = -normal;
  // from the eye, and a little from above on the left, so that faces beside each other differ
  float light = painted > 0.5 ? 0.80 + 0.20 * normal.z : 0.52 + 0.36 * normal.z + 0.12 * dot(normal, vec3(-0.55, 0.70, 0.45));
  vec3 base = painted > 0.5 ? colourAt(vPlace) : vTint;
  gl_FragColor = vec4(base * light, opacity);
}`;

/** Triangles with `re`, `im` and `tint` at every corner. */
export function surfaceMaterial(paint: Paint): ShaderMaterial {
  return new ShaderMaterial({
    side: DoubleSide,
    polygonOffset: true,
    polygonOffsetFactor: 1,
    polygonOffsetUnits: 1,
    uniforms: { ...paint, opacity: { value: 1 } },
    vertexShader: `
attribute vec3 re;
attribute vec3 im;
attribute vec3 tint;
varying float vPlace;
varying vec3 vTint;
varying vec3 vView;
${placeOfCurrent}
void main() {
  vec4 seen = modelViewMatrix * vec4(position, 1.0);
  vPlace = placeOf(re, im);
  vTint = tint;
  vView = seen.xyz;
  gl_Position = projectionMatrix * seen;
}`,
    fragmentShader: litFragment,
  });
}

/** One cylinder from `start` to `end` for each instance: position is (cosine, sine, 0 or 1 along), of caps' middles (0, 0, …). */
export function tubeMaterial(paint: Paint): ShaderMaterial {
  return new ShaderMaterial({
    side: DoubleSide,
    uniforms: { ...paint, opacity: { value: 1 }, tint: { value: new Vector3() } },
    vertexShader: `
attribute vec3 start;
attribute vec3 end;
attribute float radius;
attribute vec2 current;
uniform vec3 tint;
varying float vPlace;
varying vec3 vTint;
varying vec3 vView;
${placeOfCurrent}
void main() {
  vec3 axis = normalize(end - start);
  vec3 side = normalize(cross(axis, abs(axis.z) < 0.9 ? vec3(0.0, 0.0, 1.0) : vec3(1.0, 0.0, 0.0)));
  vec3 place = mix(start, end, position.z) + radius * (position.x * side + position.y * cross(axis, side));
  vec4 seen = modelViewMatrix * vec4(place, 1.0);
  vPlace = placeOf(vec3(current.x, 0.0, 0.0), vec3(current.y, 0.0, 0.0));
  vTint = tint;
  vView = seen.xyz;
  gl_Position = projectionMatrix * seen;
}`,
    fragmentShader: litFragment,
  });
}

/** A line of `width` dots from `start` to `end` for each instance: position is (0 or 1 along, -1 or 1 to the side). */
export function lineMaterial(paint: Paint): ShaderMaterial {
  return new ShaderMaterial({
    side: DoubleSide,
    uniforms: { ...paint, tint: { value: new Vector3() }, rim: { value: new Vector3() }, width: { value: 2 }, size: { value: new Vector2(1, 1) } },
    vertexShader: `
attribute vec3 start;
attribute vec3 end;
attribute vec2 current;
uniform vec2 size;
uniform float width;
varying float vPlace;
varying float vSide;
${placeOfCurrent}
void main() {
  vec4 a = projectionMatrix * modelViewMatrix * vec4(start, 1.0);
  vec4 b = projectionMatrix * modelViewMatrix * vec4(end, 1.0);
  vec2 way = (b.xy / b.w - a.xy / a.w) * size;
  way = length(way) > 1e-4 ? normalize(way) : vec2(1.0, 0.0);
  vec4 here = position.x < 0.5 ? a : b;
  vec2 step = vec2(-way.y, way.x) * position.y + way * (position.x - 0.5);
  here.xy += step * width / size * here.w;
  here.z -= 2e-5 * here.w;
  vPlace = placeOf(vec3(current.x, 0.0, 0.0), vec3(current.y, 0.0, 0.0));
  vSide = position.y;
  gl_Position = here;
}`,
    fragmentShader: `
uniform float painted;
uniform float width;
uniform vec3 tint;
uniform vec3 rim;
varying float vPlace;
varying float vSide;
${lookUp}
void main() {
  // a rim keeps the lightest and the darkest colours apart from the background
  vec3 colour = painted > 0.5 ? (width > 3.0 && abs(vSide) * width > width - 1.7 ? rim : colourAt(vPlace)) : tint;
  gl_FragColor = vec4(colour, 1.0);
}`,
  });
}

/** A CSS colour as it is written, without the conversion to linear light. */
export function plainColour(css: string): Vector3 {
  const colour = new Color().setStyle(css, "");
  return new Vector3(colour.r, colour.g, colour.b);
}
