/** As `launcher.open` in the catalogs; a test holds them together. English is in the stand-in itself. */
export const de = 'Support öffnen';
export const fr = 'Ouvrir l’assistance';
export const es = 'Abrir el soporte';
export const pt = 'Abrir o suporte';
export const ja = 'サポートを開く';
export const ar = 'فتح الدعم';
