// Two criteria together: a table of their steps, each cell with a range of people.

function cell(name, text, scope) {
  const made = document.createElement(name);
  made.textContent = text;
  if (scope) made.scope = scope;
  return made;
}

// cells: [[x, y, step], ...]; steps: [[from, to or null], ...]; own: [x, y] of this person;
// axes: of both criteria their steps, [value, name] from the lowest on
export function cloudTable({ cells, steps, axes, own, caption, corner, you }) {
  const [across, up] = axes;
  const counted = new Map(cells.map(([x, y, step]) => [`${x}:${y}`, step]));
  const table = document.createElement("table");
  table.className = "cloudtable";
  const head = document.createElement("tr");
  head.append(cell("th", corner, "col"), ...across.map(([, name]) => cell("th", name, "col")));
  table.append(cell("caption", caption));
  table.append(document.createElement("thead"), document.createElement("tbody"));
  table.tHead.append(head);
  for (const [y, name] of [...up].reverse()) {
    const row = document.createElement("tr");
    row.append(cell("th", name, "row"));
    for (const [x] of across) {
      const step = counted.get(`${x}:${y}`);
      const isOwn = own[0] === x && own[1] === y;
      const made = cell("td", `${step ? range(steps[step - 1]) : "–"}${isOwn ? ` (${you})` : ""}`);
      if (step) made.className = `q${step}`;
      row.append(made);
    }
    table.tBodies[0].append(row);
  }
  return table;
}

const range = ([from, to]) => (to === null ? `${from}+` : `${from}–${to}`);
