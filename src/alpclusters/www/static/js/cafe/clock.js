// The time of the hall: every message brings the server's `now`, and the phone counts on from it
// with its monotonic clock. The phone's own date may be minutes off and is never used.

const KEPT = 8;

let samples = [];
let floor = -Infinity;

// `asked` is performance.now() when the request left; a message that was pushed has none.
export function hear(now, asked) {
  if (!Number.isFinite(now)) return;
  const got = performance.now();
  floor = Math.max(floor, now - got);
  if (asked === undefined) return;
  const rtt = got - asked;
  samples = [...samples, { rtt, offset: now + rtt / 2 - got }].slice(-KEPT);
}

// After sleep the monotonic clock of some phones has stood still: begin anew.
export function forget() {
  samples = [];
  floor = -Infinity;
}

// The server's time in ms; null before the first message.
export function serverNow() {
  if (floor === -Infinity) return null;
  const best = samples.reduce((a, b) => (b.rtt < a.rtt ? b : a), { rtt: Infinity, offset: floor });
  // A push cannot come before it was sent: an offset below any of them is wrong.
  return Math.max(best.offset, floor) + performance.now();
}

// Seconds left of what runs now; null without a timer. Paused: what is left stands still.
export function secondsLeft(state) {
  if (!state) return null;
  if (Number.isFinite(state.paused)) return Math.max(0, state.paused / 1000);
  const now = serverNow();
  if (!Number.isFinite(state.ends) || now === null) return null;
  return Math.max(0, (state.ends - now) / 1000);
}

// 75.2 -> "1:16": the minute is over when nothing is left of it.
export function timeText(seconds) {
  const whole = Math.ceil(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
