// SPDX-License-Identifier: Apache-2.0

export function download(name: string, content: Blob | string, type = "text/plain"): void {
  const blob = typeof content === "string" ? new Blob([content], { type }) : content;
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Properties that carry the looks of our drawings. */
const properties = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "fill-opacity", "opacity", "font-size", "font-family", "font-weight", "text-anchor", "dominant-baseline"];

function inline(from: Element, to: Element): void {
  const style = getComputedStyle(from);
  const text = properties.map((name) => `${name}:${style.getPropertyValue(name)}`).join(";");
  to.removeAttribute("class");
  to.setAttribute("style", text);
  const inner = [...from.children];
  [...to.children].forEach((child, i) => inline(inner[i]!, child));
}

/** A drawing of this page as a file of its own: styles inlined, the page's background behind it. */
export function svgText(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  inline(svg, copy);
  copy.querySelectorAll("[data-screen]").forEach((element) => element.remove());
  const box = svg.viewBox.baseVal;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(box.width));
  copy.setAttribute("height", String(box.height));
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [key, value] of Object.entries({ x: box.x, y: box.y, width: box.width, height: box.height })) ground.setAttribute(key, String(value));
  ground.setAttribute("fill", pageBackground());
  copy.insertBefore(ground, copy.firstChild);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}\n`;
}

export const pageBackground = (): string => getComputedStyle(document.documentElement).getPropertyValue("--surface").trim() || "#ffffff";

/** Draws an SVG text at twice its size. */
export function pngOfSvg(text: string, scale = 2): Promise<Blob> {
  return new Promise((resolve, reject) => {
    const picture = new Image();
    const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
    picture.onload = () => {
      const canvas = document.createElement("canvas");
      canvas.width = picture.width * scale;
      canvas.height = picture.height * scale;
      canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(address);
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The browser made no picture."))), "image/png");
    };
    picture.onerror = () => {
      URL.revokeObjectURL(address);
      reject(new Error("The browser could not draw this plot."));
    };
    picture.src = address;
  });
}

/** "Sweep: VSWR" as "sweep-vswr". */
export const fileName = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "") || "plot";
