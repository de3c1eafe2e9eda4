// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

import { useStore } from "../state/select";
import { download, fileName, pngOfSvg, svgText } from "./download";

export interface Exports {
  /** drawing as a text; null: the first SVG inside the figure */
  svg?: () => string;
  csv?: () => string;
}

interface Properties extends Exports {
  title: string;
  /** beside the title: choices about this plot */
  controls?: ComponentChildren;
  children: ComponentChildren;
}

/** A plot with its title and the menu that exports it. */
export function Figure({ title, controls, children, svg, csv }: Properties) {
  const figure = useRef<HTMLElement>(null);
  const store = useStore();
  const heading = useId();
  const text = (): string => {
    if (svg) return svg();
    const drawing = figure.current?.querySelector<SVGSVGElement>("svg.drawing");
    if (!drawing) throw new Error("There is no drawing to export yet.");
    return svgText(drawing);
  };
  const base = () => `${fileName(store.session.value?.file.replace(/\.[^.]*$/, "") ?? "alicorn")}-${fileName(title)}`;
  const save = async (kind: "png" | "svg" | "csv") => {
    if (kind === "csv" && csv) download(`${base()}.csv`, csv(), "text/csv");
    else if (kind === "svg") download(`${base()}.svg`, text(), "image/svg+xml");
    else if (kind === "png") download(`${base()}.png`, await pngOfSvg(text()));
  };
  return (
    <figure class="plot" ref={figure} aria-labelledby={heading}>
      <figcaption>
        <h3 id={heading}>{title}</h3>
        {controls}
        <ExportMenu title={title} csv={csv !== undefined} save={(kind) => void store.attempt(save(kind))} />
      </figcaption>
      {children}
    </figure>
  );
}

interface MenuProperties {
  title: string;
  csv: boolean;
  save(kind: "png" | "svg" | "csv"): void;
}

function ExportMenu({ title, csv, save }: MenuProperties) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      const menu = details.current;
      if (!menu?.open) return;
      if (event instanceof KeyboardEvent) {
        if (event.key !== "Escape") return;
        menu.open = false;
        menu.querySelector("summary")?.focus();
      } else if (!menu.contains(event.target as Node)) menu.open = false;
    };
    document.addEventListener("click", close);
    document.addEventListener("keydown", close);
    return () => {
      document.removeEventListener("click", close);
      document.removeEventListener("keydown", close);
    };
  }, []);
  const kinds = (["png", "svg", "csv"] as const).filter((kind) => kind !== "csv" || csv);
  return (
    <details class="export" ref={details}>
      <summary aria-label={`Export ${title}`}>Export</summary>
      <div class="menu">
        {kinds.map((kind) => (
          <button
            key={kind}
            type="button"
            onClick={() => {
              if (details.current) details.current.open = false;
              save(kind);
            }}
          >
            {kind.toUpperCase()}
          </button>
        ))}
      </div>
    </details>
  );
}
