/**
 * What Microsoft's documents leave open, as settings. The defaults are Agate's choices; a user who has measured
 * something else on a real gateway can say so.
 */
export interface Behaviour {
  /**
   * Which path rule of a map takes a path that several match. The documents say the first one listed; users have
   * measured otherwise.
   * https://learn.microsoft.com/azure/application-gateway/url-route-overview
   */
  readonly pathPrecedence: 'listed' | 'exactFirst' | 'mostSpecific';
  /** Whether `/Images/*` takes `/images/a`. */
  readonly pathCase: 'insensitive' | 'sensitive';
  /**
   * Which redirects keep the path when `includePath` is not written. One user has measured that those to a `targetUrl`
   * do (hashicorp/terraform-provider-azurerm#6175).
   */
  readonly unsetIncludePath: 'toUrl' | 'always' | 'never';
  /** Whether redirects keep the query when `includeQueryString` is not written. */
  readonly unsetIncludeQueryString: 'always' | 'never';
  /** What `X-Original-URL` tells the backend when a rewrite changed the URL. */
  readonly originalUrlHeader: 'original' | 'rewritten';
  /** Which wins when a rewrite sets `Host` and the backend settings name one as well. */
  readonly hostPrecedence: 'settings' | 'rewrite';
  /** Whether v2 passes on request headers with an underscore in their name. */
  readonly allowUnderscore: boolean;
  /**
   * What becomes of a request whose Host leads to a listener that demands client certificates, while its TLS connection
   * was made for a listener that does not.
   */
  readonly serverNameMismatch: 'refuse' | 'allow';
  /** Whether POST and PATCH are tried on a second server after the first one has been sent something. */
  readonly retryNonIdempotent: boolean;
}

export const defaultBehaviour: Behaviour = {
  pathPrecedence: 'listed',
  pathCase: 'insensitive',
  unsetIncludePath: 'toUrl',
  unsetIncludeQueryString: 'never',
  originalUrlHeader: 'original',
  hostPrecedence: 'settings',
  allowUnderscore: false,
  serverNameMismatch: 'refuse',
  retryNonIdempotent: false,
};

type Choices = { readonly [K in keyof Behaviour]: readonly Behaviour[K][] };

/** What each setting can be. */
export const behaviourChoices: Choices = {
  pathPrecedence: ['listed', 'exactFirst', 'mostSpecific'],
  pathCase: ['insensitive', 'sensitive'],
  unsetIncludePath: ['toUrl', 'always', 'never'],
  unsetIncludeQueryString: ['always', 'never'],
  originalUrlHeader: ['original', 'rewritten'],
  hostPrecedence: ['settings', 'rewrite'],
  allowUnderscore: [false, true],
  serverNameMismatch: ['refuse', 'allow'],
  retryNonIdempotent: [false, true],
};
