// [data-upload]: files may be dropped on the box; what was chosen is listed below it and can be taken out again.
// data-max-bytes on the input refuses larger files before they are sent.

const MEGA = 1024 * 1024;

function sizeOf(file) {
  return file.size >= MEGA ? `${(file.size / MEGA).toFixed(1)} MB` : `${Math.ceil(file.size / 1024)} KB`;
}

function put(input, files) {
  const bag = new DataTransfer();
  for (const file of files) bag.items.add(file);
  input.files = bag.files;
}

function row(file, takeOut) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  const size = document.createElement("small");
  const remove = document.createElement("button");
  name.textContent = file.name;
  size.textContent = sizeOf(file);
  remove.type = "button";
  remove.className = "linkbtn";
  remove.textContent = "移除";
  remove.setAttribute("aria-label", `移除 ${file.name}`);
  remove.addEventListener("click", takeOut);
  item.append(name, size, remove);
  return item;
}

/** The list of what was chosen and the sentence about what is too large, put after the box. */
function places(box) {
  const list = document.createElement("ul");
  const refused = document.createElement("p");
  list.className = "files chosen";
  refused.className = "err";
  refused.setAttribute("role", "alert");
  refused.hidden = true;
  box.after(refused, list);
  return { list, refused };
}

function enhance(box) {
  const input = box.querySelector("input[type=file]");
  const limit = Number(input.dataset.maxBytes ?? Infinity);
  const { list, refused } = places(box);
  let chosen = [];

  const keep = (files) => {
    chosen = files;
    put(input, files);
    list.replaceChildren(...files.map((file) => row(file, () => {
      keep(chosen.filter((other) => other !== file));
      input.focus();
    })));
  };
  const take = (files) => {
    const tooLarge = files.filter((file) => file.size > limit);
    refused.hidden = tooLarge.length === 0;
    refused.textContent = `${tooLarge.map((file) => file.name).join("、")} 超过 ${limit / MEGA} MB，请压缩后上传`;
    keep(files.filter((file) => !tooLarge.includes(file)));
  };

  input.addEventListener("change", () => take([...input.files]));
  for (const name of ["dragover", "dragleave", "drop"]) {
    box.addEventListener(name, (event) => {
      event.preventDefault();
      box.toggleAttribute("data-over", name === "dragover");
    });
  }
  box.addEventListener("drop", (event) => {
    const dropped = [...event.dataTransfer.files];
    take(input.multiple ? [...chosen, ...dropped] : dropped.slice(0, 1));
  });
}

for (const box of document.querySelectorAll("[data-upload]")) enhance(box);
