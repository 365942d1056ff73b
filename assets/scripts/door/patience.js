/** What `ask(signal)` promises, given up after so many milliseconds. */
export async function patiently(time, ask) {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), time);
  try {
    return await ask(control.signal);
  } finally {
    clearTimeout(timer);
  }
}
