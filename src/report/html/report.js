"use strict";
(() => {
  const filters = document.getElementById("filters");
  const table = document.getElementById("verdict-table");
  if (!filters || !table) return;
  const rows = [...table.tBodies[0].rows];
  const shown = document.getElementById("shown");
  const field = name => filters.querySelector(`[name="${name}"]`);
  const apply = () => {
    const verdict = field("verdict").value;
    const rung = field("rung").value;
    const words = field("text").value.toLowerCase().split(/\s+/).filter(Boolean);
    const surprising = field("surprising").checked;
    let count = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      const keep = (!verdict || row.dataset.verdict === verdict)
        && (!rung || row.dataset.rung === rung)
        && (!surprising || row.dataset.expected === "no")
        && words.every(word => text.includes(word));
      row.hidden = !keep;
      count += keep;
    }
    shown.textContent = `${count} of ${rows.length} rows`;
  };
  filters.addEventListener("input", apply);
  filters.addEventListener("submit", event => event.preventDefault());
  filters.addEventListener("reset", () => setTimeout(apply));
  filters.hidden = false;
  apply();
})();
