const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const dayMs = 86_400_000;

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

/** "14:30" in UTC. */
export function clockMinutes(ms: number): string {
  const at = new Date(ms);
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
}

/** "14:30:15" in UTC. */
export function clockSeconds(ms: number): string {
  return `${clockMinutes(ms)}:${two(new Date(ms).getUTCSeconds())}`;
}

/** "23 Jan 2018" in UTC. */
export function date(ms: number): string {
  const at = new Date(ms);
  return `${dayMonth(ms)} ${at.getUTCFullYear()}`;
}

/** "23 Jan" in UTC. */
export function dayMonth(ms: number): string {
  const at = new Date(ms);
  return `${at.getUTCDate()} ${months[at.getUTCMonth()]}`;
}

/** "23 Jan 14:30" in UTC. */
export function dayAndMinutes(ms: number): string {
  return `${dayMonth(ms)} ${clockMinutes(ms)}`;
}

/** Time alone when it lies on the same UTC day as now, else with its day. */
export function whenSeconds(ms: number, nowMs: number): string {
  return Math.floor(ms / dayMs) === Math.floor(nowMs / dayMs)
    ? clockSeconds(ms)
    : `${dayAndMinutes(ms)}:${two(new Date(ms).getUTCSeconds())}`;
}

/** A length of time in its two largest units: "45 s", "12 min 5 s", "4 h 12 min", "3 d 4 h". */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  if (first < 0) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

/** A countdown as "04:32", or "1:04:32" from an hour up; never negative. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}
