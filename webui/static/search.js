// Comfort for those who have scripts: "/" goes to the search box, and citations are copied.
"use strict";

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
  const box = document.querySelector("main input[type=search]") ||
    document.querySelector("input[type=search]");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button.copy")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const text = button.closest(".cite").querySelector(".citation").textContent;
      await navigator.clipboard.writeText(text);
      button.textContent = button.dataset.done;
    });
  }
}

// On a narrow screen the panels come after the first look at the hits.
if (window.matchMedia("(max-width: 60rem)").matches) {
  for (const panel of document.querySelectorAll(".narrow-by")) panel.open = false;
}
