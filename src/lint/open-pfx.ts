/** What a PFX file holds, or why it cannot be opened. */
export type OpenedPfx =
  | {
      readonly kind: 'opened';
      readonly hasPrivateKey: boolean;
      /** In PEM; the one that the key belongs to comes first. */
      readonly certificates: readonly string[];
    }
  | { readonly kind: 'wrongPassword' }
  | { readonly kind: 'unreadable' };

/** Opens a PFX file, given in base64. */
export type OpenPfx = (data: string, password: string) => OpenedPfx;
