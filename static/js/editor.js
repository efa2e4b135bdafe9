// What the form of an assessment does with scripts: rows that are added, moved and dragged, Ctrl+S,
// and the way to what is wrong. Without scripts places are typed, and one empty row is there.
const form = document.getElementById("assessment_form");

const rowsOf = (table) => [...table.querySelectorAll("tbody > tr.row")];
const named = (row, name) => row.querySelector(`[name$='-${name}']:not([name^='initial-'])`);
const changed = (row) => row.dispatchEvent(new Event("change", { bubbles: true }));

// The places of the rows are their order on the page.
const number = (table) =>
  rowsOf(table).forEach((row, place) => {
    const field = named(row, "position");
    if (field) field.value = place;
  });

const say = (table, row) => {
  const rows = rowsOf(table);
  const place = rows.indexOf(row) + 1;
  table.querySelector("[data-moved]").textContent = `Now in place ${place} of ${rows.length}.`;
};

const put = (table, row, other, after) => {
  other[after ? "after" : "before"](row);
  number(table);
  say(table, row);
  changed(row);
};

const move = (table, button) => {
  const row = button.closest("tr");
  const step = Number(button.dataset.move);
  const rows = rowsOf(table);
  const other = rows[rows.indexOf(row) + step];
  if (!other) return;
  put(table, row, other, step > 0);
  button.focus();
};

// A new row takes the first number that no row has, so that the form never counts further than it must.
const add = (table, most) => {
  const prefix = table.dataset.rows;
  const total = form.elements[`${prefix}-TOTAL_FORMS`];
  let next = 0;
  while (document.getElementById(`${prefix}-${next}`)) next += 1;
  if (next >= most) return;
  const copy = table.querySelector("template").innerHTML.replaceAll("__prefix__", next);
  table.querySelector("tbody").insertAdjacentHTML("beforeend", copy);
  total.value = Math.max(Number(total.value), next + 1);
  const row = document.getElementById(`${prefix}-${next}`);
  number(table);
  // Django's choice of a role waits for this.
  row.dispatchEvent(
    new CustomEvent("formset:added", { bubbles: true, detail: { formsetName: prefix } }),
  );
  row.querySelector("td:nth-child(2) :is(input, select, textarea)").focus();
  nameChoices();
};

// Django's choice of a role has no name of its own, nor has what is chosen.
const nameChoices = () => {
  for (const choice of form.querySelectorAll(".select2-selection[role=combobox]")) {
    const label = choice.closest(".field").querySelector("label");
    const chosen = choice.querySelector(".select2-selection__rendered");
    choice.setAttribute("aria-labelledby", `${label.id} ${chosen.id}`);
    chosen.setAttribute("aria-labelledby", label.id);
  }
};

let dragged = null;

if (form) {
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const table = button?.closest("[data-rows]");
    if (!table) return;
    if (button.dataset.move) move(table, button);
    if (button.dataset.add) add(table, Number(button.dataset.add));
  });

  form.addEventListener("dragstart", (event) => {
    if (!event.target.classList?.contains("handle")) return;
    dragged = event.target.closest("tr");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setDragImage(dragged, 0, 0);
  });
  form.addEventListener("dragover", (event) => {
    const row = event.target.closest("tr.row");
    if (dragged && row && row.parentElement === dragged.parentElement) event.preventDefault();
  });
  form.addEventListener("drop", (event) => {
    const row = event.target.closest("tr.row");
    if (!dragged || !row || row === dragged) return;
    event.preventDefault();
    const table = row.closest("[data-rows]");
    const rows = rowsOf(table);
    put(table, dragged, row, rows.indexOf(row) > rows.indexOf(dragged));
  });
  form.addEventListener("dragend", () => (dragged = null));

  document.addEventListener("keydown", (event) => {
    if (event.key !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    form.querySelector(".bar input[type=submit]")?.click();
  });

  // The preview may grow: a field that one types into does not go behind the bar for it.
  let seen = false;
  form.addEventListener("htmx:beforeSwap", () => {
    const { top, bottom } = document.activeElement.getBoundingClientRect();
    seen = top >= 0 && bottom <= form.querySelector(".bar").getBoundingClientRect().top;
  });
  form.addEventListener("htmx:afterSwap", () => {
    if (seen) document.activeElement.scrollIntoView({ block: "nearest" });
  });

  // Django makes its choices when its own library is ready, and ours is called after.
  django.jQuery(nameChoices);

  window.addEventListener("load", () => {
    const faults = document.getElementById("faults");
    if (!faults) return;
    // The address may still name another part.
    document.querySelector("details[data-faults]")?.setAttribute("open", "");
    faults.focus();
  });
}
