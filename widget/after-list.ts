// What nobody needs to read the list, in one chunk that is loaded once it is there: search and filters, the keys,
// where the focus goes, and how all that looks which is not there at first.
import { lateBadgeStyles } from './elements/badge-bar/late-badges.styles.ts';
import { showPressed } from './elements/badge-bar/show-pressed.ts';
import './elements/ticket-filters/ticket-filters.ts';
import { restOfList } from './elements/ticket-list/late-list.ts';
import { lateListStyles } from './elements/ticket-list/late-list.styles.ts';
import { RestOfList } from './elements/ticket-list/rest-of-list.ts';
import { lateShellStyles } from './late-shell.styles.ts';
import { renderContent, renderOffline, renderSettingsButton, renderTrouble } from './shell-late.ts';
import { fields } from './styles/fields.styles.ts';
import { lateFoundation } from './styles/late-base.styles.ts';
import { lateTokens } from './styles/late-tokens.styles.ts';
import { exportAllParts } from './styles/late-parts.ts';
import { fill, lateBadges, lateBase, lateList, lateShell } from './styles/late.ts';

exportAllParts();
fill(lateBase, [fields, lateFoundation]);
fill(lateBadges, [lateBadgeStyles]);
fill(lateList, [lateListStyles]);
fill(lateShell, [lateTokens, lateShellStyles]);
restOfList.set({
  ...{ RestOfList, showPressed },
  ...{ renderContent, renderOffline, renderSettingsButton, renderTrouble },
});

export { ViewFocus } from './view-focus.ts';
export { ViewKeys } from './view-keys.ts';
