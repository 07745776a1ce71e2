// What the rules of axe see of a page apart from its wording and exact sizes, as one string, and
// which of the rules that do read words or measure must still be asked. Why this is enough is told
// in docs/developer/tests.md, rule by rule; tests/e2e/test_sameness.py shows that faults are found.
languages => {
  // Of these it matters whether they are empty, and what they say if that is no word.
  const WORDED = new Set(["alt", "title", "placeholder", "value", "summary", "label", "abbr",
    "aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "content",
    "aria-placeholder", "aria-braillelabel", "aria-brailleroledescription"]);
  // Of these nothing reads the value, only that there is one.
  const UNREAD = new Set(["src", "srcset", "sizes", "action", "formaction", "hreflang", "datetime",
    "cite", "download", "integrity", "nonce", "ping"]);
  const LINKS = new Set(["href", "xlink:href"]);
  // Names of elements are often made of words: they are told apart, not read.
  const NAMES = new Set(["id", "name", "for", "headers", "list", "form", "popovertarget",
    "aria-controls", "aria-labelledby", "aria-describedby", "aria-owns", "aria-details",
    "aria-flowto", "aria-errormessage", "aria-activedescendant"]);
  // Of a drawing: everything else says where its lines run and what colour they have.
  const OF_DRAWING = /^(role|id|class|tabindex|focusable|hidden|lang|style|aria-.*)$/;
  // What a box does to what lies beneath it, and what its text looks like.
  const OF_BOX = ["display", "visibility", "position", "float", "z-index", "opacity", "overflow-x",
    "overflow-y", "background-color", "background-image", "pointer-events", "clip-path", "clip",
    "mix-blend-mode", "filter"];
  const OF_TEXT = ["color", "font-size", "font-weight", "font-style", "text-decoration-line",
    "text-shadow", "text-indent", "-webkit-text-stroke-width"];
  // What a box cuts off decides nothing about contrast, unless a text leaves it.
  const NOT_PAINTED = new Set(["display", "overflow-x", "overflow-y"]);
  const TARGETS = "a[href], button, input:not([type=hidden]), select, textarea, summary, "
    + "[role][tabindex], [contenteditable]";
  const FOCUSABLE = "a[href], button:not([disabled]), input:not([type=hidden], [disabled]), "
    + "select:not([disabled]), textarea:not([disabled]), summary, [tabindex]";
  const NAMED_BY_CONTENT = "a, button, summary, option, [role]:not([role=img], [role=group], "
    + "[role=region], [role=list], [role=table], [role=status], [role=dialog], [role=search])";
  const FIELDS = new Set(["input", "textarea", "select", "button"]);
  const GRAPHIC = new Set(["img", "svg", "canvas", "video", "object"]);

  const parts = [], targets = [], looks = new Map(), names = new Map(), ask = new Set();
  // What is cut off at the same box: its texts, and what is painted around and over them.
  const groups = [];
  // Texts by what decides about their contrast, and those that do not lie where they should.
  const contrasts = new Map(), odd = new Set(), lies = [];
  const known = new Set(languages);
  const squeeze = text => text.replace(/\s+/g, " ").trim().toLowerCase();
  // Asked by attribute: a field may have taken the place of a property of its form.
  for (const element of document.querySelectorAll("[id], [name]"))
    for (const name of ["id", "name"].map(which => element.getAttribute(which)))
      if (name && !names.has(name)) names.set(name, names.size);

  // --- what is written on an element ------------------------------------------------------------

  function kind(text) {
    const plain = text.trim().replaceAll("...", "…");
    if (!plain) return "";
    if (!/[\p{L}\p{N}]/u.test(plain)) return JSON.stringify(plain);
    return plain.length === 1 ? "l" : "w";
  }

  function link(element, value) {
    const place = element instanceof HTMLAnchorElement ? element : null;
    const isHere = place && place.pathname === location.pathname && place.host === location.host;
    if (value.startsWith("#") || (isHere && place.hash))
      return "#" + names.get(decodeURIComponent(value.slice(value.indexOf("#") + 1)));
    return place && !/^https?:$/.test(place.protocol) ? place.protocol : "";
  }

  function attribute(element, name, value, isDrawn) {
    if (name === "selected") return "";
    if (isDrawn && !OF_DRAWING.test(name) && !LINKS.has(name)) return "";
    if (name === "lang") return known.has(value) ? "" : ` lang=${value}`;
    if (name === "content" && /viewport|refresh/.test(element.name + element.httpEquiv))
      return ` content=${value}`;
    if (WORDED.has(name)) return ` ${name}=${kind(value)}`;
    if (LINKS.has(name)) return ` ${name}=${link(element, value)}`;
    if (NAMES.has(name)) return ` ${name}=${value.split(/\s+/).map(one => names.get(one))}`;
    if (UNREAD.has(name) || name.startsWith("data-")) return ` ${name}`;
    // How wide a bar is, is seen in what it covers.
    if (name === "style" && !/spacing|line-height/.test(value))
      return ` style=${value.replace(/[\d.]+/g, "0")}`;
    return ` ${name}=${value}`;
  }

  // --- how it is drawn --------------------------------------------------------------------------

  const area = rect => rect.width > 0 && rect.height > 0;
  const meet = (a, b) => a.left < b.right && b.left < a.right
    && a.top < b.bottom && b.top < a.bottom;
  const within = (a, b) => a.left >= b.left - 1 && a.right <= b.right + 1
    && a.top >= b.top - 1 && a.bottom <= b.bottom + 1;

  function read(style, wanted) {
    let found = "";
    for (const name of wanted) found += style.getPropertyValue(name) + ";";
    return found;
  }

  function number(look) {
    if (!looks.has(look)) looks.set(look, looks.size);
    return ` ${looks.get(look)}`;
  }

  // No box, a box for the ear alone, left of or above the page, cut off by the box around it.
  function place(rect, group) {
    if (!area(rect)) return "flat";
    if (rect.width <= 1 && rect.height <= 1) return "tiny";
    if (rect.right <= 0 || rect.bottom + scrollY <= 0) return "off";
    return group.isCut && !meet(rect, group.rect) ? "cut" : "";
  }

  // A part drawn before or after, placed freely on a ground of its own, counts for the contrast of
  // a text once it covers a quarter of its box.
  function covers(element, rect, which) {
    if (!element.matches(which === "::before" ? mayBefore : mayAfter)) return "";
    const style = getComputedStyle(element, which);
    if (style.content === "none" || style.content === "normal") return "";
    if (style.position !== "absolute") return which;
    return which + style.backgroundColor + (style.backgroundImage !== "none")
      + (parseFloat(style.width) * parseFloat(style.height) > rect.width * rect.height / 4);
  }

  // What runs along with the words has a box in each line.
  const boxesOf = (element, rect, style) =>
    style.display === "inline" ? [...element.getClientRects()].filter(area) : [rect];

  // For which elements a style sheet says anything of such parts: to look at each costs more. That
  // is the same in both widths and themes, so a document is asked once.
  function mayHave(which) {
    const asked = document.documentElement.mayHave ||= new Map();
    const key = which + document.styleSheets.length;
    if (!asked.has(key)) asked.set(key, selectorFor(which));
    return asked.get(key);
  }

  function selectorFor(which) {
    const found = [];
    const take = (rules, around) => {
      for (const rule of rules) {
        const own = rule.selectorText?.replaceAll("&", around || ":root");
        if (own?.includes(which))
          found.push(own.replace(RegExp(`(^|[\\s>+~,(])${which}`, "g"), "$1*")
            .replaceAll(which, ""));
        if (rule.cssRules?.length) take(rule.cssRules, own ? `:is(${own})` : around);
      }
    };
    for (const sheet of [...document.styleSheets, ...document.adoptedStyleSheets])
      take(sheet.cssRules, "");
    return found.filter(one => CSS.supports(`selector(${one})`)).join(",") || ":not(*)";
  }

  const range = document.createRange();

  function linesOf(element) {
    const found = [];
    for (const node of element.childNodes) {
      if (node.nodeType !== 3 || !node.data.trim()) continue;
      range.selectNodeContents(node);
      found.push(...range.getClientRects());
    }
    return found;
  }

  // --- rules that measure or read words: asked unless it is plain that they have nothing to say --

  function askAboutScrolling(element, style) {
    const scrolls = axis => /auto|scroll/.test(style.getPropertyValue("overflow-" + axis));
    const more = (scrolls("x") && element.scrollWidth > element.clientWidth)
      || (scrolls("y") && element.scrollHeight > element.clientHeight);
    const isReached = () => element.matches(FOCUSABLE) || [...element.querySelectorAll(FOCUSABLE)]
      .some(one => one.tabIndex >= 0 && one.checkVisibility({ visibilityProperty: true }));
    if (more && !isReached()) ask.add("scrollable-region-focusable");
  }

  const labelOf = element => squeeze((element.getAttribute("aria-labelledby") || "").split(/\s+/)
    .map(id => (id && document.getElementById(id)?.textContent) || "").join(" "))
    || squeeze(element.getAttribute("aria-label") || "");

  function askAboutNames(element, name) {
    const isNamed = element.hasAttribute("aria-label") || element.hasAttribute("aria-labelledby");
    if (isNamed && element.matches(NAMED_BY_CONTENT)
        && !labelOf(element).includes(squeeze(element.innerText || "")))
      ask.add("label-content-name-mismatch");
    if (name === "img" || element.getAttribute("role") === "img") {
      const around = element.closest("a, button, [role=button], [role=link]");
      const says = squeeze(element.getAttribute("alt") || "") || labelOf(element);
      if (around && says && squeeze(around.innerText) === says) ask.add("image-redundant-alt");
    }
    if (name === "table" && element.hasAttribute("summary")) ask.add("table-duplicate-name");
  }

  // A link among words is told from them by more than its colour.
  function askAboutLink(element, style) {
    if (!style.display.startsWith("inline")) return;
    let block = element.parentElement;
    while (block.parentElement && getComputedStyle(block).display.startsWith("inline"))
      block = block.parentElement;
    if (squeeze(block.textContent) === squeeze(element.textContent)) return;
    const around = getComputedStyle(block);
    const isTold = name => style.getPropertyValue(name) !== around.getPropertyValue(name);
    if (!isTold("text-decoration-line") && !isTold("font-weight")) ask.add("link-in-text-block");
  }

  // The rule about the size of targets leaves out what stands among words, be it a comma.
  const isAmongWords = (element, style) => style.display.startsWith("inline")
    && !element.parentElement.matches("a, button, label, summary, [role]")
    && !element.parentElement.querySelector(":scope > br, :scope > hr")
    && [...element.parentElement.childNodes].some(n => n.nodeType === 3 && n.data.trim())
    && [...element.parentElement.children].every(one =>
      getComputedStyle(one).display.startsWith("inline"));
  const isLarge = rect => rect.width >= 24 && rect.height >= 24;
  const middle = rect => [(rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2];
  const apart = ([x, y], rect) => Math.hypot(Math.max(rect.left - x, 0, x - rect.right),
    Math.max(rect.top - y, 0, y - rect.bottom));
  const around = rect => ({ left: rect.left - 25, right: rect.right + 25,
    top: rect.top - 25, bottom: rect.bottom + 25 });

  // Large, or in the middle of a circle 24 pixels wide that no other one reaches into.
  function isRoomy(one) {
    const space = around(one.box);
    const near = targets.filter(two => two !== one && meet(two.box, space)
      && !one.element.contains(two.element) && !two.element.contains(one.element));
    if (isLarge(one.box) && !near.some(two => meet(one.box, two.box))) return true;
    return one.rects.every(rect => near.every(two => two.rects.every(other => {
      const [x, y] = middle(rect), [u, v] = middle(other);
      return apart([x, y], other) > 12.5
        && (isLarge(two.box) || Math.hypot(x - u, y - v) > 24.5);
    })));
  }

  function takeTarget(element, rect, style) {
    targets.push({ element, box: rect, isFree: isAmongWords(element, style),
      rects: boxesOf(element, rect, style) });
  }

  // The rule leaves out places to press in a drawing, but they are near others.
  function takeDrawnTargets() {
    for (const element of document.querySelectorAll("svg a[href], svg [tabindex]")) {
      const box = element.getBoundingClientRect();
      if (area(box)) targets.push({ element, box, isFree: true, rects: [box] });
    }
  }

  // --- the walk ---------------------------------------------------------------------------------

  function groupAt(rect, isCut) {
    groups.push({ rect, isCut, texts: [], painted: [] });
    return groups.at(-1);
  }

  // Among the links and buttons that lead to other languages another one is marked in each.
  function inOrder(list) {
    const current = ":is([hreflang], [data-language-form] button, [data-language])[aria-current]";
    const nodes = [...list.childNodes];
    const isMarked = element => element?.matches(current);
    const marked = nodes.find(node => node.localName === "li" ? isMarked(node.firstElementChild)
      : node.localName === "button" && isMarked(node));
    return marked ? [marked, ...nodes.filter(node => node !== marked)] : nodes;
  }

  // What is folded away has a size for scripts.
  const isFolded = child => child.parentElement?.localName === "details"
    && !child.parentElement.open && child.localName !== "summary";

  // A row of tabs that shows the open one begins at its begin: axe leaves out what lies before.
  // To ask what is folded away would lay it out.
  function unscroll() {
    for (const element of document.body.querySelectorAll("*"))
      if (element.checkVisibility() && (element.scrollLeft || element.scrollTop))
        element.scrollTo({ left: 0, top: 0, behavior: "instant" });
  }

  // `at` says where we are: in a drawing, shown at all, in which groups (of what flows, of what is
  // placed freely), in something that only the ear gets.
  function walk(element, at) {
    const name = element.localName;
    const here = { ...at, isDrawn: at.isDrawn || name === "svg" };
    if (here.isDrawn) here.drawn = new Set();
    parts.push("<", name);
    for (const key of element.getAttributeNames())
      parts.push(attribute(element, key, element.getAttribute(key), here.isDrawn));
    if (FIELDS.has(name))
      parts.push(element.checked ? " on " : " ", element.disabled ? "still " : "",
        kind(element.value));
    if (here.isShown && name !== "option") look(element, name, here);
    parts.push(">");
    // The words of code are read by nobody.
    if (name === "script" || name === "style") return;
    const inside = element.shadowRoot || element;
    if (/^(li|button)$/.test(inside.lastElementChild?.localName))
      for (const child of inOrder(inside)) enter(child, here);
    else for (let child = inside.firstChild; child; child = child.nextSibling) enter(child, here);
    parts.push("/");
  }

  function enter(child, here) {
    const begin = parts.length;
    if (child.nodeType === 1) walk(child, isFolded(child) ? { ...here, isShown: false } : here);
    else if (child.nodeType === 3) parts.push(kind(child.data));
    if (here.isDrawn) dropRepeated(begin, here.drawn);
  }

  // How many lines a word takes in a drawing, and how many bars there are, is nothing to axe.
  function dropRepeated(begin, drawn) {
    const written = parts.slice(begin).join("");
    if (drawn.has(written)) parts.length = begin;
    drawn.add(written);
  }

  function look(element, name, here) {
    const style = getComputedStyle(element);
    here.isShown = style.display !== "none";
    if (!here.isShown) return parts.push(" hidden");
    if (here.isDrawn && name !== "svg") return parts.push(number(read(style, OF_BOX.slice(0, 2))));
    const rect = element.getBoundingClientRect();
    // Each property is read once: to write a computed value down is the dearest thing here.
    const values = OF_BOX.map(one => style.getPropertyValue(one)), box = values.join(";");
    const [display, visibility, position, , , , overflowX, overflowY] = values;
    if (position === "fixed") here.flow = here.free = groups[0];
    if (position === "absolute") here.flow = here.free;
    const where = display === "contents" ? "" : place(rect, here.flow);
    here.isForEar = here.isForEar || where === "tiny" || where === "off";
    parts.push(" ", where, number(box));
    if (visibility === "visible" && area(rect))
      record(element, name, here, style, rect, values);
    const isCutting = overflowX !== "visible" || overflowY !== "visible";
    if (isCutting) here.flow = groupAt(rect, /hidden|clip/.test(overflowX + overflowY));
    if (position !== "static" || style.transform !== "none") here.free = here.flow;
  }

  function record(element, name, here, style, rect, values) {
    const around = covers(element, rect, "::before") + covers(element, rect, "::after");
    parts.push(around);
    const [, , , , , opacity, overflowX, , colour, image, , clipPath, clip, blend, filter] = values;
    const isGround = colour !== "rgba(0, 0, 0, 0)" || image !== "none";
    const isPlain = opacity === "1" && filter === "none" && clipPath === "none"
      && clip === "auto" && blend === "normal";
    const paint = values.filter((_, i) => !NOT_PAINTED.has(OF_BOX[i])).join(";");
    if (isGround || around || !isPlain) here.grounds += `${paint}${around}|`;
    askAboutNames(element, name);
    const lines = recordText(element, name, here, style, rect, paint);
    if (here.isForEar) return;
    const { texts, painted } = here.flow;
    // What is painted in a box that scrolls may lie wherever that box is.
    const isScroller = overflowX !== "visible";
    if (isGround || isScroller || GRAPHIC.has(name))
      painted.push({ element, rects: boxesOf(element, rect, style) });
    if (isScroller) {
      texts.push({ element, lines: [rect] });
      askAboutScrolling(element, style);
    } else if (lines.length) texts.push({ element, lines });
    if (!element.matches(TARGETS)) return;
    takeTarget(element, rect, style);
    parts.push(number(read(style, ["text-decoration-line", "font-weight"])));
    if (name === "a" || element.getAttribute("role") === "link") askAboutLink(element, style);
  }

  // What decides about the contrast of a text, if it stands where it should: how it is written and
  // the grounds it stands on.
  function recordText(element, name, here, style, rect, paint) {
    const isField = /^(input|textarea|select)$/.test(name);
    const lines = isField ? [rect] : linesOf(element);
    if (!lines.length) return lines;
    const look = read(style, OF_TEXT);
    parts.push(number(look));
    if (here.isForEar) return lines;
    const own = [...element.childNodes].filter(node => node.nodeType === 3).map(node => node.data);
    const written = [isField ? name : "", kind(own.join("")), writing(style), paint, here.grounds]
      .join("/");
    if (!contrasts.has(written)) contrasts.set(written, []);
    contrasts.get(written).push(element);
    if (here.flow.isCut && !meet(rect, here.flow.rect)) odd.add(element);
    return lines;
  }

  // As the rule about contrast reads it: sizes are small, large if bold, or large. Shadows and
  // strokes are measured by the size itself.
  function writing(style) {
    const size = parseFloat(style.fontSize), points = Math.ceil(size * 72) / 96;
    const isPlain = style.textShadow === "none" && parseFloat(style.webkitTextStrokeWidth) === 0;
    return read(style, ["color", "font-weight", "text-indent", "text-shadow",
      "-webkit-text-stroke-width"]) + (isPlain ? (points >= 14) + (points >= 18) : size);
  }

  // What lies under or over each text beside the boxes it stands in, and where it leaves those.
  // Most pairs are far apart, which four comparisons of plain numbers say.
  function overlaps({ texts, painted }) {
    const places = new Map(painted.map(({ element }, k) => [element, k]));
    const edges = painted.map(({ rects }) => edgeOf(rects));
    texts.forEach(({ element, lines }, i) => {
      const around = placesAround(element, places);
      const { left, right, top, bottom } = edgeOf(lines);
      edges.forEach((edge, k) => {
        const isAround = around.has(k);
        if (isAround || (left < edge.right && edge.left < right && top < edge.bottom
            && edge.top < bottom)) compare(i, element, lines, k, painted[k].rects, isAround);
      });
    });
    lies.push(";");
  }

  function compare(i, element, lines, k, rects, isAround) {
    const isIn = line => rects.some(rect => within(line, rect));
    const line = lines.find(one => isAround ? !isIn(one) : rects.some(rect => meet(one, rect)));
    if (!line) return;
    odd.add(element);
    lies.push(`${i}${isAround ? "leaves" : isIn(line) ? "in" : "meets"}${k}`);
  }

  // What stands in a box that lies over another one does so too.
  const isOdd = element => {
    for (let up = element; up; up = up.parentElement || up.getRootNode().host)
      if (odd.has(up)) return true;
    return false;
  };

  const edgeOf = rects => ({ left: Math.min(...rects.map(rect => rect.left)),
    right: Math.max(...rects.map(rect => rect.right)),
    top: Math.min(...rects.map(rect => rect.top)),
    bottom: Math.max(...rects.map(rect => rect.bottom)) });

  function placesAround(element, places) {
    const found = new Set();
    for (let up = element; up; up = up.parentElement)
      if (places.has(up)) found.add(places.get(up));
    return found;
  }

  // Which parts of the page have the same name: two landmarks of a kind must not.
  function sameNames() {
    const landmarks = "nav, aside, main, form, section, header, footer, [role]";
    const labels = [...document.querySelectorAll(landmarks)].map(element =>
      labelOf(element) || squeeze(element.getAttribute("title") || ""));
    return labels.map(label => labels.indexOf(label)).join();
  }

  unscroll();
  const mayBefore = mayHave("::before"), mayAfter = mayHave("::after");
  const page = groupAt(null, false);
  walk(document.documentElement, { isShown: true, flow: page, free: page, grounds: "" });
  groups.forEach(overlaps);
  parts.push(sameNames(), ...looks.keys());
  takeDrawnTargets();
  if (targets.some(one => !one.isFree && !isRoomy(one))) ask.add("target-size");
  const isOne = !document.querySelector("iframe, frame, object, embed, dialog[open]");
  const plain = [...contrasts].map(([key, all]) => [key, all.filter(one => !isOdd(one))]);
  return { skeleton: isOne ? parts.join("") : null, ask: [...ask].sort(),
    odd: [...odd], lies: lies.join(" "),
    contrasts: isOne ? new Map(plain.filter(([, all]) => all.length)) : null };
}
