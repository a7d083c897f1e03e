// Warns before whoever types is signed out, and lets them stay. Without this, what is typed is kept all the same.
const form = document.getElementById("new-complaint")
const warning = document.getElementById("session-warning")
const WARN_BEFORE = 10 * 60

if (form && warning) {
  let ends = Date.now() + Number(form.dataset.sessionSeconds) * 1000
  const check = () => {
    const left = Math.round((ends - Date.now()) / 1000)
    const minutes = Math.max(0, Math.ceil(left / 60))
    warning.hidden = left > WARN_BEFORE
    if (!warning.hidden) document.getElementById("session-left").textContent = minutes === 1 ? "1 minute" : `${minutes} minutes`
  }
  form.addEventListener("putright:saved", (event) => {
    if (event.detail.session_seconds) ends = Date.now() + event.detail.session_seconds * 1000
    check()
  })
  document.getElementById("stay").addEventListener("click", () => form.dispatchEvent(new Event("change")))
  setInterval(check, 15000)
  check()
}
