/** The learner's time zone: a kernel may run where it is another day. */

/** Return how many minutes the clock here is before UTC. */
export function zoneMinutes() {
  return 0 - new Date().getTimezoneOffset();
}
