// Buttons that move a task up or down; without scripts the positions are typed. And tables that
// are wider than their place can be scrolled by keyboard.
document.addEventListener("DOMContentLoaded", () => {
  for (const wrapper of document.querySelectorAll(".tabular .wrapper")) wrapper.tabIndex = 0;

  const group = document.getElementById("tasks-group");
  if (!group) return;

  const rows = () =>
    [...group.querySelectorAll(".inline-related:not(.empty-form)")].filter((row) =>
      row.querySelector("[name$='-position']"),
    );

  const number = () =>
    rows().forEach((row, position) => {
      row.querySelector("input[name$='-position']:not([name^='initial-'])").value = position;
    });

  const move = (row, step) => {
    const all = rows();
    const other = all[all.indexOf(row) + step];
    if (!other) return;
    if (step < 0) other.before(row);
    else other.after(row);
    number();
    row.querySelector(`[data-step="${step}"]`).focus();
    row.dispatchEvent(new Event("change", { bubbles: true }));
  };

  for (const row of rows()) {
    const heading = row.querySelector("h3");
    for (const [step, label] of [[-1, "Move up"], [1, "Move down"]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.dataset.step = step;
      button.addEventListener("click", () => move(row, step));
      heading?.append(" ", button);
    }
  }
});
