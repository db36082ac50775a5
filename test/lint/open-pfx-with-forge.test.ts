import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { openPfxWithForge } from '../../src/lint/open-pfx-with-forge.ts';

/** An RSA key and its certificate, encrypted with RC2 and 3DES as Windows does: `openssl pkcs12 -export -legacy`. */
const legacy = [
  'MIIGAQIBAzCCBccGCSqGSIb3DQEHAaCCBbgEggW0MIIFsDCCAq8GCSqGSIb3DQEHBqCCAqAwggKcAgEAMIIClQYJKoZIhvcNAQcBMBwGCiqGSI',
  'b3DQEMAQYwDgQIj4kxlahKN6UCAggAgIICaDNC2/A9HEv3849buzDebmnUR3kCX47AVjDmF4QGdxxkI5HipINu0Yd9cbxWvE1Kcmzbo4IDbdo0',
  'bxthqzDNQOkl+MOCSxm3uEqLnwgFoPt9/toedWebBBlARqRIzMyL0i2v7sSEthVMb/588BVkyFJF0vvoT0cGWkB0Xrj/S2domPGboRwoHs2oQM',
  'Hbhb5/7lVHBhKME4bfn23ltbX9Qo7Fc6prs3Upkrl3vqod0fpLZKez/NgWZ8fOtxuBuXwpprtx1l3OgFLciuWJ/6ddWPozdOM2ROC4qnU0hIQH',
  'KkTQKCK/TYYVpzA8LloV5b6MhfCaLNZJk2kT5Ih9UvPTHuLam9SVdoL17rsFZT+Gj/D0OOj+Pd+5sN6yjpWxXb1c2y6RuPxpP31L3CsQZc+o4J',
  'C57kfK6h7Xw5FYN1eXb6ZFqAQpVlmq47pcRCX84rb/iR/60PfDEwi3Db9fIVRAWgDdolnZKmaJN9YWbtcuVG01Wjq1Jx7XhfUYzPgnEsURxxo3',
  'KxXvozvq9zK2m1swiry3LXjlW6dr4kouYRgk8qSZOxdDlksy1f4jNLMizTRX3W9pUITlFLp2m1PjKtck1OnjU8Yu/yJSWaAohi6W9vK5GWMq46',
  '5J4LAayxwJ+9JwKSmS8AREs3H2G4kxgr9EEkwuGnP5eTMirmyUMd2nrNMt0ztCJtD4wVO9xQrohM5CyLoPhGbi2Fv1uM2Ba7YXS8aVZfUx2MG+',
  'F4qYnGv6aTrcl93O4BA8HSFJX6lEtmC8BYVE/WptHV/pus758omCLn6v9RgxTP5PCsH/yr3ec7a2EysJoT3O7mAwggL5BgkqhkiG9w0BBwGggg',
  'LqBIIC5jCCAuIwggLeBgsqhkiG9w0BDAoBAqCCAqYwggKiMBwGCiqGSIb3DQEMAQMwDgQISfeCQdJS75kCAggABIICgLzjMBDO0r+i3KaTCr2Z',
  'IboUqi57Sq4unfBcOXIoH392bdQjqljpjFSrWoOPyDU97XNupcmr/G+SSRDw87hZKlbdCAX9yGDRYtMmcd7ip+WVDYvbIcRKOTJhfLDeHMp2Pc',
  'MVXQ8/JoIzhNFq35AtFWiP9aVTNNUD4jjKSy5jfjfY7kZ7KKJkUUXO6cjgykXCIms6/y1OYXMMTxsRVlcCOG7X7cvsbBmEz+5bmXWO4XtxahtB',
  'Dj1UiUj8fSLYTOQfoa4Jo1IIZ8rq+mSOUuiF1ctF/8p4icC2LcA6MQhGipnYhRDRTd9vzRn5WOCygeYpu13CVHbwoe22Gx007c1VCUqDZ072dK',
  'MwCQyiRl60WsPCML1XYGgb+ZkW+nWRhqppF8mJItxtZ7afGmKZ2tmh0K4fz+dKRG3dVR3KVwSDcZKXi48n2bfH2hpR/Y/7ndxUmB0Ll4V75SH4',
  'SjzqkC+flX4n9pzfyTmHwX/ifAWqRFETvUeT83v8Q1g8ARdot+FV9Dex0RzQcchAoR92+l2kRB3glxR2RlqHX1acN7+A8MaYUQBkTlJ5gxWvdJ',
  'vG17H2vdRR6InqpMvF3c5WFa9NfqKhpdJDekluj3tBq1hCHXeqLNgLY01nA/IepKMWduta88CeodrzVE+1ZzPoy1J4vmsyeoHfEIyI17UWwBVj',
  'Op/hIx8GeLTyPNCAgt2JOpOlmUJtNoTLizP5B+dFCK1Lz25AgOWUrjkQu5Fh5H12xJaEq/+vsYneUiVYJ3p714YlElh/wFxQ8xJWz5ZEnTstAz',
  '1j+ZDBagw+mm0Lioza82H9SWWFDHhhNagYlkPicw1YOAq212d50k9hUaZIGwKJrooxJTAjBgkqhkiG9w0BCRUxFgQUzM3JhSQZ3kPYr3EsWBf3',
  'H2VvsSUwMTAhMAkGBSsOAwIaBQAEFBJQS7xHnY3tiX9TLrY/pMu8A1DMBAghM5q6Wq24YgICCAA=',
].join('');

