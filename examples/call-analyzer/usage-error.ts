/** The command line cannot be followed: the message is all that is shown, and the exit code is 2. */
export class UsageError extends Error {}
