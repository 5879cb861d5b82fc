/* Shows how far work in the background is, without loading the page again.

   An element with `data-progress` (the address of a fragment) and `data-state` holds a part
   `data-bar`, which is replaced, and a line `data-said`, which is read aloud: it is only touched
   when its words change. When the state changes there is another page to see. */

const EVERY = 1000;
const AFTER_A_FAULT = 5000;

async function look(element) {
  const answer = await fetch(element.dataset.progress, { headers: { Accept: "text/html" } });
  // Signed out in the meantime, or taken away: the page itself says what to do.
  if (answer.redirected || (!answer.ok && answer.status < 500)) return null;
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("[data-progress]");
}

function show(element, fresh) {
  element.querySelector("[data-bar]").replaceWith(fresh.querySelector("[data-bar]"));
  const said = element.querySelector("[data-said]");
  const words = fresh.querySelector("[data-said]").textContent;
  if (said.textContent !== words) said.textContent = words;
}

async function follow(element) {
  let pause = EVERY;
  try {
    const fresh = await look(element);
    if (!fresh || fresh.dataset.state !== element.dataset.state) {
      window.location.reload();
      return;
    }
    show(element, fresh);
  } catch {
    // No connection for a moment; the work goes on, and so does the asking.
    pause = AFTER_A_FAULT;
  }
  setTimeout(follow, pause, element);
}

export function followProgress() {
  for (const element of document.querySelectorAll("[data-progress]")) {
    setTimeout(follow, EVERY, element);
  }
}
