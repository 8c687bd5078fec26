// form[data-preview="URL"][data-preview-target="#id"]: what is being typed, laid out by the server, replaces the target's content.
// The form is sent with action=preview; an answer other than 200 leaves the last preview standing.

const PAUSE = 600;

function watch(form) {
  const target = document.querySelector(form.dataset.previewTarget);
  let timer = 0;
  let asked = null;
  const show = async () => {
    asked?.abort();
    asked = new AbortController();
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    data.set("action", "preview");
    target.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(form.dataset.preview, { method: "POST", body: data, signal: asked.signal });
      if (response.ok && !response.redirected) target.innerHTML = await response.text();
      target.setAttribute("aria-busy", "false");
    } catch (error) {
      if (error.name !== "AbortError") target.setAttribute("aria-busy", "false");
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  });
}

for (const form of document.querySelectorAll("form[data-preview]")) watch(form);
