import { Button, CharacterCount, ErrorSummary, ExitThisPage, PasswordInput, SkipLink, createAll } from "govuk-frontend"
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("js-enabled", "govuk-frontend-supported")
  for (const part of [Button, CharacterCount, ErrorSummary, ExitThisPage, PasswordInput, SkipLink]) createAll(part)
}
