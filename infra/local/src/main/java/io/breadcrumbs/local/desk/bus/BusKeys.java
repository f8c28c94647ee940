package io.breadcrumbs.local.desk.bus;

import io.breadcrumbs.local.console.ExitCode;
import io.breadcrumbs.local.console.FailureException;
import io.breadcrumbs.local.desk.KeyDesk;
import io.breadcrumbs.schemas.AccessKey;
import io.breadcrumbs.sdk.Bus;
import io.breadcrumbs.sdk.Metas;
import io.breadcrumbs.sdk.access.AccessKeys;
import io.breadcrumbs.sdk.access.KeyLine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Keys of one workspace, or of all, in their topic. */
final class BusKeys implements KeyDesk {

    private final Bus bus;
    private final String user;
    private final @Nullable String workspace;

    /** @param workspace null: all, and new keys are for the default one */
    BusKeys(Bus bus, String user, @Nullable String workspace) {
        this.bus = bus;
        this.user = user;
        this.workspace = workspace;
    }

    @Override
    public Made make(String name, List<String> roles, @Nullable Duration holds) throws InterruptedException {
        Instant now = Instant.now();
        String in = workspace == null ? Metas.DEFAULT_WORKSPACE : workspace;
        AccessKeys.Grant grant = new AccessKeys.Grant(in, name, roles, holds == null ? null : now.plus(holds));
        AccessKeys.Made made = await(AccessKeys.make(bus, grant, user, now));
        return new Made(made.id(), made.key(), in);
    }

    @Override
    public List<KeyLine> all() throws InterruptedException {
        return read().stream().map(KeyLine::of).toList();
    }

    private List<AccessKey> read() throws InterruptedException {
        try (AccessKeys keys = new AccessKeys(bus)) {
            await(keys.whenRead());
            return keys.all().stream()
                    .filter(key ->
                            workspace == null || workspace.equals(key.getMeta().getWorkspace()))
                    .toList();
        }
    }

    @Override
    public void revoke(String id) throws InterruptedException {
        AccessKey key = read().stream()
                .filter(one -> one.getKeyId().equals(id))
                .findAny()
                .orElseThrow(() -> new FailureException(
                        ExitCode.FAILED, "no key '" + id + "'; './crumb key list' lists those that are"));
        if (key.getRevokedAtMs() == null) {
            await(AccessKeys.revoke(bus, key, user, Instant.now()));
        }
    }

    private static <T> T await(CompletableFuture<T> answer) throws InterruptedException {
        try {
            return answer.get(BusDesk.READ_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new FailureException(ExitCode.FAILED, String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            throw new FailureException(ExitCode.FAILED, "no answer within " + BusDesk.READ_WITHIN.toSeconds() + " s");
        }
    }
}
