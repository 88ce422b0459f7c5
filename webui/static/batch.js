// The page of an upload, brought up to date in place while files are still on their way.
"use strict";

function isUnderWay(page) {
  const batch = page.querySelector(".batch");
  return batch !== null && "underWay" in batch.dataset;
}

// Only what has changed is replaced, so that the keyboard's place and a selection stay.
function update(oldBatch, newBatch) {
  const oldItems = oldBatch.querySelectorAll(".outcomes > li");
  const newItems = newBatch.querySelectorAll(".outcomes > li");
  if (oldItems.length !== newItems.length) {
    oldBatch.replaceWith(newBatch);
    return;
  }
  newItems.forEach((item, number) => {
    if (item.outerHTML !== oldItems[number].outerHTML) {
      oldItems[number].replaceWith(item);
    }
  });
  const status = oldBatch.querySelector("[role=status]");
  status.textContent = newBatch.querySelector("[role=status]").textContent;
}

function pause() {
  return 1000 * Number(document.querySelector(".batch").dataset.refreshSeconds || 1);
}

async function refresh() {
  try {
    const answer = await fetch(window.location.href, { credentials: "same-origin" });
    if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      update(document.querySelector(".batch"), page.querySelector(".batch"));
      if (!isUnderWay(page)) {
        return;
      }
    }
  } catch {
    // The server is away for a moment; files that were received are safe.
  }
  window.setTimeout(refresh, pause());
}

if (isUnderWay(document)) {
  window.setTimeout(refresh, pause() / 2);
}
