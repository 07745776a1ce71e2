// The table beside the map: each row gets a button that shows its region, and the row of the region
// that was chosen on the map is marked.
const CODE = /\(([A-Z]{2}[A-Z0-9]{2,3})\)\s*$/;

export function linkTable(words, show) {
  const rows = new Map();
  for (const row of document.querySelectorAll("#map-table tbody tr")) {
    const head = row.querySelector("th");
    const code = CODE.exec(head.textContent)?.[1];
    if (!code) continue;
    rows.set(code, row);
    head.append(button(words, head.textContent.trim(), () => show(code)));
  }
  return {
    mark(code) {
      for (const [own, row] of rows) row.classList.toggle("is-shown", own === code);
    },
  };
}

function button(words, name, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "map-show";
  made.textContent = words;
  made.setAttribute("aria-label", `${words}: ${name}`);
  made.addEventListener("click", act);
  return made;
}
