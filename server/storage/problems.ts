/**
 * The storage answers, and will not do what is asked before a setting is changed. The message is one line that
 * names the setting.
 */
export class StorageMisconfigured extends Error {
  override readonly name = 'StorageMisconfigured';
}

/** The storage is not reached, too slow or out of order: it may work again the next time. */
export class StorageUnavailable extends Error {
  override readonly name = 'StorageUnavailable';
}
