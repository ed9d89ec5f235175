export const verifyRun = async (..._a: unknown[]): Promise<boolean> => true;
