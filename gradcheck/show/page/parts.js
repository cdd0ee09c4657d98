// Only some panels: page.html#show=network,walk shows these two and no heading. A lesson needs this
// that has the page inside. Without #show= all are shown.
// page.html#show=network,walk,slide shows them side by side, as much as fits a slide.

export function showParts(hash) {
  const shown = hash.match(/^#show=([a-z,]+)$/)?.[1].split(",");
  document.body.classList.toggle("part", shown !== undefined);
  document.body.classList.toggle("slide", shown !== undefined && shown.includes("slide"));
  for (const panel of document.querySelectorAll("[data-part]")) {
    panel.hidden = shown !== undefined && !shown.includes(panel.dataset.part);
  }
}
