import { LitElement } from 'lit';

export class SupportLink extends LitElement {}
