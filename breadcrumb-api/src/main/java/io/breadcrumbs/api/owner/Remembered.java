package io.breadcrumbs.api.owner;

import io.breadcrumbs.api.decide.Former;
import io.breadcrumbs.schemas.BreadcrumbCommand;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.BreadcrumbEventKind;
import io.breadcrumbs.sdk.Digests;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The newest answers of a partition, by the ids and the idempotency keys of their commands: so many that every command
 * that the log can bring again is among them. A fold of the partition's events. Thread-safe.
 */
final class Remembered {

    /** How many answers are known; beyond that, a repeated command is decided as a new one. */
    static final int ANSWERS = 5_000;

    private final int most;
    /** By a digest of the name: there are many, and names are long. */
    private final LinkedHashMap<UUID, Former> answers = new LinkedHashMap<>();

    Remembered() {
        this(ANSWERS);
    }

    Remembered(int most) {
        this.most = most;
    }

    /** An event is in the log. */
    synchronized void add(BreadcrumbEvent event) {
        if (event.getKind() == BreadcrumbEventKind.REPEATED || event.getKind() == BreadcrumbEventKind.UNKNOWN) {
            return;
        }
        Former answer =
                new Former(event.getKind(), event.getBreadcrumbVersion(), event.getChecksum(), event.getRefusal());
        boolean refused = event.getKind() == BreadcrumbEventKind.REFUSED;
        String key = refused ? null : event.getIdempotencyKey(); // nothing was done under it
        for (UUID name : names(event.getBreadcrumbId(), event.getCommandId(), key)) {
            answers.putLast(name, answer);
        }
        while (answers.size() > 2 * most) {
            answers.pollFirstEntry();
        }
    }

    /** The answer that a command was given before; null if it comes for the first time. */
    synchronized @Nullable Former of(BreadcrumbCommand command) {
        for (UUID name : names(command.getBreadcrumbId(), command.getCommandId(), command.getIdempotencyKey())) {
            Former answer = answers.get(name);
            if (answer != null) {
                return answer;
            }
        }
        return null;
    }

    /** Under which names an answer is found. */
    private static List<UUID> names(String breadcrumbId, @Nullable String commandId, @Nullable String key) {
        List<UUID> names = new ArrayList<>(2);
        if (commandId != null) {
            names.add(digest("command " + breadcrumbId + " " + commandId));
        }
        if (key != null) {
            names.add(digest("key " + breadcrumbId + " " + key));
        }
        return names;
    }

    private static UUID digest(String name) {
        ByteBuffer bytes = ByteBuffer.wrap(Digests.sha256(name));
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
