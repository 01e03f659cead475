import type { MailCatalog } from '../mail-text.ts';

export const de: MailCatalog = {
  support: 'Support',
  fact: '{label}: {value}',
  quoted: '{author}:',
  wrote: '{name} schrieb',
  'wrote.you': 'Sie schrieben',
  'wrote.last': 'Unsere letzte Nachricht',
  attachments: 'Anhänge: {names}',

  'label.subject': 'Betreff',
  'label.status': 'Status',
  'label.priority': 'Priorität',
  'label.category': 'Kategorie',
  'label.app': 'Zugehörige App',
  'label.requester': 'Anfrage von',
  'status.open': 'Offen',
  'status.in_progress': 'In Bearbeitung',
  'status.waiting_user': 'Wartend',
  'status.resolved': 'Gelöst',
  'status.closed': 'Geschlossen',
  'priority.low': 'Niedrig',
  'priority.normal': 'Normal',
  'priority.high': 'Hoch',
  'priority.urgent': 'Dringend',
  'category.billing': 'Abrechnung',
  'category.technical': 'Technik',
  'category.account': 'Konto',
  'category.general': 'Allgemein',

  'action.view': 'Ticket ansehen',
  'action.open': 'Ticket öffnen',
  'action.answer': 'Lesen und antworten',

  'confirmation.heading': 'Wir haben Ihr Ticket {number} erhalten',
  'confirmation.intro':
    'Vielen Dank für Ihre Nachricht. Ihre Anfrage „{subject}“ liegt uns vor; wir melden uns bei Ihnen.',
  'newTicket.heading': 'Neues Ticket {number} von {name}',
  'agentReply.heading': '{actor} hat auf Ihr Ticket {number} geantwortet',
  'agentReply.intro': 'Zu „{subject}“:',
  'resolved.heading': 'Ihr Ticket {number} ist gelöst',
  'resolved.by': '{actor} hat „{subject}“ als gelöst markiert.',
  'resolved.auto':
    'Wir haben zu „{subject}“ nichts mehr von Ihnen gehört und das Ticket deshalb als gelöst markiert.',
  'closed.heading': 'Ihr Ticket {number} ist geschlossen',
  'closed.by': '{actor} hat „{subject}“ geschlossen.',
  'closed.auto': '„{subject}“ war gelöst, und es kam nichts mehr hinzu. Deshalb haben wir es geschlossen.',
  'reminder.heading': 'Ihr Ticket {number} wartet auf Ihre Antwort',
  'reminder.intro': 'Wir haben auf „{subject}“ geantwortet und seitdem nichts von Ihnen gehört.',
  'reminder.then': {
    one: 'Ohne Antwort markieren wir es in {count} Tag als gelöst.',
    other: 'Ohne Antwort markieren wir es in {count} Tagen als gelöst.',
  },
  'clientReply.heading': '{actor} hat auf {number} geantwortet',
  'assigned.heading': '{number} ist Ihnen zugewiesen',
  'assigned.by': '{actor} hat Ihnen das Ticket zugewiesen.',

  'after.resolved': 'Ist noch etwas offen? Antworten Sie im Ticket, dann machen wir weiter.',
  'after.resolved.closes': {
    one: 'Andernfalls wird es in {count} Tag geschlossen.',
    other: 'Andernfalls wird es in {count} Tagen geschlossen.',
  },
  'after.closed': {
    one: 'Ist es noch nicht erledigt? Antworten Sie innerhalb von {count} Tag im Ticket, um es wieder zu öffnen.',
    other:
      'Ist es noch nicht erledigt? Antworten Sie innerhalb von {count} Tagen im Ticket, um es wieder zu öffnen.',
  },
  'after.closed.expired':
    'Ist es noch nicht erledigt? Erstellen Sie ein neues Ticket, das sich auf dieses bezieht.',

  'why.requester': 'Sie erhalten diese E-Mail, weil Sie das Ticket {number} erstellt haben.',
  'why.assignee': 'Sie erhalten diese E-Mail, weil Ihnen das Ticket {number} zugewiesen ist.',
  'why.team': 'Sie erhalten diese E-Mail, weil neue Tickets an diese Adresse gemeldet werden.',
  'why.unread': 'Bitte antworten Sie im Support-Center: Antworten an diese Adresse werden nicht gelesen.',
  'why.reply': 'Antworten Sie auf diese E-Mail oder im Support-Center.',
  'why.reply.agent': 'Wenn Sie auf diese E-Mail antworten, geht Ihre Antwort an die anfragende Person.',

  'unsubscribe.question': 'Erinnerungen abbestellen?',
  'unsubscribe.hint': 'Antworten auf Ihre Tickets erhalten Sie weiterhin.',
  'unsubscribe.button': 'Abbestellen',
  'unsubscribe.done': 'Sie erhalten keine Erinnerungen mehr.',
};
