// Applies filters and order of the directory at once: asks for the page that the form would show
// and takes its list and filters over. The address follows, so that Back and a bookmark work.
const form = document.getElementById("find");
const parts = ["directory-hits", "directory-filters"];
let asked = null;

function address() {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value !== "" && !(name === "sort" && value === "relevance")) query.append(name, value);
  }
  const text = query.toString();
  return form.action.split("?")[0] + (text ? "?" + text : "");
}

async function show(url, { keep }) {
  asked?.abort();
  asked = new AbortController();
  document.getElementById("directory").setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { signal: asked.signal, credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    takeOver(new DOMParser().parseFromString(await answer.text(), "text/html"));
    if (keep) history.pushState({ directory: true }, "", url);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url);
    return;
  }
  document.getElementById("directory").removeAttribute("aria-busy");
}

function takeOver(page) {
  const focus = described(document.activeElement);
  const open = [...form.querySelectorAll("details[open]")].map((d) => d.dataset.facet);
  for (const id of parts) {
    document.getElementById(id).replaceChildren(...page.getElementById(id).childNodes);
  }
  for (const facet of open) {
    form.querySelector(`details[data-facet="${facet}"]`)?.setAttribute("open", "");
  }
  takeOverForm(page);
  document.title = page.title;
  document.querySelector(".ac-filter > summary").replaceChildren(
    ...page.querySelector(".ac-filter > summary").childNodes
  );
  document.getElementById("directory-live").textContent =
    document.getElementById("directory-count").textContent;
  if (focus) document.querySelector(focus)?.focus();
}

// The scope and the words, when Back led to another search.
function takeOverForm(page) {
  const fresh = page.getElementById("find");
  form.elements.exact.checked = fresh.querySelector("[name=exact]").checked;
  form.querySelector("input[name=scope]")?.remove();
  const scope = fresh.querySelector("input[name=scope]");
  if (scope) form.prepend(scope);
  const words = document.getElementById("q");
  if (document.activeElement !== words) words.value = page.getElementById("q").value;
}

function described(element) {
  if (!element?.name || !["sort", "exact"].includes(element.name) && !element.value) return "";
  if (element.name === "sort") return "#sort";
  return `#find [name="${CSS.escape(element.name)}"][value="${CSS.escape(element.value)}"]`;
}

document.addEventListener("change", (event) => {
  if (event.target.form === form && event.target.id !== "q") show(address(), { keep: true });
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  show(address(), { keep: true });
});
window.addEventListener("popstate", () => show(location.href, { keep: false }));
