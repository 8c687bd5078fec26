// form[data-autosave="URL"]: posts the changed form every 30 seconds and says so in [data-saved].
// An answer in JSON may carry {"version": n}, which is put into the form's hidden field `version`.

const EVERY = 30_000;
const clock = new Intl.DateTimeFormat("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai" });

function dataOf(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  return data;
}

function tell(form, sentence) {
  const place = form.querySelector("[data-saved]") ?? document.querySelector("[data-saved]");
  if (place) place.textContent = sentence;
}

async function takeVersion(form, response) {
  if (!response.headers.get("Content-Type")?.includes("json")) return;
  const { version } = await response.json();
  if (version !== undefined && form.elements.version) form.elements.version.value = version;
}

function refusal(response) {
  if (response.redirected) return "登录已过期，请复制未保存的内容后重新登录";
  if (response.status === 409) return "这份草稿已被他人修改，自动保存已停止";
  if (response.status === 422) return "有内容填写不正确，修改后自动保存";
  return "自动保存未成功，稍后再试";
}

function watch(form) {
  let changed = false;
  let timer = 0;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => clearInterval(timer));
  const save = async () => {
    if (!changed) return;
    changed = false;
    try {
      const response = await fetch(form.dataset.autosave, { method: "POST", body: dataOf(form), headers: { Accept: "application/json" } });
      if (!response.ok || response.redirected) {
        if (response.redirected || response.status === 409) clearInterval(timer);
        else changed = response.status !== 422;
        return tell(form, refusal(response));
      }
      await takeVersion(form, response);
      return tell(form, `草稿已于 ${clock.format(new Date())} 自动保存`);
    } catch {
      changed = true;
      return tell(form, "网络不通，内容仍在本页，恢复后自动保存");
    }
  };
  timer = setInterval(save, EVERY);
}

for (const form of document.querySelectorAll("form[data-autosave]")) watch(form);
