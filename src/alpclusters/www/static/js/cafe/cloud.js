// Two criteria together: a table of five by five, each cell with a range of people.

const STEPS = [1, 2, 3, 4, 5];

function cell(name, text, scope) {
  const made = document.createElement(name);
  made.textContent = text;
  if (scope) made.scope = scope;
  return made;
}

// cells: [[x, y, step], ...]; steps: [[from, to or null], ...]; own: [x, y] of this person
export function cloudTable({ cells, steps, own, caption, corner, you }) {
  const counted = new Map(cells.map(([x, y, step]) => [`${x}:${y}`, step]));
  const table = document.createElement("table");
  table.className = "cloudtable";
  const head = document.createElement("tr");
  head.append(cell("th", corner, "col"), ...STEPS.map((x) => cell("th", String(x), "col")));
  table.append(cell("caption", caption));
  table.append(document.createElement("thead"), document.createElement("tbody"));
  table.tHead.append(head);
  for (const y of [...STEPS].reverse()) {
    const row = document.createElement("tr");
    row.append(cell("th", String(y), "row"));
    for (const x of STEPS) {
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
