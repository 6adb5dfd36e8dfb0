// The desk's only script: drafts keep themselves, and a desk that nobody touches locks itself.
// Everything works without it; it stores nothing in the browser.
"use strict";
(() => {
  const waiting = new Map();

  async function save(form) {
    clearTimeout(waiting.get(form));
    waiting.delete(form);
    const state = form.querySelector("[data-draft-state]");
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST", body: new URLSearchParams(new FormData(form)), keepalive: true, redirect: "error",
      });
      if (state) state.textContent = answer.ok ? state.dataset.saved : state.dataset.failed;
    } catch {
      if (state) state.textContent = state.dataset.failed;
    }
  }

  for (const form of document.querySelectorAll("form[data-draft]")) {
    form.addEventListener("input", () => {
      clearTimeout(waiting.get(form));
      waiting.set(form, setTimeout(() => save(form), 1500));
    });
    form.addEventListener("submit", () => {
      clearTimeout(waiting.get(form));
      waiting.delete(form);
    });
  }

  for (const form of document.querySelectorAll("form[data-go-on]")) form.requestSubmit();

  const limit = Number(document.body.dataset.idle || 0);
  const lock = document.getElementById("lock");
  const warning = document.getElementById("idle");
  if (!limit || !lock || !warning) return;
  let touched = Date.now();
  let locking = false;
  for (const kind of ["keydown", "pointerdown", "scroll", "input"]) {
    addEventListener(kind, () => { touched = Date.now(); }, { passive: true, capture: true });
  }
  setInterval(async () => {
    const left = limit - (Date.now() - touched) / 1000;
    warning.hidden = left > 30;
    if (warning.hidden) warning.textContent = "";
    else if (!warning.textContent) warning.textContent = warning.dataset.words;
    if (left > 0 || locking) return;
    locking = true;
    await Promise.all([...waiting.keys()].map(save));
    lock.requestSubmit();
  }, 1000);
})();
