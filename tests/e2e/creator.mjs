// The creator's story.
export async function creator() {}
