// What is not the one thing to do: language, size of the text, time, other person, leaving.

import { all, find } from "./dom.js";

const YEAR_S = 60 * 60 * 24 * 365;

export function wireMenu(phone) {
  const menu = find("#menu");
  showSettings(phone);
  menu.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.language) return changeLanguage(phone, button.dataset.language);
    if (button.dataset.do === "large") return toggle(phone, "large-text");
    if (button.dataset.do === "timer") return toggle(phone, "hides-timer");
    menu.open = false;
    return phone.go(button.dataset.do);
  });
}

function toggle(phone, name) {
  phone.pocket.set(name, !phone.pocket.get(name));
  showSettings(phone);
}

function showSettings(phone) {
  const isLarge = Boolean(phone.pocket.get("large-text"));
  phone.settings.hidesTimer = Boolean(phone.pocket.get("hides-timer"));
  document.documentElement.classList.toggle("large-text", isLarge);
  find("#menu [data-do=large]").setAttribute("aria-pressed", String(isLarge));
  find("#menu [data-do=timer]").setAttribute("aria-pressed", String(phone.settings.hidesTimer));
  phone.timer.tick();
}

// The page exists once for each language: it is loaded again, and every draft is in its drawer.
async function changeLanguage(phone, language) {
  const { queue, room, notices, view } = phone;
  if (language === document.documentElement.lang) {
    find("#menu").open = false;
    return;
  }
  view?.leave?.();
  if (!queue.isOnline || room.connection === "offline") {
    find("#menu").open = false;
    notices.wait();
    return;
  }
  const [host, secure] = location.protocol === "https:" ? ["__Host-", "; secure"] : ["", ""];
  document.cookie = `${host}language=${language}; path=/; max-age=${YEAR_S}; samesite=lax${secure}`;
  await phone.queue.add("profile", { language }, { id: "profile-language" });
  for (const button of all("[data-language]", find("#menu"))) button.disabled = true;
  await Promise.race([queue.flush(), new Promise((resolve) => setTimeout(resolve, 1500))]);
  location.reload();
}
