// Ticking the rows of a list: [data-check-all="name"] ticks every checkbox of that name in its form or table,
// [data-checked] beside it shows how many are ticked.

function boxesOf(all) {
  const place = all.closest("form, table, section") ?? document;
  return [...place.querySelectorAll(`input[type=checkbox][name="${CSS.escape(all.dataset.checkAll)}"]`)];
}

function show(all) {
  const boxes = boxesOf(all);
  const ticked = boxes.filter((box) => box.checked).length;
  all.checked = boxes.length > 0 && ticked === boxes.length;
  all.indeterminate = ticked > 0 && ticked < boxes.length;
  for (const count of (all.closest("form, section") ?? document).querySelectorAll("[data-checked]")) {
    count.textContent = String(ticked);
  }
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-check-all]")) {
    for (const box of boxesOf(event.target)) box.checked = event.target.checked;
  }
  for (const all of document.querySelectorAll("[data-check-all]")) show(all);
});

/** The box is hidden where no module runs; every list that arrives shows its own. */
function ready() {
  for (const all of document.querySelectorAll("[data-check-all]")) {
    all.hidden = false;
    show(all);
  }
}

ready();
document.addEventListener("htmx:afterSettle", ready);
