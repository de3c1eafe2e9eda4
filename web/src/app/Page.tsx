// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef } from "preact/hooks";

import { show } from "../state/route";
import { StoreContext } from "../state/select";
import { useSignal } from "../state/signal";
import type { Store } from "../state/store";
import { Header } from "./Header";
import { Messages } from "./Messages";
import { RunBar } from "./RunBar";
import { SelectionBar } from "./SelectionBar";
import { current, views } from "./views";

/** Views whose plots follow the chosen ports and frequency. */
const selecting = new Set(["report", "pattern", "sweep", "isolation", "overview", "model"]);

/** Somebody is writing: keys belong to the field. */
const writes = (target: EventTarget | null) => target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable], .cm-editor") !== null;

/** Measurements may be dropped anywhere; a file that the page cannot use does not make the browser leave it. */
function useDrop(store: Store) {
  useEffect(() => {
    if (!store.source.live) return;
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      const file = event.dataTransfer?.files[0];
      if (!file) return;
      event.preventDefault();
      if (!/\.(s\d+p|snp|ts)$/i.test(file.name)) return store.say("error", `${file.name} is no Touchstone file (.s1p, .s2p, …): only those can be dropped here.`);
      void file.text().then(async (text) => {
        if (await store.overlayTouchstone(file.name, text)) show("sweep");
      });
    };
    document.addEventListener("dragover", over);
    document.addEventListener("drop", drop);
    return () => {
      document.removeEventListener("dragover", over);
      document.removeEventListener("drop", drop);
    };
  }, [store]);
}

/** The whole page. */
export function Page({ store }: { store: Store }) {
  const id = useSignal(current);
  const session = useSignal(store.session);
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || writes(event.target)) return;
      const place = "1234567890".indexOf(event.key);
      const view = place < 0 || event.key.length !== 1 ? undefined : views[place];
      if (!view) return;
      event.preventDefault();
      show(view.id);
      panel.current?.focus({ preventScroll: true });
    };
    document.addEventListener("keydown", key);
    return () => document.removeEventListener("keydown", key);
  }, []);
  useDrop(store);
  useEffect(() => {
    document.title = `${session?.file ?? "Alicorn"} – ${views.find((view) => view.id === id)?.title ?? ""}`;
  }, [session, id]);
  const Shown = (views.find((view) => view.id === id) ?? views[0]!).component;
  return (
    <StoreContext.Provider value={store}>
      <Header skip={() => panel.current?.focus()} />
      <Tabs selected={id} />
      {store.source.live && <RunBar />}
      <main>
        <div id="panel" role="tabpanel" aria-labelledby={`tab-${id}`} tabIndex={-1} ref={panel}>
          <h2 class="hidden">{views.find((view) => view.id === id)?.title}</h2>
          {selecting.has(id) && <SelectionBar />}
          {session === null ? <p class="empty">Waiting for the program …</p> : <Shown key={id} />}
        </div>
      </main>
      <Messages />
    </StoreContext.Provider>
  );
}

function Tabs({ selected }: { selected: string }) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // on narrow screens the strip scrolls: keep the chosen tab in sight
    const tab = list.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    const strip = list.current;
    if (tab && strip) strip.scrollLeft = tab.offsetLeft - (strip.clientWidth - tab.clientWidth) / 2;
  }, [selected]);
  const move = (event: KeyboardEvent) => {
    const place = views.findIndex((view) => view.id === selected);
    const next = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: views.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const view = views[(next + views.length) % views.length]!;
    show(view.id);
    document.getElementById(`tab-${view.id}`)?.focus();
  };
  return (
    <nav aria-label="Views">
      <div class="tabs" role="tablist" ref={list} onKeyDown={move}>
        {views.map((view, i) => (
          <button
            key={view.id}
            id={`tab-${view.id}`}
            type="button"
            role="tab"
            aria-selected={view.id === selected}
            aria-controls="panel"
            tabIndex={view.id === selected ? 0 : -1}
            title={`${view.title} (key ${(i + 1) % 10})`}
            onClick={() => show(view.id)}
          >
            {view.title}
          </button>
        ))}
      </div>
    </nav>
  );
}
