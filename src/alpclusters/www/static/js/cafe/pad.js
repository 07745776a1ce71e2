// Two criteria as a point on a plane. The number fields do all of it; the plane is a picture that
// can also be touched.

import { all, find, write } from "./dom.js";

const STEPS = [1, 2, 3, 4, 5];

export class Pad {
  constructor(root, phone, choose) {
    Object.assign(this, { root, phone, choose });
    this.fields = all("[data-axis]", root);
    this.plane = find("[data-plane]", root);
    const cells = [...STEPS].reverse().flatMap((y) => STEPS.map((x) => this.cell(x, y)));
    this.plane.replaceChildren(...cells);
  }

  cell(x, y) {
    const cell = document.createElement("i");
    cell.dataset.x = x;
    cell.dataset.y = y;
    return cell;
  }

  get criteria() {
    return this.phone.data.cloud;
  }

  change({ target }) {
    const c = this.criteria[Number(target.dataset.axis)];
    if (target.value === "") return this.choose(c, undefined);
    const value = Math.min(5, Math.max(1, Math.round(Number(target.value)) || 1));
    target.value = value;
    return this.choose(c, value);
  }

  async click(event) {
    const cell = event.target.closest("[data-x]");
    if (!cell) return;
    await this.choose(this.criteria[0], Number(cell.dataset.x));
    await this.choose(this.criteria[1], Number(cell.dataset.y));
  }

  patch(valueOf) {
    const values = this.criteria.map((c) => valueOf(c) ?? "");
    this.fields.forEach((field, at) => {
      if (field !== document.activeElement && field.value !== String(values[at])) field.value = values[at];
    });
    for (const cell of this.plane.children) {
      cell.className = Number(cell.dataset.x) === values[0] && Number(cell.dataset.y) === values[1] ? "on" : "";
    }
    const [first, second] = this.criteria.map((c) => this.phone.data.criteria.find((one) => one.id === c).name);
    const isWhole = values.every((value) => value !== "");
    write(find("[data-pair]", this.root), isWhole ? this.phone.words.of("pair", { first, x: values[0], second, y: values[1] }) : "");
  }
}
