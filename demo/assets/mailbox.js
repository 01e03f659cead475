// The captured mails, looked for every two seconds.
const list = document.querySelector('#mails');
const html = document.querySelector('#mail-html');
const text = document.querySelector('#mail-text');
let shown = null;
let known = '';

async function refresh() {
  const answer = await fetch('/mailbox/mails').catch(() => null);
  if (!answer?.ok) return;
  const { mails } = await answer.json();
  const ids = mails.map(({ id }) => id).join();
  if (ids === known) return;
  known = ids;
  document.querySelector('#no-mail').hidden = mails.length > 0;
  list.replaceChildren(...mails.map(row));
  if (shown === null && mails.length > 0) show(mails[0]);
}

function row(mail) {
  const button = document.createElement('button');
  button.type = 'button';
  button.dataset.id = mail.id;
  button.setAttribute('aria-pressed', String(mail.id === shown));
  const to = Object.assign(document.createElement('span'), { textContent: mail.to });
  const subject = Object.assign(document.createElement('strong'), { textContent: mail.subject });
  const date = new Date(mail.createdAt);
  const time = Object.assign(document.createElement('time'), {
    dateTime: date.toISOString(),
    textContent: date.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' }),
  });
  button.append(to, time, subject);
  button.addEventListener('click', () => show(mail));
  const item = document.createElement('li');
  item.append(button);
  return item;
}

function show(mail) {
  shown = mail.id;
  for (const button of list.querySelectorAll('button')) {
    button.setAttribute('aria-pressed', String(Number(button.dataset.id) === shown));
  }
  document.querySelector('#mail').hidden = false;
  document.querySelector('#mail-subject').textContent = mail.subject;
  document.querySelector('#mail-meta').textContent = `From ${mail.from} to ${mail.to}`;
  html.src = `/mailbox/mails/${mail.id}.html`;
  text.textContent = mail.text;
}

function showAs(kind) {
  html.hidden = kind !== 'html';
  text.hidden = kind !== 'text';
  document.querySelector('#as-html').setAttribute('aria-pressed', String(kind === 'html'));
  document.querySelector('#as-text').setAttribute('aria-pressed', String(kind === 'text'));
}

document.querySelector('#as-html').addEventListener('click', () => showAs('html'));
document.querySelector('#as-text').addEventListener('click', () => showAs('text'));
await refresh();
setInterval(() => document.visibilityState === 'visible' && refresh(), 2000);
