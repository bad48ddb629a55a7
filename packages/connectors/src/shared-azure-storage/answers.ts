/** What storage answered to a request that the SDK made an error of. */
export type StorageAnswer = { status: number; errorCode: string };

/** The answer that is in an error; undefined when the error is about something else. */
const answerIn = (error: unknown): StorageAnswer | undefined => {
  const { response } = error as {
    response?: { status: number; headers: { get(name: string): string | undefined } };
  };
  if (response === undefined) return undefined;
  return { status: response.status, errorCode: response.headers.get('x-ms-error-code') ?? '' };
};

/** What a request brought, or what its refusal means where that is no failure. */
export const orMeaning = async <Value, Meaning>(
  request: Promise<Value>,
  meaningOf: (answer: StorageAnswer) => Meaning | undefined,
): Promise<Value | Meaning> => {
  try {
    return await request;
  } catch (error) {
    const answer = answerIn(error);
    const meaning = answer === undefined ? undefined : meaningOf(answer);
    if (meaning === undefined) throw error;
    return meaning;
  }
};

const missingPathCodes = ['BlobNotFound', 'PathNotFound'];

/** Whether a path is missing, but not its container. */
export const saysMissingPath = ({ status, errorCode }: StorageAnswer): boolean =>
  status === 404 && missingPathCodes.includes(errorCode);

/** The same for an error. */
export const isMissingPath = (error: unknown): boolean => {
  const answer = answerIn(error);
  return answer !== undefined && saysMissingPath(answer);
};
