import { Button, CharacterCount, ErrorSummary, ExitThisPage, PasswordInput, SkipLink, createAll } from "govuk-frontend"
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("js-enabled", "govuk-frontend-supported")
  // Where the browser itself gives focus to the error summary, the script must not do it a second time.
  if ("autofocus" in HTMLElement.prototype)
    for (const summary of document.querySelectorAll(".govuk-error-summary[autofocus]")) summary.dataset.disableAutoFocus = "true"
  for (const part of [Button, CharacterCount, ErrorSummary, ExitThisPage, PasswordInput, SkipLink]) createAll(part)
}
