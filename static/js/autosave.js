// Keeps what is typed into the form of an assessment: in this browser at every key, on the server
// soon after, and says where it is. What only this browser has is offered when a form is opened.
// One request at a time, so that none of them overtakes another.
// Signing in, in whichever tab, changes the token; the cookie always has the one that is good.
const token = () => /(?:^|; )csrftoken=([^;]*)/.exec(document.cookie)?.[1] ?? "";
const renewToken = () => {
  for (const input of document.getElementsByName("csrfmiddlewaretoken")) {
    if (token()) input.value = token();
  }
};
addEventListener("submit", renewToken, true);

document.addEventListener("DOMContentLoaded", () => {
  const place = document.getElementById("keeping");
  if (!place) return;

  const WAIT = 1500; // ms after the last key
  const AGAIN = 3000; // ms after a failure
  const PATIENCE = 15000; // ms for an answer
  const DAY = 86400000; // ms for which a copy stays that the server has as well
  const STORE = `kept:${place.dataset.person}:`;
  const state = document.getElementById("keeping-state");
  const slot = place.querySelector("[name=slot]");
  const opened = place.querySelector("[name=opened]");
  const form = slot?.form;

  const send = async (copy, signal) => {
    const body = new URLSearchParams({ ...copy, person: place.dataset.person });
    const headers = { "X-CSRFToken": token() };
    const answer = await fetch(place.dataset.keep, { method: "POST", body, headers, signal });
    const said = await answer.json().catch(() => ({}));
    return { ok: answer.ok, status: answer.status, ...said };
  };

  let room = null; // none where the browser is told to keep nothing
  try {
    room = localStorage;
  } catch {}

  const copies = () =>
    Object.keys(room ?? {})
      .filter((key) => key.startsWith(STORE))
      .map((key) => ({ key, ...JSON.parse(room.getItem(key)) }))
      .sort((one, other) => one.at - other.at);

  // What the server has as well gives way where the browser's room is used up.
  const store = (key, copy) => {
    const text = JSON.stringify(copy);
    try {
      room.setItem(key, text);
    } catch {
      for (const other of copies()) if (other.onServer) room.removeItem(other.key);
      room.setItem(key, text);
    }
  };

  // As the server writes it.
  const clock = (moment) => {
    const shown = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
    return `${moment.toISOString().slice(11, 16)} UTC, ${moment.toLocaleDateString("en-GB", shown)}`;
  };

  const offer = (copy) => {
    const template = document.getElementById("kept-here");
    if (!template) return;
    const line = template.content.firstElementChild.cloneNode(true);
    line.querySelector("span").textContent = clock(new Date(copy.at));
    line.querySelector("[data-open]").addEventListener("click", async () => {
      const { slot, opened, data } = copy;
      const said = await send({ slot, opened, data }).catch(() => ({}));
      if (said.ok) {
        room.removeItem(copy.key);
        location.assign(said.address);
      } else line.append(` Not opened: ${said.why ?? "the server does not answer"}.`);
    });
    line.querySelector("[data-read]").textContent = [...new URLSearchParams(copy.data)]
      .filter(([, value]) => value)
      .map((field) => field.join(": "))
      .join("\n");
    line.querySelector("[data-give-up]").addEventListener("click", () => {
      room.removeItem(copy.key);
      line.remove();
    });
    // The older copy of the server gives way to it.
    document.querySelector(`[data-slot="${copy.slot}"]`)?.remove();
    template.after(line);
  };

  const data = () => {
    const content = new FormData(form);
    for (const name of ["csrfmiddlewaretoken", "slot", "opened", "person"]) content.delete(name);
    return new URLSearchParams(content).toString();
  };

  // The latest comes first, and what the form has itself is not offered to it.
  const spent = place.dataset.spent.split(" ");
  let last = form && data(); // what the form had when it was looked at last
  for (const copy of copies()) {
    const isOld = copy.onServer && Date.now() - copy.at > DAY;
    if (isOld || spent.includes(copy.slot) || copy.data === last) room.removeItem(copy.key);
    else if (!copy.onServer && [undefined, copy.form].includes(place.dataset.form)) offer(copy);
  }
  if (!form) return;
  // Else a browser puts what was typed back into a form that is opened anew, of which nothing here knows.
  form.autocomplete = "off";

  let typed = 0; // how often something was typed
  let onServer = 0; // up to which of these the server has it
  let here = false; // whether this browser has all of it
  let since = ""; // when the server took it
  let trouble = ""; // why it did not
  let sending = null;
  let timer = 0;
  let leaving = false;

  const inWords = () => {
    if (!typed) return "Nothing typed since the form was opened.";
    if (typed === onServer) {
      return `${here ? "Kept here and on the server" : "Kept on the server only"} at ${since}; not saved yet.`;
    }
    if (!here) return `Not kept${trouble && `: ${trouble}`}. This browser has no room for it.`;
    return `Kept in this browser only${trouble ? `: ${trouble}.` : ", on its way to the server."}`;
  };

  const say = () => {
    const isWrong = typed !== onServer && (!here || trouble !== "");
    state.hidden = false;
    state.classList.toggle("off", isWrong);
    state.setAttribute("aria-live", isWrong ? "polite" : "off");
    state.textContent = inWords();
  };

  const current = () => ({ slot: slot.value, opened: opened.value, data: data() });

  const keepHere = (copy, isOnServer) => {
    const about = { at: Date.now(), form: place.dataset.form, onServer: isOnServer };
    try {
      store(STORE + slot.value, { ...copy, ...about });
      here = true;
    } catch {
      here = false;
    }
  };

  const newSlot = () => {
    room?.removeItem(STORE + slot.value);
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    slot.value = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  const keepThere = async () => {
    if (sending || leaving || typed === onServer) return;
    sending = new AbortController();
    const copy = current();
    const upTo = typed;
    const signal = AbortSignal.any([sending.signal, AbortSignal.timeout(PATIENCE)]);
    const said = await send(copy, signal).catch(() => ({}));
    sending = null;
    if (leaving) return;
    if (said.ok) {
      [onServer, since, trouble] = [upTo, said.kept, ""];
      if (upTo === typed) keepHere(copy, true);
      const others = document.getElementById("at-work");
      others.hidden = !said.others.length;
      others.querySelector("span").textContent = said.others.join(", ");
    } else if (said.spent) {
      newSlot();
      keepHere(current(), false);
    } else trouble = said.why ?? `the server does not answer${said.status ? ` (${said.status})` : ""}`;
    say();
    if (typed !== onServer) later(trouble ? AGAIN : said.spent ? 0 : WAIT);
  };

  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(keepThere, wait);
  };

  // Leaving a field tells of a change once more, and moving a row only that way.
  const type = () => {
    renewToken();
    const now = data();
    if (now === last) return;
    last = now;
    typed += 1;
    leaving = false;
    keepHere(current(), false);
    say();
    later(trouble ? AGAIN : WAIT);
  };

  form.addEventListener("input", type);
  // Django's choice of a role tells jQuery alone.
  django.jQuery(form).on("change", type);
  document.addEventListener("formset:added", type);
  document.addEventListener("formset:removed", type);
  addEventListener("online", () => later(0));
  addEventListener("focus", () => {
    renewToken();
    later(0);
  });
  document.addEventListener("visibilitychange", () => later(0));

  form.addEventListener("submit", () => {
    if (typed) keepHere(current(), typed === onServer);
    leaving = true;
    sending?.abort();
  });
  addEventListener("beforeunload", (event) => {
    if (leaving || typed === onServer) return;
    later(0);
    event.preventDefault();
  });
  // A page that comes back from the browser's memory may have been saved since.
  addEventListener("pageshow", (event) => {
    if (event.persisted && leaving) location.reload();
  });

  // Typed before anything here listened, as on a slow line.
  const isTouched = (field) => {
    if (field.type === "checkbox") return field.checked !== field.defaultChecked;
    if (!field.options) return field.value !== field.defaultValue;
    return [...field.options].some((option) => option.selected !== option.defaultSelected);
  };

  const fields = [...form.querySelectorAll("input, select, textarea")];
  if ("typed" in place.dataset || fields.some(isTouched)) {
    last = "";
    type();
  } else say();
});
