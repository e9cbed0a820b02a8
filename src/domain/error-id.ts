/** Names errors that are alike: a short sum of what they have in common. */
export const ERROR_ID = /^err_[0-9a-f]{24}$/;
