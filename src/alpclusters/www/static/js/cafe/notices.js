// What the page says about the connection: lost, back, refused. The words come from the server.

const SHOWN_MS = 10000;

export class Notices {
  constructor(data) {
    this.data = data;
    this.place = document.getElementById("connection");
    this.list = document.getElementById("rejected");
    this.kind = "";
  }

  snippet(name) {
    const template = document.querySelector(`template[data-text="${name}"]`);
    return template.content.cloneNode(true);
  }

  update(queue, nameOf) {
    this.showRejected(queue, nameOf);
    if (queue.trouble) return this.trouble(this.data[queue.trouble], this.data.joinUrl);
    if (!queue.isOnline) return this.offline(queue.waiting.length);
    if (this.kind === "offline" && !queue.waiting.length) return this.online();
    if (!queue.store.keeps) return this.trouble(this.data.noStorage);
  }

  offline(n) {
    if (this.kind !== "offline") this.write("offline");
    const line = this.place.querySelector("[data-waiting]");
    const text = n ? this.data.waiting[Math.min(n, this.data.waiting.length - 1)] : "";
    if (line.textContent !== text) line.textContent = text;
    line.hidden = !n;
  }

  online() {
    this.write("online");
    this.timer = setTimeout(() => this.clear("online"), SHOWN_MS);
  }

  wait() {
    this.write("wait");
    this.place.scrollIntoView({ block: "nearest" });
  }

  trouble(text, url) {
    if (this.kind === text) return;
    this.write("trouble");
    this.kind = text;
    const place = this.place.querySelector("[data-trouble]");
    const link = url ? document.createElement("a") : place;
    link.textContent = text;
    if (!url) return;
    link.href = url;
    place.append(link);
  }

  write(kind) {
    clearTimeout(this.timer);
    this.kind = kind;
    this.place.replaceChildren(this.snippet(kind));
  }

  clear(kind) {
    if (this.kind !== kind) return;
    this.kind = "";
    this.place.replaceChildren();
  }

  showRejected(queue, nameOf) {
    this.list.hidden = !queue.rejected.length;
    const rows = queue.rejected.map((item) => {
      const row = this.snippet("rejected").firstElementChild;
      row.querySelector("[data-name]").textContent = nameOf(item);
      row.querySelector("[data-why]").textContent = [item.rejected, item.b.text].filter(Boolean).join(" ");
      row.querySelector("[data-again]").addEventListener("click", () => queue.again(item.id));
      return row;
    });
    this.list.querySelector("ul").replaceChildren(...rows);
  }
}
