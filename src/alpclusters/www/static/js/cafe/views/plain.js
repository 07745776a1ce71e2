// The views that only show something, and the two that end something.

import { find, show, snippet, speak } from "../dom.js";
import { showEvidence } from "../evidence.js";

// 7KRM4TXRB2 -> 7KRM4-TXRB2
const shownCode = (code) => code.replace(/^(.{5})(.+)$/, "$1-$2");

function showCode(phone, root) {
  const found = phone.pocket.get("recovery");
  const place = find("[data-code]", root);
  if (found) place.textContent = shownCode(found);
  show(place, Boolean(found));
  return Boolean(found);
}

export const lobby = { open: () => ({}) };

export const code = {
  open(phone, root) {
    const isKnown = showCode(phone, root);
    for (const node of root.querySelectorAll("[data-known]")) show(node, isKnown);
    show(find("[data-unknown]", root), !isKnown);
    return {};
  },
};

export const presentation = {
  open(phone, root) {
    const rows = phone.data.measures.map((measure) => {
      const row = snippet("measure").firstElementChild;
      speak(find("[data-name]", row), measure.name);
      speak(find("[data-text]", row), measure.text);
      speak(find("[data-of]", row), measure.name);
      showEvidence(find("[data-evidence]", row), measure);
      showLessons(find("[data-lessons]", row), measure.lessons);
      showPicture(find("[data-picture]", row), measure.picture);
      return row;
    });
    find("[data-measures]", root).replaceChildren(...rows);
    return {};
  },
};

function showLessons(box, lessons) {
  const items = lessons.map((lesson) => {
    const item = snippet("lesson").firstElementChild;
    speak(find("[data-text]", item), lesson.text);
    find("[data-certainty]", item).textContent = lesson.certainty;
    return item;
  });
  find("ul", box).replaceChildren(...items);
  show(box, items.length > 0);
}

function showPicture(figure, picture) {
  if (!picture) return;
  const image = find("img", figure);
  image.src = picture.url;
  image.alt = picture.shows;
  find("[data-credit]", figure).textContent = picture.credit;
  show(figure, true);
}

// Deletes at once, or says that it could not: a person who leaves must know it.
export const leave = {
  open(phone, root) {
    return {
      actions: {
        "leave-now": async (button) => {
          button.setAttribute("aria-disabled", "true");
          if (!(await phone.queue.leave())) {
            button.removeAttribute("aria-disabled");
            return fail(phone, root);
          }
          for (const item of await phone.store.all()) await phone.store.remove(item.id);
          phone.pocket.forgetPerson();
          phone.pocket.clear("way");
          return location.replace(`${phone.data.urls.join}#left`);
        },
      },
    };
  },
};

export const other = {
  open(phone, root) {
    showCode(phone, root);
    return {
      actions: {
        "other-now": () => {
          if (phone.queue.waiting.length) return fail(phone, root);
          phone.pocket.forgetPerson();
          return location.assign(`${phone.data.urls.join}#other-${phone.event}`);
        },
      },
    };
  },
};

function fail(phone, root) {
  const place = find("[data-error]", root);
  place.textContent = phone.words.say.notNow;
  show(place, true);
}

