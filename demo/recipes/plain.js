// support-page.js: a script of its own, so that the page's policy needs no inline scripts.
const support = document.querySelector('support-center');
const thanks = document.querySelector('#thanks');
support.relatedApps = [{ id: 'site-eu', name: 'Acme EU' }];
support.addEventListener('support-ticket-created', (event) => {
  thanks.textContent = `Thank you, this is ${event.detail.ticket.number}.`;
});
await customElements.whenDefined('support-center');
document.querySelector('#report').addEventListener('click', () => {
  support.newTicket({ category: 'technical' });
});
