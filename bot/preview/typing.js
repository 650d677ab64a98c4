// Four things that SimCord's page does otherwise than Discord when a command is typed. All are done by what a person
// sees of the page: its composer, its lists, its fields.
//
// 1. "/district Sh" typed in one go picks the command and goes on in its first option, where the suggestions come.
//    The page alone picks a command by Enter only, and would send the line as a plain message.
// 2. Enter on a picked command runs it, unless the person has gone into the list of optional values.
//    The page alone takes the first of that list, so that "/casualties" would never run by Enter.
// 3. Enter after a value was taken from its list runs the command. Where the value is what was typed already, the page
//    alone opens the list again and takes the value for ever.
// 4. Enter while the page is still busy, as with suggestions that are on their way, takes effect as soon as it is done.
//    The page alone drops it.

const status = document.getElementById("action-status");
let held = 0; // how often Enter was pressed meanwhile

function busy() {
  return status.textContent.endsWith("…"); // as all its words for something under way do
}

document.addEventListener("keydown", (event) => {
  if (!event.isTrusted || event.isComposing || !event.target.closest?.(".command-row")) return;
  if (event.key !== "Enter") held = 0; // the person goes on writing
  else if (busy() || held) {
    event.preventDefault();
    event.stopImmediatePropagation();
    held += 1;
  }
}, { capture: true });

function release() {
  if (!held || busy()) return;
  held -= 1;
  const there = document.activeElement;
  if (!there?.closest(".command-row")) held = 0;
  else there.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
  setTimeout(release);
}

// Not before the page has shown what it was busy with.
new MutationObserver(() => setTimeout(release)).observe(status, { childList: true, characterData: true, subtree: true });

const LINE = /^\/\S+ +\S[^\n]*$/;

/** @param {Element} element @param {string} value */
function write(element, value) {
  element.value = value;
  element.dispatchEvent(new Event("input", { bubbles: true }));
}

/** @param {HTMLTextAreaElement} composer @param {string} name @returns {HTMLElement | undefined} */
function entry(composer, name) {
  write(composer, `/${name}`);
  return [...document.querySelectorAll(".command-entry")].find(
    (item) => item.querySelector("strong")?.textContent === `/${name}`,
  );
}

/** Every way to cut the line into a command's name and a value, the longest name first. @param {string} line */
function cuts(line) {
  const words = line.slice(1).split(" ");
  return words.map((_, at) => [words.slice(0, at).join(" "), words.slice(at).join(" ").trimStart()])
    .filter(([name, value]) => name && value).reverse();
}

let working = false; // writing here is input too

document.addEventListener("input", ({ target }) => {
  if (working || target.id !== "channel-composer-input" || !LINE.test(target.value)) return;
  working = true;
  try {
    adopt(target, target.value);
  } finally {
    working = false;
  }
});

/** @param {HTMLTextAreaElement} composer @param {string} line */
function adopt(composer, line) {
  const caret = composer.selectionStart;
  for (const [name, value] of cuts(line)) {
    const found = entry(composer, name);
    if (!found) continue;
    found.click();
    let field = document.querySelector(".command-option-input");
    if (!field) {
      // Nothing is required: the value goes to the first option there is.
      document.querySelector(".command-chip")?.click();
      document.querySelector(".command-suggestion")?.click();
      field = document.querySelector(".command-option-input");
    }
    if (field) {
      field.focus();
      write(field, value);
    }
    return;
  }
  write(composer, line);
  composer.setSelectionRange(caret, caret);
}

let browsing = false; // the person has gone into the list of options

document.addEventListener("focusin", () => {
  browsing = false;
});

document.addEventListener("keydown", ({ key, target, isComposing }) => {
  if (isComposing || !target.matches?.(".command-chip")) return;
  if (key === "ArrowDown" || key === "ArrowUp") browsing = true;
  // Before the page's own listeners: with the list closed, they run the command.
  if (key === "Enter" && !browsing) target.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
}, { capture: true });

let taken = null; // the option whose value was just taken from its list

/** @param {EventTarget} target */
function option(target) {
  return target.matches?.(".command-option-input") ? target.dataset.option : null;
}

/** @param {Element} field */
function offered(field) {
  return field.getAttribute("aria-expanded") === "true" && document.querySelector('.command-suggestion[aria-selected="true"]');
}

document.addEventListener("input", () => {
  taken = null;
}, { capture: true });

document.addEventListener("click", ({ target }) => {
  if (target.closest?.(".command-suggestion")) taken = option(document.activeElement);
}, { capture: true });

document.addEventListener("keydown", ({ key, target, isComposing }) => {
  if (isComposing || !option(target)) return;
  if (key === "ArrowDown" || key === "ArrowUp") taken = null;
  if (key !== "Enter" || !offered(target)) return;
  if (taken === option(target)) target.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
}, { capture: true });
