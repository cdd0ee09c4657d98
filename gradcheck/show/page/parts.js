// Only some panels: page.html#show=network,walk shows these two and no heading. A lesson needs this
// that has the page inside. Without #show= all are shown.

export function showParts(hash) {
  const shown = hash.match(/^#show=([a-z,]+)$/)?.[1].split(",");
  document.body.classList.toggle("part", shown !== undefined);
  for (const panel of document.querySelectorAll("[data-part]")) {
    panel.hidden = shown !== undefined && !shown.includes(panel.dataset.part);
  }
}
