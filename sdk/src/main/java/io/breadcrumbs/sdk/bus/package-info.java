/**
 * The two-lane bus, over any {@link io.breadcrumbs.sdk.log.Log}.
 *
 * <p>A record's way: {@code Publisher} encodes and appends it, and hands it to the local {@code Ledger}s of its
 * partition (eager lane) and, when it is acknowledged, to the local {@code TailCursor}s (tail lane). {@code GroupLoop}
 * and {@code TailLoop} read the log for everybody else's records; ledger and cursor see to it that each record counts
 * once. Ledgers and cursors are guarded by their own monitor and call nobody while they hold it; each loop belongs to
 * the one thread that steps it. Uses {@code sdk}, {@code sdk.log} and {@code schemas}.
 */
@NullMarked
package io.breadcrumbs.sdk.bus;

import org.jspecify.annotations.NullMarked;
