import { sql } from 'kysely';
import { ConfigError, loadConfig, type Environment } from '../config.ts';
import { Settings } from '../contract/settings.ts';
import type { Db } from '../deps.ts';
import { ok, problem, warning, type Finding } from './finding.ts';

/** 16 characters of base64 hold 96 bits. */
const SECRET_MIN_LENGTH = 16;

/** The environment variables, as the server would read them. */
export function checkConfiguration(env: Environment): Finding[] {
  try {
    const config = loadConfig(env);
    const findings = [ok('configuration', 'is complete')];
    if (config.mail.resendApiKey === undefined) {
      findings.push(warning('configuration', 'RESEND_API_KEY is not set: mails are kept and never sent'));
    }
    for (const [variable, secret] of [
      ['METRICS_TOKEN', config.metricsToken],
      ['RESEND_WEBHOOK_SECRET', config.mail.webhookSecret?.replace(/^whsec_/, '')],
    ] as const) {
      if (secret === undefined || secret.length >= SECRET_MIN_LENGTH) continue;
      findings.push(warning('configuration', `${variable} is short enough to be guessed: make it longer`));
    }
    return findings;
  } catch (error) {
    if (error instanceof ConfigError) return [problem('configuration', error.message)];
    throw error;
  }
}

/** What an admin has set: whether it can be read, and whether everybody named in it is there. */
export async function checkSettings(db: Db): Promise<Finding[]> {
  const row = await db.selectFrom('settings').select('value').where('id', '=', 1).executeTakeFirst();
  if (!row) return [ok('settings', 'are the defaults')];
  const given = JSON.parse(row.value) as Record<string, unknown>;
  const findings: Finding[] = [];
  for (const [name, schema] of Object.entries(Settings.shape)) {
    if (given[name] === undefined || schema.safeParse(given[name]).success) continue;
    findings.push(warning('settings', `"${name}" is not readable: its default is in force`));
  }
  const assignment = Settings.shape.assignment.safeParse(given['assignment']);
  if (assignment.success) {
    const { agentId, byCategory = {}, agentIds = [] } = assignment.data;
    const named = [agentId, ...Object.values(byCategory), ...agentIds].filter((id) => id != null);
    const agents = await db
      .selectFrom('users')
      .select('external_id')
      .where('role', '<>', sql.lit('client'))
      .where('external_id', 'in', ['', ...named])
      .execute();
    const known = new Set(agents.map((agent) => agent.external_id));
    for (const id of new Set(named)) {
      if (known.has(id)) continue;
      findings.push(warning('settings', `new tickets go to "${id}", who is no agent (any more)`));
    }
  }
  return findings.length > 0 ? findings : [ok('settings', 'are readable')];
}
