// Boxes that complete titles while one types: the pattern of an editable combobox with a list
// (ARIA Authoring Practices). Without scripts such a box is a search box like any other.

const WAIT = 150;

for (const box of document.querySelectorAll("input[data-titles]")) complete(box);

function complete(box) {
  const list = document.createElement("ul");
  list.id = `${box.id}-titles`;
  list.className = "titles";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.label);
  const said = document.createElement("p");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  box.parentElement.append(list, said);
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);

  let chosen = -1;
  let timer;
  let asking;

  const open = () => !list.hidden;

  function show(opened) {
    list.hidden = !opened;
    box.setAttribute("aria-expanded", opened);
    point(-1);
  }

  function point(number) {
    chosen = number;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", at === number));
    const option = list.children[number];
    if (option) {
      box.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else box.removeAttribute("aria-activedescendant");
  }

  // Leads to the job; in a form that takes a role, gives it the role instead.
  function take(job) {
    if (!box.dataset.takes) {
      location.assign(job.url);
      return;
    }
    const hidden = document.createElement("input");
    const { name } = box;
    Object.assign(hidden, { type: "hidden", name, value: job.slug });
    box.removeAttribute("name");
    box.value = job.title;
    box.form.append(hidden);
    box.form.submit();
    // Whoever comes back to this page finds the form as it was.
    hidden.remove();
    box.name = name;
  }

  function fill(titles) {
    list.replaceChildren(
      ...titles.map((job, number) => {
        const option = document.createElement("li");
        const detail = document.createElement("span");
        option.id = `${list.id}-${number}`;
        option.setAttribute("role", "option");
        detail.className = "muted";
        detail.textContent = job.detail;
        option.append(job.title, " ", detail);
        option.addEventListener("pointerdown", (event) => event.preventDefault());
        option.addEventListener("click", () => take(job));
        return option;
      }),
    );
    show(titles.length > 0);
    said.textContent = titles.length === 1 ? "1 title" : `${titles.length || "no"} titles`;
  }

  function stopAsking() {
    clearTimeout(timer);
    asking?.abort();
  }

  // Closed, and no answer that is under way opens it again.
  function close() {
    stopAsking();
    show(false);
  }

  async function ask() {
    asking?.abort();
    asking = new AbortController();
    const words = box.value.trim();
    if (words.length < 2) {
      list.replaceChildren();
      show(false);
      said.textContent = "";
      return;
    }
    const query = new URLSearchParams({ q: words });
    if (box.dataset.takes) query.set("roles", "");
    try {
      const answer = await fetch(`${box.dataset.titles}?${query}`, { signal: asking.signal });
      if (!answer.ok) throw new Error(answer.statusText);
      fill((await answer.json()).titles);
    } catch (error) {
      if (error.name === "AbortError") return;
      show(false);
      said.textContent = "Titles cannot be completed just now. Enter searches.";
    }
  }

  box.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(ask, WAIT);
  });
  box.addEventListener("compositionend", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const many = list.children.length;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && many) {
      event.preventDefault();
      // Nor does a late answer put other titles under the one that is chosen.
      stopAsking();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const from = open() ? chosen : -1;
      if (!open()) show(true);
      // One step beyond either end is the box itself, with what was typed.
      point(((from + 1 + step + many + 1) % (many + 1)) - 1);
    } else if (event.key === "Enter" && open() && chosen >= 0) {
      event.preventDefault();
      list.children[chosen].click();
    } else if (event.key === "Escape" && open()) {
      event.preventDefault();
      close();
    }
  });
  show(false);
}
