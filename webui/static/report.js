// Keys on the page of a report: n or j to the next paragraph with a mark, p or k to the one before.

(() => {
  "use strict";

  const hits = [...document.querySelectorAll("[data-hit]")];
  if (!hits.length) return;

  const keys = document.querySelector(".keys");
  if (keys) keys.classList.add("work");

  const steps = { n: 1, j: 1, p: -1, k: -1 };
  let current = hits.findIndex((hit) => hit.id === decodeURIComponent(location.hash.slice(1)));

  const isTyping = (target) =>
    target instanceof Element && target.closest("input, select, textarea, [contenteditable]");

  const go = (step) => {
    const next = current < 0 ? (step > 0 ? 0 : hits.length - 1) : current + step;
    if (next < 0 || next >= hits.length) return;
    current = next;
    // Replacing keeps the back button for leaving the page.
    location.replace("#" + hits[current].id);
  };

  document.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    event.preventDefault();
    go(step);
  });

  window.addEventListener("hashchange", () => {
    const found = hits.findIndex((hit) => hit.id === decodeURIComponent(location.hash.slice(1)));
    if (found >= 0) current = found;
  });
})();
