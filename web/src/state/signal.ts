// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from "preact/hooks";

/** A value that tells its listeners when it was set to another one. */
export class Signal<T> {
  private readonly listeners = new Set<() => void>();
  private current: T;

  constructor(initial: T) {
    this.current = initial;
  }

  get value(): T {
    return this.current;
  }

  set(next: T): void {
    if (Object.is(next, this.current)) return;
    this.current = next;
    for (const listener of [...this.listeners]) listener();
  }

  update(change: (value: T) => T): void {
    this.set(change(this.current));
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

/** The value of a signal, rendered anew whenever it changes. */
export function useSignal<T>(signal: Signal<T>): T {
  const [, render] = useState(0);
  const shown = signal.value;
  useEffect(() => {
    const unsubscribe = signal.subscribe(() => render((n) => n + 1));
    // it may have changed between the rendering and now
    if (!Object.is(shown, signal.value)) render((n) => n + 1);
    return unsubscribe;
  }, [signal]);
  return shown;
}
