// SPDX-License-Identifier: Apache-2.0
import { Signal, useSignal } from "./signal";

export type ThemeChoice = "system" | "light" | "dark";

const storageKey = "alicorn-theme";
const isChoice = (value: unknown): value is ThemeChoice => value === "system" || value === "light" || value === "dark";

/** Storage may be forbidden, as in files and private windows. */
function stored(): ThemeChoice {
  try {
    const value = localStorage.getItem(storageKey);
    return isChoice(value) ? value : "system";
  } catch {
    return "system";
  }
}

export const themeChoice = new Signal<ThemeChoice>("system");
export const dark = new Signal(false);

function apply(system: boolean): void {
  const choice = themeChoice.value;
  dark.set(choice === "dark" || (choice === "system" && system));
  document.documentElement.dataset.theme = dark.value ? "dark" : "light";
}

/** Follows the system and the switch from now on. */
export function startTheme(): void {
  const query = matchMedia("(prefers-color-scheme: dark)");
  themeChoice.set(stored());
  apply(query.matches);
  query.addEventListener("change", (event) => apply(event.matches));
  // paper is light
  addEventListener("beforeprint", () => {
    dark.set(false);
    document.documentElement.dataset.theme = "light";
  });
  addEventListener("afterprint", () => apply(query.matches));
  themeChoice.subscribe(() => {
    try {
      localStorage.setItem(storageKey, themeChoice.value);
    } catch {
      // kept for this page only
    }
    apply(query.matches);
  });
}

export const useDark = (): boolean => useSignal(dark);

export const reducedMotion = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;
