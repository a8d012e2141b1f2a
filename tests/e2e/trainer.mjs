// The trainer's story.
export async function trainer() {}
