// The sentences the page brought along, with their numbers and names filled in.

export class Words {
  constructor(say, language) {
    this.say = say;
    this.rules = new Intl.PluralRules(language);
    this.numbers = new Intl.NumberFormat(language);
  }

  // A sentence; with {n} the form that the language has for this number.
  of(name, values = {}) {
    const found = this.say[name];
    const form = typeof found === "string" ? found : found[this.rules.select(values.n)] || found.other;
    return form.replace(/%\((\w+)\)s/g, (all, key) => (key in values ? this.shown(values[key]) : all));
  }

  shown(value) {
    return typeof value === "number" ? this.numbers.format(value) : String(value);
  }

  number(value, digits = 1) {
    return new Intl.NumberFormat(this.rules.resolvedOptions().locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(value);
  }

  share(value) {
    return new Intl.NumberFormat(this.rules.resolvedOptions().locale, {
      style: "percent",
      maximumFractionDigits: 0,
    }).format(value);
  }
}
