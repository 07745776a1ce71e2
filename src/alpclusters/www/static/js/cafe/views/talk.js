// The question of the round, one card after the other, and the cards of the table.

import { find, plain, show, snippet, speak, write } from "../dom.js";
import { newKey } from "../keys.js";
import { shrink } from "../photo.js";

const PAUSE_MS = 1500;

export const talk = {
  open(phone, root) {
    const form = find("#card", root);
    const box = form.elements.text;
    const desk = { phone, root, form, box, photo: null, editing: "", wall: [], summary: null };
    takeUp(desk, phone.drafts.get("card"));
    show(find("[data-photo]", root), Boolean(phone.data.urls.photo) && "createImageBitmap" in window);
    fetchWall(desk);
    return {
      input: () => keep(desk),
      change: (event) => (event.target.type === "file" ? addPhoto(desk, event.target.files[0]) : keep(desk)),
      submit: () => send(desk),
      click: (event) => click(desk, event),
      cards: () => laterFetchWall(desk),
      actions: { "no-photo": () => dropPhoto(desk) },
      patch: () => patch(desk),
    };
  },
};

function patch(desk) {
  const { phone, root } = desk;
  const { state, data, words } = phone;
  const round = state?.round || 0;
  const { seat, cards } = phone.own;
  speak(find("[data-question]", root), data.questions[round] || find("[data-question]", root).textContent);
  const measure = seat ? data.tables[seat.number]?.measure : "";
  show(find("[data-measure]", root), Boolean(measure));
  speak(find("[data-measure] b", root), measure || "");
  const topic = seat ? plain(data.tables[seat.number]?.topic) : "";
  const number = seat && seat.round === round ? words.of("table", { n: seat.number }) : "";
  write(find("[data-place]", root), [number, topic].filter(Boolean).join(" · "));
  show(find("[data-harvest]", root), state?.phase === "harvest");
  write(find("[data-left]", root), words.of("characters", { n: desk.box.maxLength - desk.box.value.length }));
  drawSummary(desk);
  drawMine(desk, cards);
  drawWall(desk);
}

// What the guests before handed over to this table.
function drawSummary({ root, summary }) {
  const place = find("[data-summary]", root);
  show(place, Boolean(summary));
  if (summary) speak(find("blockquote", place), [summary.text, summary.language]);
}

// ---- the card that is being written -----------------------------------------------------------

function takeUp(desk, draft) {
  if (!draft) return;
  desk.box.value = draft.text || "";
  desk.form.elements.author.value = draft.author || "";
  if (draft.author) find(".author", desk.root).open = true;
  desk.editing = draft.editing || "";
  showEditing(desk);
}

function showEditing({ root, phone, editing }) {
  const label = find("[data-send]", phone.bar);
  if (editing) write(label, phone.words.say.saveCard);
  show(find("[data-photo]", root), !editing && Boolean(phone.data.urls.photo));
}

function keep(desk) {
  const { phone, box, form, editing } = desk;
  const draft = { text: box.value, author: form.elements.author.value, editing };
  if (draft.text || draft.author || editing) phone.drafts.set("card", draft);
  else phone.drafts.drop("card");
  write(find("[data-left]", desk.root), phone.words.of("characters", { n: box.maxLength - box.value.length }));
  show(find("[data-error]", desk.root), false);
}

async function addPhoto(desk, file) {
  if (!file) return;
  const canvas = find("[data-canvas]", desk.root);
  try {
    desk.photo = await shrink(file, canvas);
  } catch (error) {
    return fail(desk, "photoFailed");
  }
  showPhoto(desk, true);
  desk.phone.notices.say(desk.phone.words.of("photoAdded"));
}

function dropPhoto(desk) {
  desk.photo = null;
  desk.form.elements.photo.value = "";
  showPhoto(desk, false);
}

function showPhoto({ root }, isThere) {
  for (const selector of ["[data-canvas]", "[data-do=no-photo]", "[data-photo-note]"]) show(find(selector, root), isThere);
}

function fail({ root, phone }, name) {
  const place = find("[data-error]", root);
  place.textContent = phone.words.of(name);
  show(place, true);
}

async function send(desk) {
  const { phone, box, form, photo } = desk;
  const text = box.value.trim();
  if (!text && !photo) return fail(desk, "cardEmpty");
  const id = desk.editing || newKey();
  const round = phone.own.cards.find((card) => card.id === id)?.round ?? phone.state?.round ?? 0;
  const body = { id, text, language: phone.data.language, author: form.elements.author.value.trim(), round };
  // At once, so that a double tap finds an empty card.
  const author = form.elements.author.value;
  box.value = "";
  desk.editing = "";
  dropPhoto(desk);
  if (author) phone.drafts.set("card", { text: "", author, editing: "" });
  else phone.drafts.drop("card");
  write(find("[data-send]", phone.bar), phone.words.say.sendCard);
  showEditing(desk);
  phone.pocket.addCard(id);
  await phone.do("card", body, { id: `card-${id}`, blob: photo });
  phone.notices.say(phone.words.of("cardSent"));
}

