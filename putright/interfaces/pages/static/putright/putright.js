// What makes a page quicker for those with a keyboard, and keeps what is typed. No page needs it.

const KEYS_OFF = "putright-keys-off"

function typing(event) {
  const within = event.target.closest("input, textarea, select, [contenteditable], dialog")
  return within && !(within.matches("input") && ["checkbox", "radio", "button", "submit"].includes(within.type))
}

function step(by) {
  const rows = [...document.querySelectorAll(".pr-case__reference")]
  if (!rows.length) return
  const here = rows.findIndex((row) => row.closest(".pr-case").contains(document.activeElement))
  const next = here < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(here + by, 0), rows.length - 1)
  rows[next].focus()
}

function press(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || typing(event)) return
  const act = {
    "/": () => document.getElementById("site-search")?.focus(),
    n: () => document.querySelector('a[data-key="n"]')?.click(),
    j: () => step(1),
    k: () => step(-1),
    "?": () => document.querySelector("dialog.pr-keys")?.showModal(),
  }[event.key]
  if (!act) return
  event.preventDefault()
  act()
}

function remembered(name) {
  try { return localStorage.getItem(name) } catch { return null }
}

function remember(name, value) {
  try { localStorage.setItem(name, value) } catch { /* a browser that keeps nothing keeps its keys on */ }
}

const keys = document.querySelector("dialog.pr-keys")
if (keys) {
  const single = keys.querySelector("input[type=checkbox]")
  const listen = (on) => (on ? document.addEventListener("keydown", press) : document.removeEventListener("keydown", press))
  single.checked = remembered(KEYS_OFF) !== "yes"
  listen(single.checked)
  single.addEventListener("change", () => {
    remember(KEYS_OFF, single.checked ? "no" : "yes")
    listen(single.checked)
  })
  for (const opener of document.querySelectorAll("[data-opens-keys]")) {
    opener.hidden = false
    opener.addEventListener("click", () => keys.showModal())
  }
}

// <form data-autosave="ADDRESS"> is posted there, as it stands, two seconds after a change; the answer is JSON,
// {"says": "Saved at 10:42"}, shown in the form's .pr-saved. What could not be saved is said, and tried again.
for (const form of document.querySelectorAll("form[data-autosave]")) {
  const told = form.querySelector(".pr-saved") ?? document.querySelector(".pr-saved")
  let changed = 0, saved = 0, timer = null, saving = false
  const say = (text) => { if (told && told.textContent !== text) told.textContent = text }

  async function save() {
    if (saving || changed === saved) return
    saving = true
    const upTo = changed
    // Files go along when the form is sent, not each time somebody types.
    const body = new FormData(form)
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name)
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST", body, headers: { Accept: "application/json" }, redirect: "error",
      })
      const told = answer.ok ? await answer.json() : null
      if (!told) throw new Error(String(answer.status))
      saved = upTo
      say(told.says)
      form.dispatchEvent(new CustomEvent("putright:saved", { detail: told, bubbles: true }))
    } catch {
      say("Not saved yet. Your text is still here. Trying again.")
    }
    saving = false
    if (changed !== saved) wait(changed === upTo ? 10000 : 2000)
  }

  // A timer already running is let run: someone who never stops typing is saved all the same.
  function wait(milliseconds) {
    timer ??= setTimeout(() => { timer = null; save() }, milliseconds)
  }

  form.addEventListener("input", () => { changed += 1; wait(2000) })
  form.addEventListener("change", () => { changed += 1; wait(2000) })
  form.addEventListener("submit", () => { saved = changed })
  addEventListener("beforeunload", (event) => { if (changed !== saved) event.preventDefault() })
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save() })
}

// <button data-copies="ID" hidden> copies the text of that element.
for (const button of document.querySelectorAll("button[data-copies]")) {
  if (!navigator.clipboard) break
  button.hidden = false
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent.trim())
    button.textContent = "Copied"
  })
}
