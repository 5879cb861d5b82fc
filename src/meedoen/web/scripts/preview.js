/* Shows what an indicator would give while somebody writes it.

   A form with `data-previewed` is sent as it stands, as the button for a preview does, and of the
   answer only the part `data-shown` is put on the page (and `data-wrong`, where a page has it).
   Nothing is kept by it: that takes another button. One question is on its way at a time. In short
   it says the same in `data-said`, which is read aloud when its words change. */

const QUIET = 1200; // after the last change, in milliseconds
const PARTS = ["[data-shown]", "[data-wrong]"];

export function showPreviews() {
  const form = document.querySelector("form[data-previewed]");
  if (form) follow(form);
}

function follow(form) {
  const shown = document.querySelector("[data-shown]");
  const stale = document.querySelector("[data-stale]");
  let timer = 0;
  let isAsking = false;
  let isLeaving = false;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(look, QUIET);
  };

  async function look() {
    // Who reads or follows a link in the preview keeps it until they are done.
    const isRead = shown.contains(document.activeElement);
    if (isAsking || isLeaving || isRead) {
      if (isRead) shown.addEventListener("focusout", later, { once: true });
      return;
    }
    isAsking = true;
    const asked = typed(form);
    const page = await answer(form);
    isAsking = false;
    if (isLeaving) return;
    stale.hidden = page !== null;
    stale.textContent = page ? "" : stale.dataset.stale;
    if (page) show(page);
    if (typed(form) !== asked) later();
  }

  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", () => {
    isLeaving = true;
    clearTimeout(timer);
  });
  window.addEventListener("pageshow", () => {
    isLeaving = false;
  });
}

function typed(form) {
  return new URLSearchParams(new FormData(form)).toString();
}

/* Returns the page that the button would lead to; null when signed out, or when something failed. */
async function answer(form) {
  const body = new FormData(form);
  body.set("doen", "voorbeeld");
  try {
    const found = await fetch(window.location.href, { method: "POST", body });
    if (found.redirected || (found.status !== 200 && found.status !== 422)) return null;
    return new DOMParser().parseFromString(await found.text(), "text/html");
  } catch {
    return null;
  }
}

function show(page) {
  for (const part of PARTS) {
    const here = document.querySelector(part);
    const fresh = page.querySelector(part);
    if (here && fresh) here.replaceChildren(...fresh.childNodes);
  }
  const said = document.querySelector("[data-said]");
  const words = page.querySelector("[data-shown]")?.dataset.shown ?? "";
  if (said.textContent !== words) said.textContent = words;
}