/** An elliptic curve key, encrypted with AES as OpenSSL 3 does. */
const modern = [
  'MIIEDAIBAzCCA8IGCSqGSIb3DQEHAaCCA7MEggOvMIIDqzCCAmIGCSqGSIb3DQEHBqCCAlMwggJPAgEAMIICSAYJKoZIhvcNAQcBMFcGCSqGSI',
  'b3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAh+kdAh3jyaMAICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEId7QttmmKop8YluSvqBnpeA',
  'ggHgw4HpYTHYaCb3q+ICYPcXWYnP/F1wlENOdwtqY/Mvbnu/he7h3K70uLrVSM0aOtlgQsV6gLjwqJhcASQT4xa2DnIC0wgTmlhdgQhRXm8IEJ',
  'U5R2OMTZG7TVlHFHKPXaGHKEJVQIzJic8F6mGT6kFaho/M4fB2/fQySY57PsPh+3sHwWHUBUwNtnj8R7onhxY4Gd0w3VTDhyq0G4G8nUIdxkw3',
  'qvIFh9bRHf1r6rQoXI5JoS4ptY0w36Gq8pQ/n7WLgaULc6DgudHmisz/oMBil3AvSXL3LJi/2ZGmRauQqXc5kkpXeJOLbwXPqCYq11bdzXJ7sW',
  'R8Z4GhC6gNPyjkD02pD0oTxhk0DiaAA4kufiW+xoVlF5q/cFmxcvxFuUBWWW9CfzLgGARjsGjXzOFZ/rxAKySV2vxsaaene0fzzyjX9Km8EshZ',
  'y2Wl+4e6AOBcEIOBNF1KwVl6wt/aoeMHwEs3snD4syxU0/XWFdPXRZ3Hkyu/utTQl8GHNeSMV18zKBwXxLA3vSugGlg5DzbNgkWcnoOdXosSnC',
  'v8MbwOf3Ggure3EioXxeL3n5EhKd9Gdox8M1fjxR41QCCGWNKPWIQrf50tUy2LS9cYYJDs2QAThz4LVmwKF8ja5FJZ303jMIIBQQYJKoZIhvcN',
  'AQcBoIIBMgSCAS4wggEqMIIBJgYLKoZIhvcNAQwKAQKgge8wgewwVwYJKoZIhvcNAQUNMEowKQYJKoZIhvcNAQUMMBwECA48+J3+cDZhAgIIAD',
  'AMBggqhkiG9w0CCQUAMB0GCWCGSAFlAwQBKgQQlmytlRDATVGK8ybcORS56ASBkHpZsW0TpZWCgA87zCDVj1Lq3A9UP5dOV46iONM4+s3H251b',
  'eCcMvcmN5qKypeURCMxZNW9DXlJHcDvmg0GFNBY3wj/cfoiwuN9+PFLBO8mCbIespJN31rEZAZq57ndYriLDIvSluPGFJJZjgq/5s/m2PzUHO1',
  'TEl36RuLpk9YL41wMvMTpLnX095f3SnMmjhTElMCMGCSqGSIb3DQEJFTEWBBQBaFPflxq6rW/1qW0Ll9Qrm2caXDBBMDEwDQYJYIZIAWUDBAIB',
  'BQAEIAtvsc4nqVO35G4gi1nMw1gd938xXanCI5lf3SFjhXvWBAh3h2LIvs32aAICCAA=',
].join('');

