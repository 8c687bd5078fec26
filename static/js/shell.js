// The frame of every page: the search key, where the focus goes, printing, open menus.

// What people must read before anything else: an error summary, the note of a conflict.
const FIRST = ".errsum, [data-focus]";

const typing = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

document.addEventListener("keydown", (event) => {
  const search = document.getElementById("q");
  if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && search && !typing(event.target)) {
    event.preventDefault();
    search.focus();
  }
  if (event.key === "Escape") closeMenus(null);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
  closeMenus(event.target);
});

/** Close every open menu that does not contain the element; with null all of them, the focus going back to the opener. */
function closeMenus(element) {
  for (const menu of document.querySelectorAll("details.switch[open]")) {
    if (element !== null && menu.contains(element)) continue;
    menu.open = false;
    if (element === null) menu.querySelector("summary").focus();
  }
}

function focusOn(element) {
  if (!element.hasAttribute("tabindex")) element.setAttribute("tabindex", "-1");
  element.focus();
}

/** What a page asks for by itself (hx-trigger load, every) must neither take the focus nor look like waiting. */
const unasked = (event) => /^(load|every)/.test(event.detail.requestConfig?.elt.getAttribute("hx-trigger") ?? "");

/** After a swap: an error summary takes the focus; a message or heading does when the focused element went away. */
document.addEventListener("htmx:afterSettle", (event) => {
  if (unasked(event)) return undefined;
  const part = event.target;
  const summary = part.matches(FIRST) ? part : part.querySelector(FIRST);
  if (summary) return focusOn(summary);
  if (document.activeElement !== document.body) return undefined;
  const heading = part.querySelector(".note, h1, h2, h3, [role=status]");
  return focusOn(heading ?? part);
});

/** The part that will be replaced is busy while the answer is under way. */
for (const [name, busy] of [["htmx:beforeRequest", true], ["htmx:afterRequest", false]]) {
  document.addEventListener(name, (event) => {
    if (!unasked(event)) event.detail.target?.setAttribute("aria-busy", String(busy));
  });
}

/** A form is sent once: a second click within three seconds does nothing. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.getAttribute("method") !== "post") return; // form.method may be a field of that name
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 3000);
});

/** Printing needs a script, so its buttons are hidden until one is there. */
for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;

document.querySelector(FIRST)?.focus();
