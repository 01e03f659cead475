/** Properties that the person changes as well are always compared with what is there. */
export const live = <T>(value: T): T => value;