// ---- my cards ---------------------------------------------------------------------------------

function drawMine(desk, cards) {
  const { root, phone } = desk;
  const unsent = new Set(phone.queue.waiting.filter((item) => item.t === "card").map((item) => item.b.id));
  const known = new Map(desk.wall.map((card) => [card.id, card]));
  write(find("[data-mine-n]", root), cards.length ? `(${cards.length})` : "");
  show(find("[data-none]", root), !cards.length);
  const mine = cards.map((card) => ({ ...known.get(card.id), ...card, isUnsent: unsent.has(card.id) }));
  drawRows(find("[data-mine]", root), mine.reverse(), (card) => mineRow(desk, card));
}

function mineRow({ phone }, card) {
  const row = cardRow(card, phone);
  const actions = find("[data-actions]", row);
  if (card.reason) write(find("[data-meta]", row), card.reason);
  if (card.isUnsent) actions.append(snippet("waiting"));
  if (card.state === "hidden" || card.state === "grouped") actions.append(snippet(card.state));
  else actions.append(snippet("edit"), snippet("delete"));
  return row;
}

// Rows of unchanged cards stay in their place: a tap is lost if its button is taken away under it.
function drawRows(list, cards, make) {
  const old = new Map([...list.children].map((row) => [row.dataset.id, row]));
  const focused = list.contains(document.activeElement) ? document.activeElement.closest("li")?.dataset.id : "";
  const rows = cards.map((card) => {
    const mark = JSON.stringify(card);
    const same = old.get(card.id);
    if (same?.dataset.mark === mark) return same;
    const row = make(card);
    row.dataset.mark = mark;
    return row;
  });
  for (const row of old.values()) if (!rows.includes(row)) row.remove();
  rows.forEach((row, at) => {
    if (list.children[at] !== row) list.insertBefore(row, list.children[at] ?? null);
  });
  if (focused && !list.contains(document.activeElement)) find(`li[data-id="${focused}"] button`, list)?.focus();
}

function cardRow(card, phone) {
  const row = snippet("card").firstElementChild;
  row.dataset.id = card.id;
  const text = find("[data-text]", row);
  text.textContent = card.text || "";
  if (card.language && card.language !== phone.data.language) text.lang = card.language;
  const image = find("[data-image]", row);
  if (card.photo_url) image.src = card.photo_url;
  show(image, Boolean(card.photo_url));
  const parts = [card.author, card.supports === null || card.supports === undefined ? "" : phone.words.of("supports", { n: card.supports })];
  write(find("[data-meta]", row), parts.filter(Boolean).join(" · "));
  return row;
}

function click(desk, event) {
  const { phone } = desk;
  const id = event.target.closest("li")?.dataset.id;
  if (!id) return;
  if (event.target.closest("[data-delete]")) {
    phone.do("card_gone", { id }, { id: `card-${id}` });
  } else if (event.target.closest("[data-support]")) {
    phone.do("support", { id, on: !phone.own.supported.includes(id) }, { id: `support-${id}` });
  } else if (event.target.closest("[data-edit]")) {
    edit(desk, phone.own.cards.find((card) => card.id === id));
  }
}

function edit(desk, card) {
  desk.editing = card.id;
  desk.box.value = card.text;
  desk.form.elements.author.value = card.author || "";
  dropPhoto(desk);
  showEditing(desk);
  keep(desk);
  desk.box.focus();
}

// ---- the cards of the table -------------------------------------------------------------------

async function fetchWall(desk) {
  const { phone } = desk;
  const { urls, inHall } = phone.data;
  if (!urls.cards || !inHall) return;
  try {
    const response = await fetch(urls.cards, { cache: "no-cache", credentials: "same-origin" });
    if (!response.ok) return;
    const found = await response.json();
    desk.wall = found.cards || [];
    desk.summary = found.summary || null;
  } catch (error) {
    return; // the next message of the room asks again
  }
  patch(desk);
}

// A card of one phone reaches all others: they ask for the wall at different moments.
function laterFetchWall(desk) {
  clearTimeout(desk.timer);
  desk.timer = setTimeout(() => fetchWall(desk), Math.random() * PAUSE_MS);
}

function drawWall(desk) {
  const { root, phone, wall } = desk;
  const own = new Set([...phone.own.cards.map((card) => card.id), ...phone.pocket.cards]);
  const shown = wall.filter((card) => !card.own && !own.has(card.id));
  const supported = new Set(phone.own.supported);
  show(find("[data-table-cards]", root), shown.length > 0);
  write(find("[data-table-n]", root), `(${shown.length})`);
  const rows = shown.map((card) => ({ ...card, isSupported: supported.has(card.id) }));
  drawRows(find("[data-table]", root), rows, (card) => wallRow(phone, card));
}

function wallRow(phone, card) {
  const row = cardRow(card, phone);
  find("[data-actions]", row).append(snippet("support"));
  find("[data-support]", row).setAttribute("aria-pressed", String(card.isSupported));
  return row;
}

