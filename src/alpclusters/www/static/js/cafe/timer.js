// The time that is left, as text. It never takes anything away, and everybody may hide it.

import { show, write } from "./dom.js";
import { secondsLeft, timeText } from "./stream.js";

const SAID_AT = [300, 60, 0];

export class Timer {
  constructor(phone, place) {
    this.phone = phone;
    this.place = place;
    this.before = null;
    setInterval(() => this.tick(), 1000);
    document.addEventListener("visibilitychange", () => this.tick());
  }

  tick() {
    const state = this.phone.room?.state;
    const left = secondsLeft(state);
    show(this.place, left !== null && !this.phone.settings.hidesTimer);
    if (left === null) {
      this.before = null;
      return;
    }
    write(this.place, this.text(state, left));
    this.place.classList.toggle("warn", left <= 60);
    this.announce(left);
  }

  text(state, left) {
    const { words } = this.phone;
    const time = timeText(left);
    if (Number.isFinite(state.paused)) return words.of("paused", { time });
    if (left <= 0) return words.of("timeOver");
    return words.of(left <= 60 ? "lastMinute" : "timeLeft", { time });
  }

  announce(left) {
    const { words, notices, settings } = this.phone;
    const passed = SAID_AT.find((mark) => this.before !== null && this.before > mark && left <= mark);
    this.before = left;
    if (passed === undefined || settings.hidesTimer) return;
    notices.say(passed ? words.of("minutes", { n: passed / 60 }) : words.of("timeOver"));
  }
}