/** A certificate alone: `openssl pkcs12 -export -nokeys`. */
const withoutKey = [
  'MIICpwIBAzCCAl0GCSqGSIb3DQEHAaCCAk4EggJKMIICRjCCAkIGCSqGSIb3DQEHBqCCAjMwggIvAgEAMIICKAYJKoZIhvcNAQcBMFcGCSqGSI',
  'b3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhilW9Dzi3VSAICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEDtbLreiTBCu3EDxRcX2/DyA',
  'ggHAkMI4xBApAGwsiUhgG9sH3fD8W2vi4Wn/UWpoXQJf7q0f1rep2q2ApRzZAuFjh98icGxxUXhSodYRyQYdRsW8G72GTc/nPR9MZOh59PZXN4',
  'Xhn14PKW9ph9CNeoIC+DEdzWCx8fiQ+UW7Eztc5L5N+VxG4V8wZf9kucuQ/xJWB+urhYMiZZC2gUW+/ml+eHfPJg85X/p6FC8HzDD8RKYrss4L',
  'ZVdh3KsGs3MIyBDS/z8ucd9FUzUXKRTIsVmQ+9mANbo1bwdIAyP7h2yYLR7s1rbebUTUj/2MB3Xu8jVg/2RayOsPPZp150AjiwDJ/TWUEd/hpX',
  'hXxydUdTap2b7rKPT/9kblhCvYch0TEdXuyB2MKsKe3Y6ai8XBegrdhMVYdzMiqMnjM+cWrWiM+YRuRtSLyI4vq80TH5Q2xyBLADF733du5r9z',
  'jY0GOu8baSW3GZP9Ci2TWlpD36OLXgmU/kAjOCHxOkmrgsPSegNCP/blMfnsT895pY0Q5w5f8VyZOCRfkwHDVek6fSjxQAh/C8dQNmYDNz7RlT',
  'xHcxtow+Xj1Gr1OZVXa4r1SxT0fYR6BIqSlFTzxYFI9r65qOpV5zBBMDEwDQYJYIZIAWUDBAIBBQAEIOUoCXuQhUQ5iIWED1I5YlxwH3hCM7fG',
  '/R67GnEGTXkBBAgNFTgpupUFuQICCAA=',
].join('');

function subjectsOf(data: string): readonly string[] {
  const opened = openPfxWithForge(data, 'agate');
  return opened.kind === 'opened' ? opened.certificates.map((pem) => new X509Certificate(pem).subject) : [];
}

test.each([
  ['the old encryption of Windows', legacy, 'CN=legacy.contoso.com'],
  ['an elliptic curve key', modern, 'CN=www.contoso.com'],
])('opens %s', (_, data, subject) => {
  expect(subjectsOf(data)).toEqual([subject]);
  expect(openPfxWithForge(data, 'agate')).toMatchObject({ hasPrivateKey: true });
});

test('says when there is no private key', () => {
  expect(openPfxWithForge(withoutKey, 'agate')).toMatchObject({ kind: 'opened', hasPrivateKey: false });
});

test.each([
  ['a wrong password', legacy, 'wrong', 'wrongPassword'],
  ['a wrong password for AES', modern, 'wrong', 'wrongPassword'],
  ['half a file', modern.slice(0, 400), 'agate', 'unreadable'],
  ['no base64', '<your certificate>', 'agate', 'unreadable'],
  ['nothing', '', '', 'unreadable'],
])('does not open %s', (_, data, password, kind) => {
  expect(openPfxWithForge(data, password)).toEqual({ kind });
});
