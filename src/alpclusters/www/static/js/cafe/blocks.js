// Blocks of results as the phone shows them: a heading, rows with n and interval, "You: 5".
// Every figure comes with what makes it honest; what is withheld says so.

import { plain } from "./dom.js";
import { intervalBar } from "./bars.js";
import { cloudTable } from "./cloud.js";

function node(name, { text, className, lang } = {}, children = []) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  if (lang) made.lang = lang;
  made.append(...children);
  return made;
}

export function blockOf(name, block, phone, found) {
  const make = BLOCKS[name];
  if (!make) return null;
  const { words } = phone;
  const title = node("h2", { text: words.say.blocks[name], className: "h3" });
  const head = [title];
  if (Number.isFinite(block.n)) head.push(node("p", { text: peopleOf(name, block, words), className: "small soft" }));
  const section = node("section", { className: "result" }, [...head, ...make(block, phone, found)]);
  if (found.simulated) section.append(node("p", { text: words.of("simulated"), className: "small soft" }));
  return section;
}

// "16 people have rated" is not true of comments and choices.
function peopleOf(name, block, words) {
  return ["comments", "topthree"].includes(name) ? words.of("n", { n: block.n }) : words.of("rated", { n: block.n });
}

// Names come with the results, in five languages; the page has them too.
function measureName(id, phone, found) {
  const named = found.names?.measures?.[id];
  const own = phone.data.measures.find((measure) => measure.id === id);
  return named?.[phone.data.language] || (own ? plain(own.name) : named?.en || "");
}

function criterionName(id, phone, found) {
  const named = found.names?.criteria?.[id]?.name;
  return named?.[phone.data.language] || phone.data.criteria.find((c) => c.id === id)?.name || "";
}

const scaleOf = (id, found) => found.names?.criteria?.[id];

// The steps of a criterion with what they are called: numbers, or words where a number says nothing.
function stepsOf(id, phone, found) {
  const { kind, steps, labels } = scaleOf(id, found);
  return steps.map((value, at) => [value, (kind !== "ordered" && labels[at]?.[phone.data.language]) || String(value)]);
}

function barOf(row, value, criterion, found) {
  const { steps } = scaleOf(criterion, found);
  return row.withheld ? null : intervalBar(value, row.low, row.high, [steps[0], steps.at(-1)]);
}

// What an answer is called: yes and no and the like by their words.
export function answerName(value, id, phone) {
  const { kind, steps } = phone.data.criteria.find((c) => c.id === id) || {};
  return (kind && kind !== "ordered" && steps.find((step) => step.value === value)?.label) || value;
}

// Each person counts with the last answer: so does one's own.
function lastOf(phone, measure, criterion) {
  const key = `${measure}:${criterion}`;
  const { 1: first = {}, 2: second = {} } = phone.own.answers;
  return second[key] === undefined ? first[key] : second[key];
}

function own(phone, measure, criterion) {
  const { words } = phone;
  const value = lastOf(phone, measure, criterion);
  if (value === undefined) return "";
  return words.of("you", { value: value === null ? words.of("cannotJudge") : answerName(value, criterion, phone) });
}

// Of yes and no a mean is the share of yes.
export const isShare = (id, found) => scaleOf(id, found)?.kind === "yes_no";

function figures(row, phone, value, isShareOf) {
  const { words } = phone;
  const told = (number) => (isShareOf ? words.share(number) : words.number(number));
  if (row.withheld) return words.of("withheld");
  if (row.empty || !Number.isFinite(value)) return words.of("noAnswer");
  const parts = [
    Number.isFinite(row.low)
      ? words.of("interval", { value: told(value), low: told(row.low), high: told(row.high) })
      : told(value),
    words.of("n", { n: row.n }),
  ];
  if (Number.isFinite(row.cannot_judge)) parts.push(words.of("cannotShare", { share: words.share(row.cannot_judge) }));
  return parts.join(" · ");
}

function line(name, text, mine, bar) {
  const children = [node("b", { text: name })];
  if (bar) children.push(bar);
  children.push(node("span", { text, className: "small" }));
  if (mine) children.push(node("span", { text: mine, className: "you" }));
  return node("li", { className: "line" }, children);
}

const list = (rows) => node("ul", { className: "lines" }, rows);

function tiers(block, phone, found) {
  return block.criteria.flatMap((criterion) => {
    const rows = [...criterion.rows].sort((a, b) => (b.estimate ?? 0) - (a.estimate ?? 0));
    const groups = new Map();
    for (const row of rows) {
      const tier = row.withheld ? null : row.tier;
      groups.set(tier, [...(groups.get(tier) || []), row]);
    }
    const head = [node("h3", { text: criterionName(criterion.criterion, phone, found), className: "h4" })];
    if (criterion.status === "undefined") return [...head, node("p", { text: phone.words.of("noAnswer") })];
    const parts = [...groups].map(([tier, members]) => tierOf(tier, members, criterion, block, phone, found));
    const note = criterion.convention ? [node("p", { text: phone.words.of("convention", { level: phone.words.share(criterion.convention.level || 0.95) }), className: "small soft" })] : [];
    return [...head, ...parts.flat(), ...note];
  });
}

function tierOf(tier, members, criterion, block, phone, found) {
  const letter = Number.isFinite(tier) ? "ABCDEFGHIJ"[tier - 1] || tier : tier;
  const title = tier === null ? phone.words.of("withheld") : phone.words.of("tier", { tier: letter });
  const rows = members.map((row) =>
    line(
      measureName(row.measure, phone, found),
      row.withheld ? "" : figures(row, phone, row.estimate, isShare(criterion.criterion, found)),
      own(phone, row.measure, criterion.criterion),
      barOf(row, row.estimate, criterion.criterion, found),
    ),
  );
  return [node("p", { text: title, className: "tier" }), list(rows)];
}

