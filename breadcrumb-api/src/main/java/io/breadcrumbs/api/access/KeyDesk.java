package io.breadcrumbs.api.access;

import com.fasterxml.jackson.databind.node.TextNode;
import io.breadcrumbs.api.http.Caller;
import io.breadcrumbs.api.problem.Problem;
import io.breadcrumbs.api.problem.ProblemCode;
import io.breadcrumbs.api.problem.ProblemException;
import io.breadcrumbs.schemas.AccessKey;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.Time;
import io.breadcrumbs.sdk.access.AccessKeys;
import io.breadcrumbs.sdk.access.AccessKeys.Grant;
import io.breadcrumbs.sdk.access.AccessKeys.Made;
import io.breadcrumbs.sdk.access.KeyLine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What curators ask of keys, which are those of their workspace and no others. Blocks. */
public final class KeyDesk {

    private static final Logger LOG = LoggerFactory.getLogger(KeyDesk.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(5);

    /** So many of a workspace may hold at once; a door has all keys in memory. */
    private static final int MOST = 1_000;

    private final Bus bus;
    private final Time time;
    private final AccessKeys keys;

    /** @param keys that this instance knows callers by */
    public KeyDesk(Bus bus, Time time, AccessKeys keys) {
        this.bus = bus;
        this.time = time;
        this.keys = keys;
    }

    /** Those of the caller's workspace, revoked ones too, the oldest first. */
    List<KeyLine> all(Caller caller) {
        return ours(caller).map(KeyLine::of).toList();
    }

    private Stream<AccessKey> ours(Caller caller) {
        if (!keys.whenRead().isDone()) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "the keys in the log have not all been read yet");
        }
        return keys.all().stream().filter(key -> key.getMeta().getWorkspace().equals(caller.workspace()));
    }

    /** Makes one for the caller's workspace, known here when it is answered. */
    Made make(Caller caller, KeyOrder order) {
        Instant now = time.now();
        if (ours(caller).filter(key -> AccessKeys.isValid(key, now)).count() >= MOST) {
            throw new ProblemException(
                    ProblemCode.STATE, "expected at most " + MOST + " keys of a workspace that hold, got one more");
        }
        Made made = durable(AccessKeys.make(bus, grant(caller, order, now), caller.name(), now));
        note(caller, "key-made", made.id());
        isKnown(made.id(), _ -> true); // shown in any case: nobody can find it again
        return made;
    }

    private static Grant grant(Caller caller, KeyOrder order, Instant now) {
        try {
            return new Grant(caller.workspace(), order.name(), order.roles(), order.until(now));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.INVALID, String.valueOf(e.getMessage()));
        }
    }

    /** Ends one of the caller's workspace; nobody comes in by it here when that is answered. */
    void revoke(Caller caller, String id) {
        AccessKey key = ours(caller)
                .filter(one -> one.getKeyId().equals(id))
                .findAny()
                .orElseThrow(() -> new ProblemException(Problem.of(
                                ProblemCode.NOT_FOUND,
                                "expected the id of a key of workspace " + caller.workspace() + ", got " + id)
                        .with("workspace", TextNode.valueOf(caller.workspace()))));
        if (key.getRevokedAtMs() != null) {
            return;
        }
        durable(AccessKeys.revoke(bus, key, caller.name(), time.now()));
        note(caller, "key-revoked", id);
        if (!isKnown(id, known -> known.getRevokedAtMs() != null)) {
            throw new ProblemException(
                    ProblemCode.OUTCOME_UNKNOWN, "the key is revoked, which this instance has not read yet");
        }
    }

    private boolean isKnown(String id, Predicate<AccessKey> so) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (keys.find(id).filter(so).isEmpty()) {
            if (System.nanoTime() > until) {
                return false;
            }
            try {
                Thread.sleep(LOOK_EVERY);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    private static <T> T durable(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new BusException(
                    ErrorCode.UNKNOWN, "the log has not acknowledged it within " + PATIENCE.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw BusException.of(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusException(ErrorCode.UNKNOWN, "this instance stops");
        }
    }

    private static void note(Caller caller, String event, String id) {
        LOG.atInfo()
                .addKeyValue("event", event)
                .addKeyValue("workspace", caller.workspace())
                .log("key {}, asked for by {}", id, caller.name());
    }
}
