// Lines of TAP: a check a line, what was wrong below it.
// How many times more patience than a machine with nothing else to do needs.
export const slow = Number(process.env.ETABLI_SLOW || 1);

let number = 0;

export function check(name, troubles) {
  const list = [troubles].flat(Infinity).filter(Boolean);
  number += 1;
  console.log(`${list.length ? "not ok" : "ok"} ${number} - ${name}`);
  for (const trouble of list.slice(0, 12))
    console.log(`#   ${String(trouble).slice(0, 600).replace(/\s*\n\s*/g, " | ")}`);
}

// A check whose steps may throw; what they return is trouble. False when they could not be done.
export async function step(name, steps) {
  try {
    check(name, await steps());
    return true;
  } catch (error) {
    check(name, error.message);
    return false;
  }
}

export function skip(name, why) {
  number += 1;
  console.log(`ok ${number} - ${name} # SKIP ${why}`);
}

export function plan() {
  console.log(`1..${number}`);
}

export function expect(isRight, trouble) {
  return isRight ? null : trouble;
}