function heat(block, phone, found) {
  const note = node("p", { text: phone.words.of("meanNote"), className: "small soft" });
  const rows = block.rows.flatMap((row) => [
    node("h3", { text: measureName(row.measure, phone, found), className: "h4" }),
    list(
      row.cells.map((cell) =>
        line(
          criterionName(cell.criterion, phone, found),
          figures(cell, phone, cell.mean, isShare(cell.criterion, found)),
          own(phone, row.measure, cell.criterion),
          barOf(cell, cell.mean, cell.criterion, found),
        ),
      ),
    ),
  ]);
  return [note, ...rows];
}

function cloud(block, phone, found) {
  const { words } = phone;
  const axes = words.of("axes", { x: criterionName(block.x, phone, found), y: criterionName(block.y, phone, found) });
  const own = (row) => [block.x, block.y].map((c) => lastOf(phone, row.measure, c));
  return [
    node("p", { text: axes, className: "small" }),
    ...block.rows.flatMap((row) => {
      const caption = measureName(row.measure, phone, found);
      if (row.withheld) return [node("p", { text: `${caption}: ${words.of("withheld")}` })];
      const title = `${caption}, ${words.of("n", { n: row.n })}`;
      return [cloudTable({ cells: row.cells, steps: block.steps, axes: [block.x, block.y].map((c) => stepsOf(c, phone, found)), own: own(row), caption: title, corner: "↑ →", you: words.of("youShort") })];
    }),
  ];
}

function groups(block, phone, found) {
  const { words } = phone;
  return Object.entries(block.splits).flatMap(([split, { groups: names, rows }]) => [
    node("h3", { text: words.say.splits[split] || split, className: "h4" }),
    ...rows.map((row) =>
      node("details", {}, [
        node("summary", { text: `${measureName(row.measure, phone, found)}: ${criterionName(row.criterion, phone, found)}` }),
        list(
          row.cells.map((cell) =>
            line(names[cell.group]?.[phone.data.language] || cell.group || words.of("notStated"), figures(cell, phone, cell.mean, isShare(row.criterion, found))),
          ),
        ),
      ]),
    ),
  ]);
}

function topthree(block, phone, found) {
  const { words } = phone;
  if (block.withheld) return [node("p", { text: words.of("withheld") })];
  const chosen = phone.own.top3[block.round || 1] || [];
  const shown = (measure, text) => {
    const place = chosen.indexOf(measure);
    const mine = place < 0 ? "" : words.of("you", { value: words.of("placeNo", { place: place + 1 }) });
    return line(measureName(measure, phone, found), text, mine);
  };
  if (block.first?.length) {
    return [
      node("p", { text: words.of("orderOnly"), className: "small soft" }),
      list(block.first.map((measure, at) => shown(measure, words.of("placeNo", { place: at + 1 })))),
    ];
  }
  return [
    node("p", { text: words.of("pointsAre", { points: block.points.join(" · ") }), className: "small soft" }),
    list(block.rows.map((row) => shown(row.measure, row.withheld ? words.of("fewChose") : words.of("points", { n: row.points })))),
  ];
}

function participation(block, phone) {
  const { words } = phone;
  const { sources } = block;
  const told = (n) => (n === null ? words.of("withheld") : words.shown(n));
  const rows = [
    [words.of("whoRated"), words.shown(block.n)],
    ...Object.entries(sources || {})
      .filter(([, n]) => n !== 0)
      .map(([name, n]) => [words.say.sources[name] || name, told(n)]),
    ...(block.answers === null ? [] : [[words.of("answers"), words.shown(block.answers)]]),
  ];
  if (Number.isFinite(block.cannot_judge)) rows.push([words.of("cannotJudge"), words.share(block.cannot_judge)]);
  const made = list(rows.map(([name, text]) => line(name, text)));
  made.classList.add("short");
  return [made];
}

function comments(block, phone, found) {
  return block.items.map((item) =>
    node("figure", { className: "said" }, [
      node("blockquote", { text: item.text, lang: item.language }),
      node("figcaption", { text: measureName(item.measure, phone, found), className: "small soft" }),
    ]),
  );
}

function change(block, phone, found) {
  const { words } = phone;
  return block.criteria.flatMap((criterion) => [
    node("h3", { text: criterionName(criterion.criterion, phone, found), className: "h4" }),
    criterion.rows.length
      ? list(criterion.rows.map((row) => line(measureName(row.measure, phone, found), changeText(row, phone))))
      : node("p", { text: words.of("withheld") }),
  ]);
}

function changeText(row, phone) {
  const { words } = phone;
  if (row.withheld) return words.of("withheld");
  const parts = [];
  if (Number.isFinite(row.first) && Number.isFinite(row.second)) {
    parts.push(words.of("fromTo", { first: words.number(row.first), second: words.number(row.second) }));
  }
  const value = (row.change > 0 ? "+" : "") + words.number(row.change);
  parts.push(
    Number.isFinite(row.low)
      ? words.of("interval", { value, low: words.number(row.low), high: words.number(row.high) })
      : value,
  );
  parts.push(words.of("n", { n: row.n }));
  return parts.join(" · ");
}

const BLOCKS = { participation, tiers, heat, groups, topthree, cloud, comments, change };
