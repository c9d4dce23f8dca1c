// Every page: GOV.UK Frontend's behaviours and a few small helps. Without this file all pages still work.
import "./styles/app.scss";
import {
  Button,
  CharacterCount,
  Checkboxes,
  createAll,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
} from "govuk-frontend";
import { wireAutosave } from "./app/autosave.js";
import { wireCopyButtons } from "./app/copy.js";
import { wirePrintButtons } from "./app/print.js";
import { wireRowKeys } from "./app/row-keys.js";
import { wireSessionEnd } from "./app/session-end.js";
import { wireShowWhen } from "./app/show-when.js";
import { wireSubmitOnce } from "./app/submit-once.js";
import { wireUploads } from "./app/uploads.js";
import { wireSuggestions } from "./app/suggest.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

// Words come from the page, already in the reader's language, as data-i18n attributes.
[
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
].forEach((Component) => createAll(Component));

wireShowWhen(document);
wireUploads(document);
wireSubmitOnce(document);
wireCopyButtons(document);
wirePrintButtons(document);
wireRowKeys(document);
wireSuggestions(document);
wireAutosave(document);
wireSessionEnd(document);
