/* Shows what an indicator would give while somebody writes it.

   A form with `data-previewed` is sent as it stands, as the button for a preview does, and of the
   answer only the part `data-preview` is shown (and `data-wrong`, where a page has it). Nothing is
   kept by it: that takes another button. */

const QUIET = 1200; // after the last change, in milliseconds
const PARTS = ["[data-preview]", "[data-wrong]"];

export function showPreviews() {
  const form = document.querySelector("form[data-previewed]");
  if (form) follow(form);
}

function follow(form) {
  let timer = 0;
  let asked = null;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(look, QUIET);
  };

  async function look() {
    asked?.abort();
    asked = new AbortController();
    const { signal } = asked;
    const body = new FormData(form);
    body.set("doen", "voorbeeld");
    try {
      const answer = await fetch(window.location.href, { method: "POST", body, signal });
      // Signed out, or something went wrong: the button shows the page that says so.
      if (answer.redirected || (answer.status !== 200 && answer.status !== 422)) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!signal.aborted) show(page);
    } catch {
      // No connection, or something newer was typed: the next change asks again.
    }
  }

  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    asked?.abort();
  });
}

function show(page) {
  for (const part of PARTS) {
    const here = document.querySelector(part);
    const fresh = page.querySelector(part);
    if (here && fresh) here.replaceChildren(...fresh.childNodes);
  }
}
