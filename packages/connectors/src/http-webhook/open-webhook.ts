import { type Batch, type Closing, type RowDestination, type StoreContext, StoreError } from '../connector.ts';
import type { WebhookTarget } from './credential.ts';
import { headerText } from './header-text.ts';
import { refusalIn } from './judge-answer.ts';
import { type Delivery, openReceiver } from './receiver.ts';
import { placeOf } from './webhook-url.ts';

/** What the specification of Standard Webhooks recommends at most; a receiver keeps the rows and works on them afterwards. */
const deliveryDeadlineMs = 30_000;

/** Just below what nginx takes without being told to. https://nginx.org/en/docs/http/ngx_http_core_module.html#client_max_body_size */
const maxBatchBytes = 1_000_000;

const deliveryOfRows = ({ key, run, export: exported, entity, part, number, rows, lines }: Batch): Delivery => ({
  event: 'rows',
  key,
  contentType: 'application/x-ndjson',
  about: {
    'junction-run': headerText(run),
    'junction-export': headerText(exported),
    'junction-entity': headerText(entity),
    'junction-part': String(part),
    'junction-batch': String(number),
    'junction-rows': String(rows),
  },
  body: lines,
});

const deliveryOfClosing = ({ key, ...data }: Closing): Delivery => ({
  event: 'run.finished',
  key,
  contentType: 'application/json',
  about: { 'junction-run': headerText(data.run), 'junction-export': headerText(data.export) },
  body: Buffer.from(JSON.stringify({ type: 'run.finished', timestamp: data.finishedAt, data })),
});

/** Opens a webhook as a destination. Tests have less time. */
export const openWebhook =
  ({ deadlineMs = deliveryDeadlineMs }: { deadlineMs?: number } = {}) =>
  (target: WebhookTarget, context: StoreContext): RowDestination => {
    const closing = new AbortController();
    const ended = AbortSignal.any([closing.signal, ...(context.signal === undefined ? [] : [context.signal])]);
    const receiver = openReceiver(target, context, { closing: ended, deadlineMs });

    const deliver = async (delivery: Delivery, signal: AbortSignal): Promise<void> => {
      const answer = await receiver.deliver(delivery, signal);
      const refusal = refusalIn(answer, receiver.facts, context.now());
      if (refusal !== undefined) throw refusal;
    };

    return {
      takes: 'rows',
      batch: { maxRows: target.settings.batchRows, maxBytes: maxBatchBytes },
      locationOf: () => placeOf(target.settings.url),
      send: (batch, signal) => deliver(deliveryOfRows(batch), signal),
      finish: (summary, signal) => deliver(deliveryOfClosing(summary), signal),
      close() {
        const message = 'The destination was closed.';
        closing.abort(new StoreError({ code: 'cancelled', message, remedy: 'Open it again.', isTransient: true }));
        receiver.close();
      },
    };
  };
