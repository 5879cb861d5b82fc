/* Saves what somebody is writing, and says how that goes.

   A form with `data-draft` (the address that saves) has hidden fields for the key, the version,
   the window and the turn of the draft, and a part `data-saving` with a line for each state.
   Nothing is kept in the browser's own storage: a laptop in a community centre is shared. What
   was typed stays in the page until the server has it. */

const QUIET = 1500; // after the last change, in milliseconds
const PAUSES = [2000, 4000, 8000, 15000, 30000];
const SENDING = 20000; // after so long a form that was sent did not get through
const LARGEST_FAREWELL = 60000; // what a browser sends along when a page is left, in bytes
const MOST_TOKENS = 3; // a token that keeps being refused is no matter of signing in
const NOT_TYPED = new Set(["csrfmiddlewaretoken", "key", "version", "window", "turn"]);

export function keepDrafts() {
  const form = document.querySelector("form[data-draft]");
  if (form) keepDraft(form);
}

function keepDraft(form) {
  const board = document.querySelector("[data-saving]");
  const fields = form.elements;
  let saved = typed();
  let timer = 0;
  let tries = 0;
  let tokens = 0;
  let trouble = false;
  let onItsWay = null;
  let leaving = false;

  function typed() {
    const pairs = [...new FormData(form)].filter(([name]) => !NOT_TYPED.has(name));
    return new URLSearchParams(pairs).toString();
  }

  function show(state) {
    board.hidden = false;
    for (const line of board.querySelectorAll("[data-when]")) {
      const told = line.dataset.when === "other" && line.textContent;
      line.hidden = line.dataset.when !== state && !told;
    }
  }

  function later(pause = PAUSES[Math.min(tries, PAUSES.length - 1)]) {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  }

  function tryAgain(state) {
    trouble = true;
    show(state);
    later();
    tries += 1;
  }

  async function save() {
    clearTimeout(timer);
    if (onItsWay || leaving || typed() === saved) return;
    const sent = typed();
    fields.turn.value = Number(fields.turn.value) + 1;
    onItsWay = new AbortController();
    // A quick answer need not be announced first.
    const slow = setTimeout(show, 1000, "busy");
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        signal: onItsWay.signal,
      });
      read(answer.status, new DOMParser().parseFromString(await answer.text(), "text/html"), sent);
    } catch {
      if (!leaving) tryAgain("offline");
    } finally {
      clearTimeout(slow);
      onItsWay = null;
    }
  }

  function read(status, page, sent) {
    const kept = page.querySelector("[data-key]");
    const token = page.querySelector("main form [name=csrfmiddlewaretoken]");
    if (kept) {
      fields.key.value = kept.dataset.key;
      fields.version.value = kept.dataset.version;
      saved = sent;
      tries = 0;
      tokens = 0;
      trouble = false;
      say(status === 409 ? "other" : "saved", kept);
      if (typed() !== saved) later(QUIET);
    } else if (status === 401) {
      tryAgain("signed-out");
    } else if (status === 403 && token && tokens < MOST_TOKENS) {
      // Signed in anew in another tab: the form goes on with the token of that.
      fields.csrfmiddlewaretoken.value = token.value;
      tokens += 1;
      later(0);
    } else if (status === 404) {
      trouble = true;
      show("gone");
    } else if (status === 413 || status === 422) {
      say("saved", page.querySelector("span") ?? page.body);
    } else {
      tryAgain("fault");
    }
  }

  function say(state, words) {
    board.querySelector(`[data-when="${state}"]`).replaceChildren(...words.childNodes);
    show(state);
  }

  /* What is left unsaved goes along while the page goes; the answer is not heard. */
  function farewell() {
    if (leaving || typed() === saved) return;
    fields.turn.value = Number(fields.turn.value) + 1;
    const body = new URLSearchParams(new FormData(form));
    if (body.toString().length > LARGEST_FAREWELL) return;
    fetch(form.dataset.draft, { method: "POST", body, keepalive: true }).catch(() => {});
  }

  form.addEventListener("input", () => later(QUIET));
  form.addEventListener("change", () => later(QUIET));
  form.addEventListener("submit", (event) => {
    if (!navigator.onLine) {
      // A browser would show a page of its own, and what was typed would be out of sight.
      event.preventDefault();
      tryAgain("offline");
      return;
    }
    leaving = true;
    clearTimeout(timer);
    onItsWay?.abort();
    setTimeout(stay, SENDING);
  });
  for (const link of document.querySelectorAll("[data-discards]")) {
    link.addEventListener("click", () => {
      leaving = true;
    });
  }
  const again = () => {
    if (!leaving) later(0);
  };
  window.addEventListener("online", again);
  window.addEventListener("focus", again);
  const stay = () => {
    leaving = false;
    later(0);
  };
  window.addEventListener("pageshow", () => {
    leaving = false;
  });
  window.addEventListener("beforeunload", (event) => {
    // Only when it cannot be saved: the browser asks whether to leave all the same.
    if (trouble && !leaving && typed() !== saved) event.preventDefault();
  });
  window.addEventListener("pagehide", farewell);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") farewell();
    else again();
  });
}
